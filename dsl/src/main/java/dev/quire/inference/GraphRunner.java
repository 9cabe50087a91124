package dev.quire.inference;

import dev.quire.compile.torchscript.Methods;
import dev.quire.compile.torchscript.Script;
import dev.quire.data.HostTensor;
import dev.quire.engine.Arena;
import dev.quire.engine.Array;
import dev.quire.engine.Device;
import dev.quire.engine.Forward;
import dev.quire.graph.Graph;
import dev.quire.graph.Op;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Answers with the first output of a graph, whose weights stay on the device. */
final class GraphRunner implements Runner {
    static final String OUTPUT = "output";

    private static final String METHOD = "forward";

    /** Multiply-adds of a batch, from which on two threads are faster than one. */
    private static final long TWO_THREADS = 10_000_000;

    private final Forward forward;
    private final long work;

    private GraphRunner(Forward forward, long work) {
        this.forward = forward;
        this.work = work;
    }

    /**
     * A graph on a device.
     *
     * @param work multiply-adds of one example
     * @param state gives its parameters, then its buffers
     */
    static GraphRunner on(Device device, Graph graph, long work, Function<Arena, List<Array>> state) {
        Arena arena = Arena.on(device);
        try {
            Script script = new Script(List.of(Methods.forward(METHOD, graph)));
            return new GraphRunner(Forward.of(arena, script, METHOD, state.apply(arena)), work);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** How often each op stands in a graph. */
    static Map<String, Integer> ops(Graph graph) {
        Map<String, Integer> ops = new TreeMap<>();
        graph.nodes().stream()
                .filter(node -> node.op().kind() != Op.Kind.LEAF)
                .forEach(node -> ops.merge(node.op().name(), 1, Integer::sum));
        return ops;
    }

    @Override
    public Map<String, HostTensor> run(List<HostTensor> inputs) {
        int threads = inputs.get(0).size(0) * work < TWO_THREADS ? 1 : Integer.MAX_VALUE;
        return Map.of(OUTPUT, forward.run(inputs, threads).get(0));
    }

    @Override
    public void close() {
        forward.close();
    }
}
