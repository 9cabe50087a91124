package dev.quire.data.image;

import dev.quire.QuireException;

/** How images are read; {@link dev.quire.data.HoldOut} is one as well. */
@FunctionalInterface
public interface ImageOption {
    ImageSpec applyTo(ImageSpec spec);

    /** All images stretched or shrunk to a square of this many pixels a side. */
    static ImageOption resize(int side) {
        return resize(side, side);
    }

    /** All images stretched or shrunk to one size, bilinear, averaging when they shrink. */
    static ImageOption resize(int height, int width) {
        if (height < 1 || width < 1 || (long) height * width > Decoder.MOST_PIXELS) {
            throw new QuireException("resize(%d, %d): height and width are at least 1, together at most %,d pixels"
                    .formatted(height, width, Decoder.MOST_PIXELS));
        }
        return spec -> spec.withSize(height, width);
    }

    /** At most so many images of each class in each split: the first ones by name. */
    static ImageOption perClass(int most) {
        if (most < 1) {
            throw new QuireException("perClass(" + most + "): must be at least 1");
        }
        return spec -> spec.withPerClass(most);
    }

    /** Files that are truncated or no image are left out. Without this they are refused. */
    static ImageOption skipBroken() {
        return spec -> spec.withSkipBroken(true);
    }

    /** One channel of brightness instead of red, green and blue. */
    static ImageOption grayscale() {
        return spec -> spec.withChannels(1);
    }

    /** The most memory the decoded images may take; a quarter of the heap without this. Beyond, they stay on disk. */
    static ImageOption memory(long bytes) {
        return spec -> spec.withMemory(bytes);
    }
}
