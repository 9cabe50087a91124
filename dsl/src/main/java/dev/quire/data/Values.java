package dev.quire.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

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

    /** All elements as whole numbers. */
    public long[] longs() {
        long[] out = new long[count()];
        for (int i = 0; i < out.length; i++) {
            out[i] = field.type() == dev.quire.graph.DType.INT64 ? bytes.getLong(i * Long.BYTES) : (long) value(i);
        }
        return out;
    }
}
