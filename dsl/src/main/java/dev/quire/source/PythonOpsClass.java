package dev.quire.source;

import dev.quire.graph.Graph;
import dev.quire.graph.Init;
import dev.quire.graph.Ops;
import dev.quire.graph.Parameter;
import dev.quire.graph.Tensor;
import dev.quire.model.Layer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A class for a layer that {@code torch.nn} does not have: its parameters declared, its ops as statements. */
final class PythonOpsClass {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

    private PythonOpsClass() {}

    /**
     * @param layer what it stands for, as its comment says
     * @param graph of the layer alone
     */
    static String of(String name, Layer layer, Graph graph) {
        List<String> arguments = graph.inputs().size() == 1
                ? List.of("x")
                : IntStream.range(0, graph.inputs().size())
                        .mapToObj(i -> "x" + i)
                        .toList();
        Map<Tensor, String> leaves = new HashMap<>();
        IntStream.range(0, arguments.size())
                .forEach(i -> leaves.put(graph.inputs().get(i), arguments.get(i)));
        List<String> made = new ArrayList<>(List.of("super().__init__()"));
        Set<String> places = new LinkedHashSet<>();
        for (Parameter parameter : graph.parameters()) {
            leaves.put(parameter.tensor(), declared(parameter, places, made));
        }
        for (Parameter buffer : graph.buffers()) {
            leaves.put(buffer.tensor(), declared(buffer, places, made));
        }
        return "class " + name + "(nn.Module):\n    \"\"\""
                + layer.toString().replace("\"", "'").replace("\\", "/") + ", from its ops.\"\"\"\n\n"
                + (made.size() == 1
                        ? ""
                        : "    def __init__(self):\n" + Python.indented(Python.indented(String.join("\n", made)))
                                + "\n\n")
                + "    def forward(self, " + String.join(", ", arguments) + "):\n"
                + Python.indented(Python.indented(String.join("\n", PythonOps.statements(graph, leaves))));
    }

    private static String declared(Parameter parameter, Set<String> places, List<String> made) {
        boolean isTrained = parameter.node().op() == Ops.PARAMETER;
        String[] path = parameter.name().split("\\.");
        String owner = "self";
        for (int i = 0; i < path.length - 1; i++) {
            String below = IDENTIFIER.matcher(path[i]).matches()
                    ? owner + "." + path[i]
                    : owner + ".get_submodule(" + Python.text(path[i]) + ")";
            if (places.add(below)) {
                made.add(owner + ".add_module(" + Python.text(path[i]) + ", nn.Module())");
            }
            owner = below;
        }
        String name = path[path.length - 1];
        made.add(owner + (isTrained ? ".register_parameter(" : ".register_buffer(") + Python.text(name) + ", "
                + (isTrained ? "nn.Parameter(" + start(parameter) + ")" : start(parameter)) + ")");
        return IDENTIFIER.matcher(name).matches()
                ? owner + "." + name
                : owner + ".get_parameter(" + Python.text(name) + ")";
    }

    private static String start(Parameter parameter) {
        String sizes = "(" + Python.sizes(parameter.type().shape())
                + (parameter.type().shape().rank() == 1 ? ",)" : ")");
        if (parameter.init() instanceof Init.Constant constant) {
            return "torch.full(" + sizes + ", " + Python.real(constant.value()) + ", dtype="
                    + PythonOps.dtype(parameter.type().dtype()) + ")";
        }
        if (parameter.init() instanceof Init.Uniform uniform) {
            return "torch.empty(" + sizes + ").uniform_(" + Python.real(-uniform.bound()) + ", "
                    + Python.real(uniform.bound()) + ")";
        }
        if (parameter.init() instanceof Init.Normal normal) {
            return "torch.randn(" + sizes + ") * " + Python.real(normal.deviation());
        }
        return "torch.zeros(" + sizes + ", dtype="
                + PythonOps.dtype(parameter.type().dtype()) + ")";
    }
}
