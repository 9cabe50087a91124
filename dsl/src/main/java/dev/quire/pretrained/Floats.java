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
        return switch (entry.dtype()) {
            case "F32" -> entry.floats();
            case "F64" -> read(bytes, Double.BYTES, at -> (float) bytes.getDouble(at));
            case "BF16" -> read(bytes, Short.BYTES, at -> Float.intBitsToFloat(bytes.getShort(at) << 16));
            case "F16" -> read(bytes, Short.BYTES, at -> half(bytes.getShort(at)));
            default ->
                throw new QuireException("the tensor " + entry.name() + " is of type " + entry.dtype()
                        + ", expected F32, F16, BF16 or F64");
        };
    }

    private interface Read {
        float at(int position);
    }

    private static float[] read(ByteBuffer bytes, int width, Read read) {
        float[] out = new float[bytes.remaining() / width];
        for (int i = 0; i < out.length; i++) {
            out[i] = read.at(i * width);
        }
        return out;
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
            size = Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
        }
        return bits < 0 ? -size : size;
    }
}
