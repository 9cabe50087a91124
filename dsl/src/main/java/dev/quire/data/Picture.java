package dev.quire.data;

import dev.quire.QuireException;
import dev.quire.data.transform.Rescale;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.awt.image.BufferedImage;

/** Draws what has one or three channels, height and width. */
public final class Picture {
    private Picture() {}

    static boolean fits(Field field) {
        return fits(field.shape()) && field.type() != DType.INT64;
    }

    static BufferedImage of(Example example) {
        Values values = example.inputs().get(0);
        Field field = values.field();
        if (!fits(field)) {
            throw new QuireException("%s of %s has shape %s: an image has 1 or 3 channels, height and width"
                    .formatted(field.name(), example.dataset().name(), field.shape()));
        }
        Range range = range(example, values);
        return of(values.floats(), field.shape(), range.low, range.high);
    }

    /** Whether values of a shape can be drawn. */
    public static boolean fits(Shape shape) {
        return shape.rank() == 3 && (shape.size(0) == 1 || shape.size(0) == 3);
    }

    /**
     * Values as an image, one pixel for each place.
     *
     * @param shape channels, one or three, then height and width
     * @param low what is black
     * @param high what is white
     */
    public static BufferedImage of(float[] values, Shape shape, double low, double high) {
        int channels = (int) shape.size(0);
        int height = (int) shape.size(1);
        int width = (int) shape.size(2);
        Range range = new Range(low, high);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int pixels = height * width;
        for (int i = 0; i < pixels; i++) {
            int rgb = 0;
            for (int channel = 0; channel < 3; channel++) {
                rgb = rgb << 8 | range.level(values[channels == 1 ? i : channel * pixels + i]);
            }
            image.setRGB(i % width, i / width, rgb);
        }
        return image;
    }

    private record Range(double low, double high) {
        int level(double value) {
            return (int) Math.max(0, Math.min(255, Math.round(255 * (value - low) / (high - low))));
        }
    }

    /** What is black and what is white: as the dataset rescales, or 0..1, or the range of the example itself. */
    private static Range range(Example example, Values values) {
        for (var transform : example.dataset().transforms()) {
            if (transform instanceof Rescale rescale && rescale.factor() > 0) {
                return new Range(0, 1 / rescale.factor());
            }
        }
        if (values.field().type() == DType.UINT8) {
            return new Range(0, 255);
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < values.count(); i++) {
            low = Math.min(low, values.value(i));
            high = Math.max(high, values.value(i));
        }
        return low >= 0 && high <= 1 ? new Range(0, 1) : new Range(low, Math.max(high, low + 1e-12));
    }
}
