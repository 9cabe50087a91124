package dev.quire.engine;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.quire.compile.torchscript.Script;
import dev.quire.data.HostTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A method of a script that is called over and over from main memory: its weights stay on the device. It draws nothing
 * at random, so that calls may overlap each other and whatever trains.
 */
public final class Forward implements AutoCloseable {
    private final Arena arena;
    private final PtSymbolBlock block;
    private final String method;
    private final IValue weights;

    private Forward(Arena arena, PtSymbolBlock block, String method, IValue weights) {
        this.arena = arena;
        this.block = block;
        this.method = method;
        this.weights = weights;
    }

    /**
     * A method of two lists, weights and inputs.
     *
     * @param arena owns the weights; it is closed with this
     * @param weights at least one
     */
    public static Forward of(Arena arena, Script script, String method, List<Array> weights) {
        return new Forward(arena, Modules.of(arena, script), method, list(weights));
    }

    private static IValue list(List<Array> arrays) {
        return IValue.listFrom(arrays.stream().map(Array::djl).toArray(PtNDArray[]::new));
    }

    /**
     * Calls it and waits.
     *
     * @param threads an op may use on the processor
     * @return its results in main memory
     */
    public List<HostTensor> run(List<HostTensor> inputs, int threads) {
        Torch.beside(threads);
        List<PtNDArray> owned = new ArrayList<>(inputs.size() + 1);
        try {
            for (HostTensor input : inputs) {
                owned.add(array(input));
            }
            try (IValue arguments = IValue.listFrom(owned.toArray(PtNDArray[]::new));
                    IValue result = IValueUtils.runMethod(block, method, weights, arguments)) {
                PtNDArray[] results = result.toTensorArray(arena.djl());
                owned.addAll(Arrays.asList(results));
                List<HostTensor> out = new ArrayList<>(results.length);
                for (PtNDArray array : results) {
                    out.add(host(array));
                }
                return out;
            }
        } catch (RuntimeException e) {
            throw Failure.of(e);
        } finally {
            owned.forEach(PtNDArray::close);
        }
    }

    private PtNDArray array(HostTensor input) {
        return arena.djl().create(input.bytes(), new Shape(input.sizes()), Arena.dataType(input.type()));
    }

    /** A copy: the memory of a tensor goes with it. */
    static HostTensor host(PtNDArray array) {
        ByteBuffer content = JniUtils.getByteBuffer(array, true);
        ByteBuffer copy =
                ByteBuffer.allocateDirect(content.remaining()).put(content).flip();
        return HostTensor.of(
                Arena.dtype(array.getDataType()), copy, array.getShape().getShape());
    }

    @Override
    public void close() {
        weights.close();
        arena.close();
    }
}
