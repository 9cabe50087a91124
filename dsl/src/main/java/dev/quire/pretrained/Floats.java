package dev.quire.pretrained;

import dev.quire.QuireException;
import dev.quire.store.Safetensors;
import java.nio.ByteBuffer;

/** Tensors of any width as 32-bit numbers. */
final class Floats {
    private Floats() {}

    /**
     * The values, row-major.
     *
     * @throws QuireException when they are no numbers with a fraction
     */
    static float[] of(Safetensors.Entry entry) {
        ByteBuffer bytes = entry.content();
        switch (entry.dtype()) {
            case "F32":
                return entry.floats();
            case "F64": {
                float[] out = new float[bytes.remaining() / Double.BYTES];
                for (int i = 0; i < out.length; i++) {
                    out[i] = (float) bytes.getDouble(i * Double.BYTES);
                }
                return out;
            }
            case "BF16": {
                float[] out = new float[bytes.remaining() / Short.BYTES];
                for (int i = 0; i < out.length; i++) {
                    out[i] = Float.intBitsToFloat(bytes.getShort(i * Short.BYTES) << 16);
                }
                return out;
            }
            case "F16": {
                float[] out = new float[bytes.remaining() / Short.BYTES];
                for (int i = 0; i < out.length; i++) {
                    out[i] = half(bytes.getShort(i * Short.BYTES));
                }
                return out;
            }
            default:
                throw new QuireException("the tensor " + entry.name() + " is of type " + entry.dtype()
                        + ", expected F32, F16, BF16 or F64");
        }
    }

    /** IEEE 754 binary16; the JDK has it from version 20 on. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float size;
        if (exponent == 0) {
            size = fraction * 0x1p-24f;
        } else if (exponent == 0x1f) {
            size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
        } else {
            size = Float.intBitsToFloat(exponent + 112 << 23 | fraction << 13);
        }
        return bits < 0 ? -size : size;
    }
}
