package dev.quire.model;

import dev.quire.QuireException;

/** Makes the options of layers. */
public final class LayerOptions {
    private LayerOptions() {}

    /** Places a window moves on. */
    public static LayerOption stride(int... places) {
        return places("stride", places);
    }

    /** Places added on both sides. */
    public static LayerOption padding(int... places) {
        return places("padding", places);
    }

    /** Padding such that the output has {@code ceil(size / stride)} places. */
    public static LayerOption same() {
        return Setting.of("same");
    }

    /** The distance of the places a window looks at. */
    public static LayerOption dilation(int... places) {
        return places("dilation", places);
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
        return places("outputPadding", places);
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

    /** Recurrent layers one reading the other. */
    public static LayerOption layers(int count) {
        return Setting.of("layers", count);
    }

    /** Read from both ends. */
    public static LayerOption bidirectional() {
        return Setting.of("bidirectional");
    }

    /** The last state instead of all. */
    public static LayerOption lastState() {
        return Setting.of("lastState");
    }

    /** A place sees only those before it, and itself. */
    public static LayerOption causal() {
        return Setting.of("causal");
    }

    /** Units between the two dense layers of a transformer block. */
    public static LayerOption hidden(int units) {
        Check.positive("hidden", "units", units);
        return Setting.of("hidden", units);
    }

    /** Pixels a side of an image. */
    public static LayerOption imageSize(int pixels) {
        return number("imageSize", "pixels", pixels);
    }

    /** Pixels a side of a patch. */
    public static LayerOption patch(int pixels) {
        return number("patch", "pixels", pixels);
    }

    /** Numbers at each place. */
    public static LayerOption units(int units) {
        return number("units", "units", units);
    }

    /** Heads of attention. */
    public static LayerOption heads(int count) {
        return number("heads", "the count", count);
    }

    /** The most places of a sequence. */
    public static LayerOption length(int places) {
        return number("length", "places", places);
    }

    /** Channels of each stage. */
    public static LayerOption widths(int... channels) {
        return stages("widths", "channels", channels);
    }

    /** Blocks of each stage. */
    public static LayerOption depths(int... blocks) {
        return stages("depths", "blocks", blocks);
    }

    private static LayerOption number(String word, String argument, int value) {
        Check.positive(word, argument, value);
        return Setting.of(word, value);
    }

    private static LayerOption stages(String word, String argument, int... values) {
        for (int value : values) {
            Check.positive(word, argument, value);
        }
        return places(word, values);
    }

    /** Normalised before attention and dense layers. */
    public static LayerOption preNorm() {
        return Setting.of("preNorm");
    }

    /** Normalised after attention and dense layers. */
    public static LayerOption postNorm() {
        return Setting.of("postNorm");
    }

    private static LayerOption places(String word, int... places) {
        if (places.length == 0) {
            throw new QuireException(word + "() needs a number, as in " + word + "(2)");
        }
        return Setting.of(word, places);
    }
}
