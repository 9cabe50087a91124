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
        int at = index * field.type().bytes();
        return switch (field.type()) {
            case UINT8, BOOL -> bytes.get(at) & 0xff;
            case INT32 -> bytes.getInt(at);
            case INT64 -> bytes.getLong(at);
            case FLOAT32 -> bytes.getFloat(at);
            case FLOAT64 -> bytes.getDouble(at);
            case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(at) << 16);
        };
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
