package dev.quire.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Adds the backward pass to a graph: reverse accumulation over the gradient rules of the op table. A node whose op has
 * no rule becomes a {@link Ops#TORCH_GRAD} node: the program then asks {@code torch.grad} for that node alone.
 */
public final class Gradients {
    private final GraphBuilder builder;
    private final Map<Tensor, Tensor> gradients = new HashMap<>();

    private final boolean rules;

    private final SliceGradients slices = new SliceGradients();

    private Gradients(GraphBuilder builder, boolean rules) {
        this.builder = builder;
        this.rules = rules;
    }

    /**
     * The gradients of a scalar.
     *
     * @param loss a scalar of the graph being built
     * @param wanted leaves to derive it by
     * @return one gradient for each wanted tensor, zeros where the loss does not depend on it
     */
    public static List<Tensor> of(Tensor loss, List<Tensor> wanted) {
        if (loss.shape().rank() != 0) {
            throw new ShapeException(
                    "a loss must be one number, got shape " + loss.shape() + ": end it with mean() or sum()");
        }
        Tensor one = full(loss, Shape.of(), 1.0);
        return of(loss, one, wanted);
    }

    /** The gradients of a tensor that a gradient flows into. */
    public static List<Tensor> of(Tensor output, Tensor gradient, List<Tensor> wanted) {
        return of(output, gradient, wanted, true);
    }

    /** The same with every node left to {@code torch.grad}, rule or no rule: what the rules are tested against. */
    public static List<Tensor> withoutRules(Tensor output, Tensor gradient, List<Tensor> wanted) {
        return of(output, gradient, wanted, false);
    }

    private static List<Tensor> of(Tensor output, Tensor gradient, List<Tensor> wanted, boolean rules) {
        Gradients pass = new Gradients(output.node().builder(), rules);
        pass.gradients.put(output, gradient);
        pass.run(wanted);
        return wanted.stream()
                .map(tensor -> {
                    Tensor found = pass.gradients.get(tensor);
                    return found != null ? found : full(tensor, tensor.shape(), 0.0);
                })
                .toList();
    }

    private static Tensor full(Tensor like, Shape shape, double value) {
        return like.node()
                .builder()
                .add(
                        ArithmeticOps.FULL,
                        Attributes.of("shape", shape).with("value", value).with("dtype", like.dtype()));
    }

    private void run(List<Tensor> wanted) {
        List<Node> nodes = List.copyOf(builder.nodes());
        Set<Node> sources = wanted.stream().map(Tensor::node).collect(Collectors.toSet());
        boolean[] active = new boolean[nodes.size()];
        for (Node node : nodes) {
            active[node.id()] = sources.contains(node)
                    || node.inputs().stream()
                            .anyMatch(input -> active[input.node().id()]);
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            slices.settle(node.output(0), gradients);
            Tensor gradient = gradients.get(node.output(0));
            if (active[i]) {
                refuseOthers(node);
            }
            if (gradient == null || !active[i] || node.op().isLeaf()) {
                continue;
            }
            List<Boolean> needs = node.inputs().stream()
                    .map(input -> active[input.node().id()] && input.dtype().isFloating())
                    .toList();
            if (rules && slices.take(node, gradient)) {
                continue;
            }
            String before = builder.layer(node.layer());
            List<@Nullable Tensor> found = node.op().gradient() == null || !rules
                    ? torchGrad(node, gradient, needs)
                    : node.op().gradient().apply(new Backward(node, gradient, needs));
            for (int j = 0; j < found.size(); j++) {
                Tensor share = found.get(j);
                if (share != null && needs.get(j)) {
                    gradients.merge(node.inputs().get(j), share, Tensor::add);
                }
            }
            builder.layer(before);
        }
    }

    /** Rules know the gradient of a first output; that of another would be lost. */
    private void refuseOthers(Node node) {
        for (Tensor output : node.outputs()) {
            if (output.index() > 0 && gradients.containsKey(output)) {
                throw new ShapeException("no gradient flows through output " + output.index() + " of the op "
                        + node.op() + ": compute with its first output");
            }
        }
    }

    private List<@Nullable Tensor> torchGrad(Node node, Tensor gradient, List<Boolean> needs) {
        Node grad = builder.torchGrad(node, gradient, needs);
        List<@Nullable Tensor> out = new ArrayList<>();
        int next = 0;
        for (boolean need : needs) {
            out.add(need ? grad.output(next++) : null);
        }
        return out;
    }
}
