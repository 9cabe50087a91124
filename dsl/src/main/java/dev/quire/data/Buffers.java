package dev.quire.data;

import dev.quire.graph.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Java arrays as little-endian buffers. */
public final class Buffers {
    private Buffers() {}

    /** Floats as FLOAT32, or as bytes when the type is UINT8. */
    public static ByteBuffer of(float[] values, DType type) {
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(values.length, type.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
            case FLOAT32 -> out.asFloatBuffer().put(values);
            case UINT8 -> {
                for (int i = 0; i < values.length; i++) {
                    out.put(i, (byte) values[i]);
                }
            }
            default -> throw new IllegalArgumentException("floats are stored as FLOAT32 or UINT8, not as " + type);
        }
        return out;
    }

    /** Whole numbers as INT64. */
    public static ByteBuffer of(int[] values) {
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(values.length, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < values.length; i++) {
            out.putLong(i * Long.BYTES, values[i]);
        }
        return out;
    }
}
