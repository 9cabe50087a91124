package dev.quire.compile.torchscript;

import dev.quire.graph.Graph;
import dev.quire.graph.Node;
import dev.quire.graph.Op;
import dev.quire.graph.Ops;
import dev.quire.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints the nodes of one graph as statements. Leaves must have been given names. */
final class Body {
    private final Map<Tensor, String> names;
    /** Nodes that {@code torch.grad} is asked about, with the inputs it is asked for. */
    private final Map<Node, List<?>> differentiated = new HashMap<>();

    /** Where statements go. */
    private List<String> lines = new ArrayList<>();

    private final String prefix;

    private Body(Map<Tensor, String> names, String prefix) {
        this.names = new HashMap<>(names);
        this.prefix = prefix;
    }

    /** Statements that need doing once however often the others run, those others, and the names of values. */
    record Printed(List<String> constants, List<String> lines, Map<Tensor, String> names) {
        String name(Tensor tensor) {
            return required(names.get(tensor), tensor);
        }
    }

    static Printed print(Graph graph, Map<Tensor, String> leaves, String prefix) {
        Body body = new Body(leaves, prefix);
        for (Node node : graph.nodes()) {
            if (node.op() == Ops.TORCH_GRAD) {
                body.differentiated.put(node.inputs().get(0).node(), needs(node));
            }
        }
        Set<Node> constant = new HashSet<>();
        List<String> constants = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (isLeaf(node)) {
                continue;
            }
            boolean once = isConstant(node, constant);
            if (once) {
                constant.add(node);
            }
            body.lines = once ? constants : others;
            body.statement(node);
        }
        return new Printed(constants, others, body.names);
    }

    /** Whether a graph asks autograd for anything, so that it must be on. */
    static boolean needsAutograd(Graph graph) {
        return graph.nodes().stream()
                .anyMatch(
                        node -> node.op() == Ops.TORCH_GRAD || node.op().torch().contains("requires_grad_"));
    }

    private static boolean isConstant(Node node, Set<Node> constant) {
        return node.op().kind() == Op.Kind.PURE
                && node.inputs().stream().allMatch(input -> constant.contains(input.node()))
                && node.types().stream().allMatch(type -> type.shape().count() >= 0);
    }

    private static boolean isLeaf(Node node) {
        return node.op() == Ops.INPUT || node.op() == Ops.PARAMETER || node.op() == Ops.BUFFER;
    }

    private void statement(Node node) {
        if (node.op() == Ops.TORCH_GRAD) {
            torchGrad(node);
        } else if (differentiated.containsKey(node)) {
            recorded(node);
        } else {
            lines.add(String.join(", ", targets(node)) + " = "
                    + Values.call(node, i -> name(node.inputs().get(i))));
        }
    }

    /** For each input of the node that is asked about, whether its gradient is wanted. */
    private static List<?> needs(Node torchGrad) {
        return (List<?>) torchGrad.attributes().values().getOrDefault("needs", List.of());
    }

    /** Detached operands, so that autograd records this node and nothing before or after it. */
    private void recorded(Node node) {
        List<?> needs = differentiated.getOrDefault(node, List.of());
        for (int i = 0; i < node.inputs().size(); i++) {
            if (Boolean.TRUE.equals(needs.get(i))) {
                lines.add(operand(node, i) + " = torch.requires_grad_(torch.detach("
                        + name(node.inputs().get(i)) + "), True)");
            }
        }
        String call = Values.call(
                node,
                i -> Boolean.TRUE.equals(needs.get(i))
                        ? operand(node, i)
                        : name(node.inputs().get(i)));
        List<String> targets = targets(node);
        String value = targets.get(0);
        targets.set(0, record(node));
        lines.add(String.join(", ", targets) + " = " + call);
        lines.add(value + " = torch.detach(" + record(node) + ")");
    }

    private void torchGrad(Node node) {
        Node source = node.inputs().get(0).node();
        List<String> wanted = new ArrayList<>();
        List<?> needs = needs(node);
        for (int i = 0; i < source.inputs().size(); i++) {
            if (Boolean.TRUE.equals(needs.get(i))) {
                wanted.add(operand(source, i));
            }
        }
        String list = "g" + prefix + node.id();
        lines.add(list + " = torch.grad([" + record(source) + "], [" + String.join(", ", wanted)
                + "], annotate(List[Optional[Tensor]], [" + name(node.inputs().get(1)) + "]), None, False, True)");
        for (int i = 0; i < wanted.size(); i++) {
            Tensor output = node.output(i);
            String name = prefix + node.id() + "_" + i;
            names.put(output, name);
            lines.add(name + " = unchecked_cast(Tensor, " + list + "[" + i + "])");
        }
    }

    private String operand(Node node, int index) {
        return "d" + prefix + node.id() + "_" + index;
    }

    private String record(Node node) {
        return "r" + prefix + node.id();
    }

    private List<String> targets(Node node) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < node.types().size(); i++) {
            String name = prefix + node.id() + (node.types().size() == 1 ? "" : "_" + i);
            names.put(node.output(i), name);
            out.add(name);
        }
        return out;
    }

    private String name(Tensor tensor) {
        return required(names.get(tensor), tensor);
    }

    private static String required(@Nullable String name, Tensor tensor) {
        if (name == null) {
            throw new IllegalStateException("no name for " + tensor.node());
        }
        return name;
    }
}
