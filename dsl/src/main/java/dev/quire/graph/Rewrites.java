package dev.quire.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rewrites of a graph that is about to be trained, in order. The system property {@code quire.rewrites.off} names
 * those to leave out, with commas between; benchmarks measure each by itself.
 */
public final class Rewrites {
    /** Activations that never fall: the largest of the activated is the activated largest. */
    private static final Set<Op> MONOTONE = Set.of(
            ActivationOps.RELU,
            ActivationOps.SIGMOID,
            ActivationOps.TANH,
            ActivationOps.ELU,
            ActivationOps.SELU,
            ActivationOps.SOFTPLUS,
            ActivationOps.RELU6,
            ActivationOps.HARDSIGMOID);

    /** Pooling first leaves the activation a fraction of the work. */
    public static final Rewrite POOL_FIRST = new Rewrite("pool-first", Rewrites::poolFirst);

    /** Attention without dropout as one fused kernel, which exists for the processor. */
    public static final Rewrite FUSED_ATTENTION = new Rewrite("fused-attention", (node, operands, uses) -> {
        if (node.op() != SequenceOps.ATTENTION || node.attributes().real("dropout") > 0) {
            return null;
        }
        return operands.get(0)
                .node()
                .builder()
                .node(SequenceOps.FLASH_ATTENTION, node.attributes(), operands)
                .outputs()
                .subList(0, 1);
    });

    private Rewrites() {}

    /** The rewrites that are switched on, for a program that runs on the processor or on a GPU. */
    public static List<Rewrite> enabled(boolean gpu, boolean bfloat16) {
        List<Rewrite> all = new ArrayList<>(List.of(POOL_FIRST));
        if (!gpu) {
            all.add(FUSED_ATTENTION);
        }
        if (bfloat16) {
            all.add(MixedPrecision.BFLOAT16);
        }
        if (!gpu && System.getProperty("os.arch", "").equals("amd64")) {
            all.add(BlockedLayout.REWRITE);
        }
        Set<String> off = Set.of(System.getProperty("quire.rewrites.off", "").split(",", -1));
        all.removeIf(rewrite -> off.contains(rewrite.name()));
        return all;
    }

    private static @Nullable List<Tensor> poolFirst(Node node, List<Tensor> operands, Rewrite.Uses uses) {
        if (node.op() != PoolingOps.MAX_POOL) {
            return null;
        }
        Node activation = node.inputs().get(0).node();
        if (!MONOTONE.contains(activation.op()) || uses.of(activation) != 1) {
            return null;
        }
        // The activation has been rebuilt already; its operand there is what is pooled instead.
        Tensor before = operands.get(0).node().inputs().get(0);
        Node pooled = before.node().builder().node(PoolingOps.MAX_POOL, node.attributes(), List.of(before));
        return List.of(pooled.output(0).with(activation.op(), activation.attributes()), pooled.output(1));
    }

    /** A graph built anew by rules, still open for more nodes. */
    public record Rewritten(GraphBuilder builder, List<Tensor> outputs) {}

    /** Builds a graph anew, each rewrite in turn. */
    public static Rewritten apply(Graph graph, boolean training, List<Rewrite> rewrites) {
        Graph current = graph;
        Rewritten result = replay(current, training, new Rewrite("copy", (node, operands, uses) -> null));
        for (Rewrite rewrite : rewrites) {
            current = result.builder().build(result.outputs());
            result = replay(current, training, rewrite);
        }
        return result;
    }

    private static Rewritten replay(Graph graph, boolean training, Rewrite rewrite) {
        GraphBuilder builder = new GraphBuilder(training);
        Map<Tensor, Tensor> known = new HashMap<>();
        Map<Node, Integer> uses = new HashMap<>();
        graph.nodes().forEach(node -> node.inputs().forEach(input -> uses.merge(input.node(), 1, Integer::sum)));
        graph.outputs().forEach(output -> uses.merge(output.node(), 1, Integer::sum));
        graph.inputs()
                .forEach(input -> known.put(
                        input,
                        builder.input(String.valueOf(input.node().attributes().find("name")), input.type())));
        graph.parameters()
                .forEach(each -> known.put(each.tensor(), builder.parameter(each.name(), each.type(), each.init())));
        graph.buffers()
                .forEach(each -> known.put(each.tensor(), builder.buffer(each.name(), each.type(), each.init())));
        for (Node node : graph.nodes()) {
            if (node.op().isLeaf()) {
                continue;
            }
            String before = builder.layer(node.layer());
            List<Tensor> operands = node.inputs().stream().map(known::get).toList();
            List<Tensor> outputs = rewrite.rule().apply(node, operands, each -> uses.getOrDefault(each, 0));
            if (outputs == null) {
                outputs = builder.node(node.op(), node.attributes(), operands).outputs();
            }
            for (int i = 0; i < outputs.size(); i++) {
                known.put(node.output(i), outputs.get(i));
            }
            builder.layer(before);
        }
        List<Tensor> outputs = new ArrayList<>();
        graph.outputs().forEach(output -> outputs.add(rewrite.end().apply(known.get(output))));
        return new Rewritten(builder, outputs);
    }
}
