package dev.quire.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import dev.quire.graph.DType;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A tensor on a device. It is freed with its {@link Arena}, or by {@link #close}. */
public final class Array implements AutoCloseable {
    private final PtNDArray array;

    Array(NDArray array) {
        this.array = (PtNDArray) array;
    }

    PtNDArray djl() {
        return array;
    }

    /** The sizes; empty for a scalar. */
    public long[] sizes() {
        return array.getShape().getShape();
    }

    public long count() {
        return array.getShape().size();
    }

    public DType dtype() {
        return Arena.dtype(array.getDataType());
    }

    /** The values of a FLOAT32 tensor, row-major. */
    public float[] floats() {
        return array.toFloatArray();
    }

    /** The values of an INT64 tensor, row-major. */
    public long[] longs() {
        return array.toLongArray();
    }

    /** The content, little-endian, row-major. */
    public ByteBuffer bytes() {
        return array.toByteBuffer();
    }

    @Override
    public void close() {
        array.close();
    }

    @Override
    public String toString() {
        return Arrays.toString(sizes()) + " " + array.getDataType();
    }
}
