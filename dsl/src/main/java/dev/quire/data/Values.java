package dev.quire.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One array of one example, as stored: before normalisation.
 *
 * @param field its name, type and shape
 * @param bytes its elements, little-endian, from position 0 to the limit
 */
public record Values(Field field, ByteBuffer bytes) {
    public Values {
        bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The number of elements. */
    public int count() {
        return bytes.limit() / field.type().bytes();
    }

    /** One element. */
    public double value(int index) {
        return field.type().read(bytes, index);
    }

    /** All elements as floats. */
    public float[] floats() {
        float[] out = new float[count()];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) value(i);
        }
        return out;
    }

    /** Numbers with four digits that count, and commas between. */
    public static String text(float[] values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> String.format(Locale.ROOT, "%.4g", values[i]))
                .collect(Collectors.joining(", "));
    }

    /** All elements as whole numbers. */
    public long[] longs() {
        long[] out = new long[count()];
        for (int i = 0; i < out.length; i++) {
            out[i] = field.type() == dev.quire.graph.DType.INT64 ? bytes.getLong(i * Long.BYTES) : (long) value(i);
        }
        return out;
    }
}
