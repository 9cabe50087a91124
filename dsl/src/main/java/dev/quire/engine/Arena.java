package dev.quire.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.quire.graph.DType;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** Owns tensors on one device: closing it frees them all. One for each run. */
public final class Arena implements AutoCloseable {
    private final PtNDManager manager;
    private final Device device;

    private Arena(PtNDManager manager, Device device) {
        this.manager = manager;
        this.device = device;
    }

    /** A new arena on a device; loads libtorch on first use. */
    public static Arena on(Device device) {
        return new Arena((PtNDManager) Torch.engine().newBaseManager(device.djl()), device);
    }

    public Device device() {
        return device;
    }

    /** An arena on the same device that is freed with this one, or before. */
    public Arena child() {
        return new Arena((PtNDManager) manager.newSubManager(), device);
    }

    /** The same kind of arena in main memory, freed with this one. */
    public Arena onHost() {
        return device.isGpu()
                ? new Arena((PtNDManager) manager.newSubManager(ai.djl.Device.cpu()), Device.CPU)
                : child();
    }

    PtNDManager djl() {
        return manager;
    }

    /** A tensor with this content, little-endian, row-major. */
    public Array array(ByteBuffer content, DType dtype, long... sizes) {
        return made(() -> manager.create(content, new Shape(sizes), dataType(dtype)));
    }

    public Array array(float[] values, long... sizes) {
        return made(() -> manager.create(values, new Shape(sizes)));
    }

    public Array array(long[] values, long... sizes) {
        return made(() -> manager.create(values, new Shape(sizes)));
    }

    public Array array(double[] values, long... sizes) {
        return made(() -> manager.create(values, new Shape(sizes)));
    }

    /** A FLOAT32 tensor filled with one value. */
    public Array filled(double value, long... sizes) {
        return made(() -> manager.full(new Shape(sizes), (float) value, DataType.FLOAT32));
    }

    private static Array made(Supplier<NDArray> array) {
        try {
            return new Array(array.get());
        } catch (RuntimeException e) {
            throw Failure.of(e);
        }
    }

    /** The same memory under another handle. */
    public Array alias(Array source) {
        ai.djl.ndarray.NDArray alias = source.djl().reshape(source.djl().getShape());
        alias.attach((NDManager) manager);
        return new Array(alias);
    }

    static DataType dataType(DType dtype) {
        return switch (dtype) {
            case UINT8 -> DataType.UINT8;
            case INT32 -> DataType.INT32;
            case INT64 -> DataType.INT64;
            case FLOAT32 -> DataType.FLOAT32;
            case FLOAT64 -> DataType.FLOAT64;
            case BOOL -> DataType.BOOLEAN;
            case BFLOAT16 -> DataType.BFLOAT16;
        };
    }

    static DType dtype(DataType type) {
        return switch (type) {
            case UINT8 -> DType.UINT8;
            case INT32 -> DType.INT32;
            case INT64 -> DType.INT64;
            case FLOAT32 -> DType.FLOAT32;
            case FLOAT64 -> DType.FLOAT64;
            case BOOLEAN -> DType.BOOL;
            case BFLOAT16 -> DType.BFLOAT16;
            default -> throw new IllegalArgumentException("no element type for " + type);
        };
    }

    @Override
    public void close() {
        manager.close();
    }
}
