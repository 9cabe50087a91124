package dev.quire.graph;

import java.nio.ByteBuffer;

/** An element type. The number is libtorch's own ({@code c10::ScalarType}), which serialised TorchScript prints. */
public enum DType {
    UINT8(0, 1),
    INT32(3, 4),
    INT64(4, 8),
    FLOAT32(6, 4),
    FLOAT64(7, 8),
    BOOL(11, 1),
    BFLOAT16(15, 2);

    private final int code;
    private final int bytes;

    DType(int code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The number of this type in serialised TorchScript. */
    public int code() {
        return code;
    }

    /** The size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    /**
     * One element.
     *
     * @param values little-endian
     * @param index its place among them, from 0
     */
    public double read(ByteBuffer values, int index) {
        int at = index * bytes;
        return switch (this) {
            case UINT8, BOOL -> values.get(at) & 0xff;
            case INT32 -> values.getInt(at);
            case INT64 -> values.getLong(at);
            case FLOAT32 -> values.getFloat(at);
            case FLOAT64 -> values.getDouble(at);
            case BFLOAT16 -> Float.intBitsToFloat(values.getShort(at) << 16);
        };
    }

    /** Whether values of this type carry gradients. */
    public boolean isFloating() {
        return this == FLOAT32 || this == FLOAT64 || this == BFLOAT16;
    }
}
