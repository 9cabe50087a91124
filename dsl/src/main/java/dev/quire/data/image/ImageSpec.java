package dev.quire.data.image;

/**
 * How images are read: what the options make of {@link #standard}.
 *
 * @param height pixels, 0 to keep the images' own
 * @param width pixels, 0 to keep the images' own
 * @param channels 3 for red, green and blue, 1 for brightness
 * @param perClass the most images of each class in each split
 * @param skipBroken whether files that are no image are left out
 * @param memory the most bytes decoded images may take in memory
 * @param holdOut the fraction for the test split, where there are only class folders
 */
public record ImageSpec(
        int height, int width, int channels, int perClass, boolean skipBroken, long memory, double holdOut) {
    /** All images in their own size and in colour, a fifth held out where there are only class folders. */
    static ImageSpec standard() {
        return new ImageSpec(
                0, 0, 3, Integer.MAX_VALUE, false, Runtime.getRuntime().maxMemory() / 4, 0.2);
    }

    static ImageSpec of(ImageOption... options) {
        ImageSpec spec = standard();
        for (ImageOption option : options) {
            spec = option.applyTo(spec);
        }
        return spec;
    }

    boolean resizes() {
        return height > 0;
    }

    public ImageSpec withSize(int newHeight, int newWidth) {
        return new ImageSpec(newHeight, newWidth, channels, perClass, skipBroken, memory, holdOut);
    }

    public ImageSpec withChannels(int other) {
        return new ImageSpec(height, width, other, perClass, skipBroken, memory, holdOut);
    }

    public ImageSpec withPerClass(int other) {
        return new ImageSpec(height, width, channels, other, skipBroken, memory, holdOut);
    }

    public ImageSpec withSkipBroken(boolean other) {
        return new ImageSpec(height, width, channels, perClass, other, memory, holdOut);
    }

    public ImageSpec withMemory(long other) {
        return new ImageSpec(height, width, channels, perClass, skipBroken, other, holdOut);
    }

    public ImageSpec withHoldOut(double other) {
        return new ImageSpec(height, width, channels, perClass, skipBroken, memory, other);
    }
}
