package dev.quire.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.quire.compile.torchscript.Script;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A script loaded into libtorch. Its methods take lists of tensors and give back a list of tensors. */
public final class Program {
    /** In characters of the script; those of well-known networks have less. */
    private static final int DEEP = 200_000;

    private final Arena arena;
    private final PtSymbolBlock block;
    private final Map<String, Script.Method> methods;
    private final boolean deep;

    private Program(Arena arena, PtSymbolBlock block, Map<String, Script.Method> methods, boolean deep) {
        this.arena = arena;
        this.block = block;
        this.methods = methods;
        this.deep = deep;
    }

    /** Whether a script has so many ops that it is run on a {@link LargeStack}. */
    static boolean isDeep(Script script) {
        return script.text().length() > DEEP;
    }

    /** Loads a script; what its methods give back belongs to the arena. */
    public static Program load(Arena arena, Script script) {
        return new Program(
                arena,
                Modules.of(arena, script),
                script.methods().stream().collect(Collectors.toMap(Script.Method::name, Function.identity())),
                isDeep(script));
    }

    /**
     * Calls a method and waits for it; no other call of this process runs meanwhile.
     *
     * @param name the method
     * @param arguments one list for each of its arguments; none may be empty
     * @return its results, owned by the arena the program was loaded for
     */
    public List<Array> call(String name, List<List<Array>> arguments) {
        Script.Method method = methods.get(name);
        if (method == null || method.arguments().size() != arguments.size()) {
            throw new IllegalArgumentException(
                    "no method " + name + " of " + arguments.size() + " arguments among " + methods.keySet());
        }
        return Torch.alone(() -> LargeStack.callIf(deep, () -> {
            // Both settings belong to the thread. Optimized execution needs warm-up and does not pay on a processor.
            JniUtils.setGraphExecutorOptimize(false);
            try {
                return method.autograd() ? recorded(method, arguments) : unrecorded(method, arguments);
            } catch (RuntimeException e) {
                throw Failure.of(e);
            }
        }));
    }

    /** Under inference mode: ops are dispatched past autograd altogether. */
    private List<Array> unrecorded(Script.Method method, List<List<Array>> arguments) {
        IValue[] values = arguments.stream()
                .map(list -> IValue.listFrom(list.stream().map(Array::djl).toArray(PtNDArray[]::new)))
                .toArray(IValue[]::new);
        try (IValue result = IValueUtils.runMethod(block, method.name(), values)) {
            PtNDArray[] arrays = result.toTensorArray(arena.djl());
            return Arrays.stream(arrays).map(Array::new).toList();
        } finally {
            Arrays.stream(values).forEach(IValue::close);
        }
    }

    private List<Array> recorded(Script.Method method, List<List<Array>> arguments) {
        // Only this way of calling leaves autograd on. It reads names: "p[]" for a list, "module_method:x" for x.
        NDList inputs = new NDList();
        List<PtNDArray> views = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            for (Array array : arguments.get(i)) {
                array.djl().setName("a" + i + "[]");
                views.add(array.djl());
                inputs.add(array.djl());
            }
        }
        boolean before = JniUtils.isGradMode();
        PtNDManager manager = arena.djl();
        try (NDArray marker = manager.create(0f)) {
            marker.setName("module_method:" + method.name());
            inputs.add(0, marker);
            JniUtils.setGradMode(true);
            return IValueUtils.forward(block, inputs, true).stream()
                    .map(Array::new)
                    .toList();
        } finally {
            JniUtils.setGradMode(before);
            views.forEach(view -> view.setName(null));
        }
    }
}
