package dev.quire.compile.onnx;

import dev.quire.graph.Graph;
import dev.quire.graph.Node;
import dev.quire.graph.Op;
import dev.quire.graph.Ops;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints a graph, node by node, from the table of {@link Rows}. */
final class OnnxPrinter {
    private final Graph graph;
    private final Map<String, TensorType> inputs = new LinkedHashMap<>();
    private final Map<String, TensorType> outputs = new LinkedHashMap<>();
    private final Map<String, TensorType> types = new HashMap<>();
    private final OnnxBuilder out;

    private OnnxPrinter(Graph graph) {
        this.graph = graph;
        graph.inputs()
                .forEach(input ->
                        inputs.put(String.valueOf(input.node().attributes().find("name")), input.type()));
        for (int i = 0; i < graph.outputs().size(); i++) {
            String wish = graph.outputs().size() == 1 ? "output" : "output_" + i;
            while (inputs.containsKey(wish)) {
                wish += "_";
            }
            outputs.put(wish, graph.outputs().get(i).type());
        }
        Set<String> taken = new HashSet<>(inputs.keySet());
        taken.addAll(outputs.keySet());
        out = new OnnxBuilder(graph, taken);
    }

    /**
     * Prints a graph.
     *
     * @throws dev.quire.QuireException when it holds an op that has no form in ONNX
     */
    static OnnxGraph print(Graph graph) {
        return new OnnxPrinter(graph).print();
    }

    private OnnxGraph print() {
        List<String> names = List.copyOf(inputs.keySet());
        for (int i = 0; i < names.size(); i++) {
            out.name(graph.inputs().get(i), names.get(i));
        }
        graph.nodes().stream().filter(node -> node.op().kind() != Op.Kind.LEAF).forEach(this::print);
        Map<String, String> renamed = new HashMap<>();
        List<String> wanted = List.copyOf(outputs.keySet());
        List<OnnxNode> ends = new ArrayList<>();
        Set<String> made = new HashSet<>();
        out.nodes().forEach(node -> made.addAll(node.outputs()));
        for (int i = 0; i < wanted.size(); i++) {
            String name = named(graph.outputs().get(i));
            if (!made.contains(name) || renamed.putIfAbsent(name, wanted.get(i)) != null) {
                ends.add(new OnnxNode(
                        wanted.get(i) + "/Identity",
                        "Identity",
                        List.of(renamed.getOrDefault(name, name)),
                        List.of(wanted.get(i)),
                        Map.of()));
            }
        }
        List<OnnxNode> nodes = new ArrayList<>();
        out.nodes()
                .forEach(node -> nodes.add(node.with(
                        node.inputs().stream()
                                .map(name -> renamed.getOrDefault(name, name))
                                .toList(),
                        node.outputs().stream()
                                .map(name -> renamed.getOrDefault(name, name))
                                .toList())));
        nodes.addAll(ends);
        return used(nodes);
    }

    private void print(Node node) {
        if (node.op() == Ops.TORCH_GRAD) {
            throw Refusals.of(node, "it is a gradient", "export the network for prediction");
        }
        List<String> operands = node.inputs().stream().map(this::named).toList();
        List<String> results = Rows.of(node).print(new Call(node, operands, out));
        for (int i = 0; i < results.size(); i++) {
            out.name(node.output(i), results.get(i));
            types.putIfAbsent(results.get(i), node.types().get(i));
        }
    }

    private String named(Tensor tensor) {
        String name = out.find(tensor);
        if (name == null) {
            throw Refusals.of(tensor.node(), "its output " + tensor.index() + " has no form there", "use the first");
        }
        return name;
    }

    /** Without what no output needs. */
    private OnnxGraph used(List<OnnxNode> nodes) {
        Set<String> needed = new HashSet<>(outputs.keySet());
        List<OnnxNode> kept = new ArrayList<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            OnnxNode node = nodes.get(i);
            if (node.outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(node.inputs());
                kept.add(node);
            }
        }
        Collections.reverse(kept);
        Map<String, TensorType> between = new LinkedHashMap<>();
        for (OnnxNode node : kept) {
            for (String output : node.outputs()) {
                TensorType type = types.get(output);
                if (type != null && !outputs.containsKey(output)) {
                    between.put(output, type);
                }
            }
        }
        List<Initializer> initializers = out.initializers().values().stream()
                .filter(each -> needed.contains(each.name()))
                .toList();
        return new OnnxGraph(inputs, outputs, kept, initializers, between);
    }
}
