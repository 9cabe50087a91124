package dev.quire.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.quire.QuireException;
import dev.quire.data.HostTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A TorchScript file from elsewhere, in evaluation mode. Calls may overlap. */
public final class ScriptFile implements AutoCloseable {
    private static final Pattern SAID = Pattern.compile("(?:RuntimeError|IndexError|ValueError|Error): ([^\\n]+)");

    private final Arena arena;
    private final PtSymbolBlock block;

    private ScriptFile(Arena arena, PtSymbolBlock block) {
        this.arena = arena;
        this.block = block;
    }

    /**
     * Loads it onto a device.
     *
     * @throws QuireException when libtorch cannot read it
     */
    public static ScriptFile load(Device device, Path file) {
        Arena arena = Arena.on(device);
        try {
            PtSymbolBlock block = JniUtils.loadModule(arena.djl(), file, true, new String[0], new String[0], false);
            JniUtils.enableInferenceMode(block);
            return new ScriptFile(arena, block);
        } catch (RuntimeException e) {
            arena.close();
            throw new QuireException(file + " is no TorchScript file that libtorch loads: " + said(e), e);
        }
    }

    /** How many numbers its parameters have. */
    public long parameters() {
        try (NDList all = JniUtils.moduleGetParams(block, arena.djl())) {
            return all.stream().mapToLong(NDArray::size).sum();
        }
    }

    /**
     * Calls {@code forward} and waits.
     *
     * @param inputs one tensor for each argument
     * @param threads an op may use on the processor
     * @return its results in main memory: those of a dictionary by their names, others by {@code output}, or {@code
     *     output0}, {@code output1} and so on
     * @throws QuireException with what libtorch says where the inputs do not fit
     */
    public Map<String, HostTensor> run(List<HostTensor> inputs, int threads) {
        Torch.beside(threads);
        List<NDArray> owned = new ArrayList<>();
        List<IValue> values = new ArrayList<>();
        try {
            for (HostTensor input : inputs) {
                PtNDArray array =
                        arena.djl().create(input.bytes(), new Shape(input.sizes()), Arena.dataType(input.type()));
                owned.add(array);
                values.add(IValue.from(array));
            }
            IValue result = IValueUtils.runMethod(block, "forward", values.toArray(IValue[]::new));
            values.add(result);
            NDList all = result.toNDList(arena.djl());
            owned.addAll(all);
            return named(all);
        } catch (RuntimeException e) {
            RuntimeException known = Failure.of(e);
            throw known instanceof QuireException ? known : new QuireException(said(e), e);
        } finally {
            values.forEach(IValue::close);
            owned.forEach(NDArray::close);
        }
    }

    private static Map<String, HostTensor> named(NDList results) {
        Map<String, HostTensor> out = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            NDArray array = results.get(i);
            String name = array.getName();
            out.put(name != null ? name : results.size() == 1 ? "output" : "output" + i, Forward.host((PtNDArray)
                    array));
        }
        return out;
    }

    /** The sentence among libtorch's lines. */
    private static String said(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        Matcher matcher = SAID.matcher(message);
        String found = "";
        while (matcher.find()) {
            found = matcher.group(1);
        }
        return found.isEmpty()
                ? Arrays.stream(message.split("\n")).findFirst().orElse("").strip()
                : found.strip();
    }

    @Override
    public void close() {
        block.close();
        arena.close();
    }
}
