package dev.quire.engine;

import dev.quire.compile.torchscript.Methods;
import dev.quire.compile.torchscript.Script;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a graph once, for tests. */
public final class GraphRun {
    private GraphRun() {}

    /** Values with their sizes, row-major. */
    public record Values(long[] sizes, float[] data) {
        long[] longs() {
            long[] out = new long[data.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = (long) data[i];
            }
            return out;
        }
    }

    /** Outputs in order, and the buffers afterwards by name. */
    public record Result(List<Values> outputs, Map<String, Values> buffers) {}

    /** Runs a graph from a state by name, with one seed always. */
    public static Result run(Graph graph, Map<String, Values> state, List<Values> inputs) {
        try (Arena arena = Arena.on(Device.CPU)) {
            Script.Method function = Methods.function("run", graph);
            List<String> lines = new ArrayList<>(List.of("torch.manual_seed(11)"));
            lines.addAll(function.lines());
            Script.Method seeded = new Script.Method("run", function.arguments(), lines, function.autograd());
            Program program = Program.load(arena, new Script(List.of(seeded)));
            List<Array> arrays = new ArrayList<>();
            arrays.add(flat(arena, graph, state));
            for (Parameter buffer : graph.buffers()) {
                arrays.add(array(arena, named(state, buffer), buffer.type().dtype()));
            }
            List<Array> given = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                given.add(array(arena, inputs.get(i), graph.inputs().get(i).dtype()));
            }
            List<Values> outputs = program.call("run", List.of(arrays, given)).stream()
                    .map(GraphRun::values)
                    .toList();
            Map<String, Values> buffers = new TreeMap<>();
            for (int i = 0; i < graph.buffers().size(); i++) {
                buffers.put(graph.buffers().get(i).name(), values(arrays.get(i + 1)));
            }
            return new Result(outputs, buffers);
        }
    }

    /** Parameters and buffers as they start, by name. */
    public static Map<String, Values> start(Graph graph, long seed) {
        try (Arena arena = Arena.on(Device.CPU)) {
            Program program = Program.load(arena, new Script(List.of(Methods.initialize(graph))));
            List<Array> state =
                    program.call("initialize", List.of(List.of(arena.array(new long[] {seed}, 1), arena.filled(0, 1))));
            Map<String, Values> out = new TreeMap<>();
            float[] flat = state.get(0).floats();
            int from = 0;
            for (Parameter parameter : graph.parameters()) {
                int count = Math.toIntExact(parameter.type().shape().count());
                out.put(
                        parameter.name(),
                        new Values(
                                parameter.type().shape().sizes(),
                                java.util.Arrays.copyOfRange(flat, from, from + count)));
                from += count;
            }
            for (int i = 0; i < graph.buffers().size(); i++) {
                out.put(graph.buffers().get(i).name(), values(state.get(i + 1)));
            }
            return out;
        }
    }

    private static Array flat(Arena arena, Graph graph, Map<String, Values> state) {
        int count = Math.toIntExact(graph.parameterCount());
        float[] flat = new float[Math.max(1, count)];
        int from = 0;
        for (Parameter parameter : graph.parameters()) {
            float[] data = named(state, parameter).data();
            System.arraycopy(data, 0, flat, from, data.length);
            from += data.length;
        }
        return arena.array(flat, flat.length);
    }

    private static Values named(Map<String, Values> state, Parameter parameter) {
        Values found = state.get(parameter.name());
        if (found == null) {
            throw new AssertionError("no " + parameter.name() + " in " + state.keySet());
        }
        return found;
    }

    private static Array array(Arena arena, Values values, DType dtype) {
        return dtype == DType.INT64
                ? arena.array(values.longs(), values.sizes())
                : arena.array(values.data(), values.sizes());
    }

    private static Values values(Array array) {
        float[] data = array.dtype() == DType.INT64 ? floats(array.longs()) : array.floats();
        return new Values(array.sizes(), data);
    }

    private static float[] floats(long[] values) {
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return out;
    }
}
