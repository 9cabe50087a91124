package dev.quire.compile.torchscript;

import dev.quire.QuireException;
import dev.quire.graph.Graph;
import dev.quire.graph.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parameters and buffers of a graph as modules inside modules, by their dotted names. */
final class ModuleTree {
    /** What every module has besides. */
    private static final Set<String> TAKEN = Set.of("training", "forward");

    /** Empty for the network itself. */
    private final String path;

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Parameter> buffers = new LinkedHashMap<>();
    private final Map<String, ModuleTree> modules = new LinkedHashMap<>();

    private ModuleTree(String path) {
        this.path = path;
    }

    static ModuleTree of(Graph graph) {
        ModuleTree root = new ModuleTree("");
        graph.parameters().forEach(each -> root.owner(each).parameters.put(last(each), each));
        graph.buffers().forEach(each -> root.owner(each).buffers.put(last(each), each));
        return root;
    }

    private ModuleTree owner(Parameter parameter) {
        ModuleTree at = this;
        String[] names = parameter.name().split("\\.", -1);
        for (int i = 0; i < names.length; i++) {
            if (TAKEN.contains(names[i])) {
                throw new QuireException("export: " + parameter.name() + " cannot be in a TorchScript file, where every"
                        + " module has a '" + names[i] + "' of its own: give the block or parameter another name");
            }
            if (i < names.length - 1) {
                String below = at.path.isEmpty() ? names[i] : at.path + "." + names[i];
                at = at.modules.computeIfAbsent(names[i], name -> new ModuleTree(below));
            }
        }
        return at;
    }

    private static String last(Parameter parameter) {
        return parameter.name().substring(parameter.name().lastIndexOf('.') + 1);
    }

    Map<String, ModuleTree> modules() {
        return modules;
    }

    /** Parameters, then buffers, by the last part of their names. */
    Map<String, Parameter> tensors() {
        Map<String, Parameter> out = new LinkedHashMap<>(parameters);
        out.putAll(buffers);
        return out;
    }

    /** This module, then all inside it, in the order of their parameters. */
    List<ModuleTree> all() {
        List<ModuleTree> out = new ArrayList<>(List.of(this));
        modules.values().forEach(module -> out.addAll(module.all()));
        return out;
    }

    /** The name of its class. */
    String type() {
        return path.isEmpty() ? "Network" : "Layer_" + path.replaceAll("[^A-Za-z0-9]", "_") + "_" + number();
    }

    /** Two paths may differ only in signs that a class's name cannot have. */
    private String number() {
        return Integer.toHexString(path.hashCode());
    }

    /** Its class up to its methods. */
    String declaration() {
        StringBuilder out = new StringBuilder("class " + type() + "(Module):\n");
        out.append("  __parameters__ = [").append(list(parameters.keySet())).append("]\n");
        out.append("  __buffers__ = [").append(list(buffers.keySet())).append("]\n");
        tensors().keySet().forEach(name -> annotation(out, name, "Tensor"));
        out.append("  training : bool\n");
        modules.forEach((name, module) -> annotation(out, name, "__torch__." + module.type()));
        return out.toString();
    }

    private static void annotation(StringBuilder out, String name, String type) {
        out.append("  __annotations__[\"")
                .append(name)
                .append("\"] = ")
                .append(type)
                .append('\n');
    }

    private static String list(Set<String> names) {
        return names.stream().map(name -> "\"" + name + "\", ").collect(Collectors.joining());
    }

    /** Statements that name every parameter and buffer of the modules. */
    static Stream<String> names(List<ModuleTree> all, Map<Parameter, String> names) {
        Map<ModuleTree, String> places = new java.util.IdentityHashMap<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            ModuleTree module = all.get(i);
            String place = places.getOrDefault(module, "self");
            module.modules.forEach((name, child) -> {
                places.put(child, "m" + places.size());
                lines.add(places.get(child) + " = getattr(" + place + ", \"" + name + "\")");
            });
            module.tensors()
                    .forEach((name, tensor) ->
                            lines.add(names.get(tensor) + " = getattr(" + place + ", \"" + name + "\")"));
        }
        return lines.stream();
    }
}
