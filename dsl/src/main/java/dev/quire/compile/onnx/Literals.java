package dev.quire.compile.onnx;

import dev.quire.graph.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as the bytes of an initializer, little-endian. */
final class Literals {
    private Literals() {}

    static byte[] bytes(DType dtype, double... values) {
        ByteBuffer out = ByteBuffer.allocate(dtype.bytes() * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            switch (dtype) {
                case FLOAT32 -> out.putFloat((float) value);
                case FLOAT64 -> out.putDouble(value);
                case INT64 -> out.putLong((long) value);
                case INT32 -> out.putInt((int) value);
                case UINT8, BOOL -> out.put((byte) value);
                case BFLOAT16 -> out.putShort((short) (Float.floatToIntBits((float) value) >>> 16));
            }
        }
        return out.array();
    }

    static byte[] longs(long... values) {
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        out.asLongBuffer().put(values);
        return out.array();
    }
}
