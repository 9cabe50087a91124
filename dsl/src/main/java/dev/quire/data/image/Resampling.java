package dev.quire.data.image;

import dev.quire.QuireException;
import java.util.Arrays;
import java.util.Locale;

/**
 * How an image is brought to another size, in the order in which Pillow numbers its filters. Where an image shrinks, a
 * filter is as wide as the new pixels, so that no old one is left out; nearest alone leaves them out.
 */
public enum Resampling {
    /** The pixel that lies there. */
    NEAREST(0),
    /** A windowed sinc over three pixels each way. */
    LANCZOS(3),
    /** A triangle over one pixel each way. */
    BILINEAR(1),
    /** A cubic over two pixels each way, with the parameter -0.5. */
    BICUBIC(2),
    /** The mean of what a new pixel covers. */
    BOX(0.5),
    /** A windowed sinc over one pixel each way. */
    HAMMING(1);

    private final double reach;

    Resampling(double reach) {
        this.reach = reach;
    }

    /**
     * The filter of a number.
     *
     * @param source where the number stands, for the message
     * @throws QuireException when there is none
     */
    public static Resampling numbered(int number, String source) {
        if (number < 0 || number >= values().length) {
            throw new QuireException(source + ": resample is " + number + ", expected 0 to " + (values().length - 1)
                    + ", which are " + Arrays.toString(values()));
        }
        return values()[number];
    }

    /** How far it reaches to each side. */
    double reach() {
        return reach;
    }

    /** How much a pixel counts that is so far away. */
    double weight(double distance) {
        double x = Math.abs(distance);
        return switch (this) {
            case NEAREST -> 1;
            case BOX -> distance > -reach && distance <= reach ? 1 : 0;
            case BILINEAR -> Math.max(0, 1 - x);
            case BICUBIC -> x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
            case HAMMING -> x < 1 ? sinc(x) * (0.54 + 0.46 * Math.cos(Math.PI * x)) : 0;
            case LANCZOS -> x < reach ? sinc(x) * sinc(x / reach) : 0;
        };
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }

    /** {@code bilinear}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
