package dev.quire.model;

/** Makes the options of layers. */
public final class LayerOptions {
    private LayerOptions() {}

    /** Places a window moves on. */
    public static LayerOption stride(int... places) {
        return Setting.of("stride", places);
    }

    /** Places added on both sides. */
    public static LayerOption padding(int... places) {
        return Setting.of("padding", places);
    }

    /** Padding such that the output has {@code ceil(size / stride)} places. */
    public static LayerOption same() {
        return Setting.of("same");
    }

    /** The distance of the places a window looks at. */
    public static LayerOption dilation(int... places) {
        return Setting.of("dilation", places);
    }

    /** Parts that channels are divided into. */
    public static LayerOption groups(int groups) {
        return Setting.of("groups", groups);
    }

    /** Filters for each channel. */
    public static LayerOption multiplier(int filters) {
        return Setting.of("multiplier", filters);
    }

    /** Places added at the end of a transposed convolution's output. */
    public static LayerOption outputPadding(int... places) {
        return Setting.of("outputPadding", places);
    }

    /** Without a bias. */
    public static LayerOption noBias() {
        return Setting.of("noBias");
    }

    /** A last window may hang over the end. */
    public static LayerOption ceil() {
        return Setting.of("ceil");
    }

    /** Interpolated. */
    public static LayerOption bilinear() {
        return Setting.of("bilinear");
    }

    /** One for each channel. */
    public static LayerOption perChannel() {
        return Setting.of("perChannel");
    }
}
