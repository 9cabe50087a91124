package dev.quire.source;

import dev.quire.QuireException;
import dev.quire.graph.Graph;
import dev.quire.graph.SequenceOps;
import dev.quire.graph.TensorType;
import dev.quire.model.Architecture;
import dev.quire.model.Custom;
import dev.quire.model.Functional;
import dev.quire.model.Join;
import dev.quire.model.Layer;
import dev.quire.model.Masking;
import dev.quire.model.Parallel;
import dev.quire.model.Placement;
import dev.quire.model.Residual;
import dev.quire.model.Sequential;
import dev.quire.model.Shared;
import dev.quire.model.Unembedding;
import dev.quire.model.Wrapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The classes of a network: its own, {@code Network}, and those it needs besides. */
final class PythonNetwork {
    /** By name, in the order in which they are first needed. */
    private final Map<String, String> classes = new LinkedHashMap<>();

    private final Map<String, String> shared = new LinkedHashMap<>();
    private final Set<String> library = new LinkedHashSet<>();

    /** How many masks the layers that are being printed are inside of. */
    private int masks;

    private PythonNetwork() {}

    /**
     * Classes, the last of them the network's.
     *
     * @param inputs types of one example, without the batch
     * @param names of the arguments of {@code forward}; empty for usual ones
     */
    static String of(Layer network, List<TensorType> inputs, List<String> names) {
        PythonNetwork printer = new PythonNetwork();
        String own = printer.network(network, inputs, names);
        String written = own + String.join("", printer.classes.values());
        printer.library.removeIf(name -> !written.contains(name + "("));
        List<String> all = new ArrayList<>(PythonLibrary.texts(printer.library));
        all.addAll(printer.classes.values());
        all.add(own);
        return String.join("\n\n\n", all);
    }

    private String network(Layer network, List<TensorType> inputs, List<String> names) {
        Layer body = bare(network);
        if (body instanceof Masking masking) {
            return maskedNetwork(masking, inputs, names);
        }
        boolean isChain = body instanceof Sequential chain && inputs.size() == 1 && isPlain(chain, inputs);
        if (isChain && !isSharing(body)) {
            String modules = "super().__init__" + children((Sequential) body, inputs, "");
            return "class Network(nn.Sequential):\n    def __init__(self):\n"
                    + Python.indented(Python.indented(modules));
        }
        if (body instanceof Functional functional) {
            return functional("Network", functional, names);
        }
        if (isChain) {
            return functional("Network", steps((Sequential) body, inputs), names);
        }
        if (body instanceof Shared) {
            return functional("Network", steps(new Sequential(List.of(body)), inputs), names);
        }
        return "def Network():\n" + Python.indented("return " + module(body, inputs));
    }

    /** A chain in the functional form; its parameters have the same names. */
    private static Functional steps(Sequential chain, List<TensorType> inputs) {
        List<Functional.Step> steps = new ArrayList<>();
        for (Layer layer : chain.layers()) {
            steps.add(new Functional.Step(layer, List.of(new Functional.Source(steps.size(), 0))));
        }
        return new Functional(inputs, steps, List.of(new Functional.Source(steps.size(), 0)));
    }

    /** What is inside names and what is said about a start, which PyTorch's modules do without. */
    private static Layer bare(Layer layer) {
        Layer out = layer;
        while (out instanceof Wrapping wrapping && !(out instanceof Shared) && !(out instanceof Masking)) {
            out = wrapping.body();
        }
        return out;
    }

    private static boolean isSharing(Layer layer) {
        return !sharedIn(layer).isEmpty();
    }

    private static List<TensorType> outputs(Layer layer, List<TensorType> inputs) {
        return Architecture.of(layer, inputs).outputs();
    }

    /** Whether every layer takes one value and gives one, as PyTorch's chains do. */
    private static boolean isPlain(Sequential chain, List<TensorType> inputs) {
        List<TensorType> types = inputs;
        for (Layer layer : chain.layers()) {
            types = outputs(layer, types);
            if (types.size() != 1) {
                return false;
            }
        }
        return true;
    }

    /** The expression that makes a module. */
    private String module(Layer layer, List<TensorType> inputs) {
        if (layer != bare(layer)) {
            return module(bare(layer), inputs);
        } else if (layer instanceof Masking masking) {
            return masked(masking, inputs);
        } else if (layer instanceof Unembedding scores) {
            library.add("Unembedding");
            shared.putIfAbsent(
                    scores.name(),
                    "nn.Embedding(" + scores.count() + ", "
                            + inputs.get(0).shape().size(-1) + ")");
            return "Unembedding(" + scores.name() + ")";
        } else if (layer instanceof Shared body) {
            library.add("SharedModule");
            shared.computeIfAbsent(body.name(), name -> module(body.body(), inputs));
            return "SharedModule(" + body.name() + ")";
        } else if (layer instanceof Functional functional) {
            String name = named("Part", functional("Part", functional, List.of()));
            return name + "(" + String.join(", ", sharedIn(functional)) + ")";
        } else if (layer instanceof Parallel parallel && isSimple(parallel, inputs)) {
            String name = parallel.join().kind() == Join.Kind.ADD
                    ? "Add"
                    : parallel.join().kind() == Join.Kind.MULTIPLY ? "Multiply" : "Concat";
            library.add(name);
            String more = name.equals("Concat") && parallel.join().axis() != 1
                    ? "dim=" + parallel.join().axis()
                    : "";
            return name
                    + list(
                            names(parallel.branches()),
                            parallel.branches().stream()
                                    .map(branch -> module(branch, inputs))
                                    .toList(),
                            more);
        } else if (inputs.size() == 1 && layer instanceof Residual residual) {
            library.add("Residual");
            return "Residual" + children(new Sequential(residual.body()), inputs, "");
        } else if (inputs.size() == 1 && layer instanceof Sequential chain && isPlain(chain, inputs)) {
            return "nn.Sequential" + children(chain, inputs, "");
        }
        return inputs.size() == 1
                ? PythonModules.of(layer, inputs.get(0)).map(this::noted).orElseGet(() -> ops(layer, inputs))
                : ops(layer, inputs);
    }

    private String maskedNetwork(Masking layer, List<TensorType> inputs, List<String> names) {
        library.add("masking");
        masks++;
        String layers = network(layer.body(), inputs, names).replaceFirst("Network\\(", "Layers(");
        masks--;
        return layers + "\n\n\ndef Network():\n    return masking(" + layer.token() + ", Layers())";
    }

    private String masked(Masking layer, List<TensorType> inputs) {
        library.add("masking");
        masks++;
        String body = module(layer.body(), inputs);
        masks--;
        return Python.call("masking", List.of(Integer.toString(layer.token()), body));
    }

    private String noted(String made) {
        // The module of torch.nn knows no mask but one that is handed to it
        String call = masks > 0
                ? made.replace("nn.TransformerEncoderLayer(", "TransformerEncoder(")
                        .replace(", batch_first=True", "")
                : made;
        String name = call.substring(0, call.indexOf('('));
        if (!name.startsWith("nn.")) {
            library.add(name);
        }
        return call;
    }

    private static boolean isSimple(Parallel parallel, List<TensorType> inputs) {
        return parallel.branches().stream()
                .allMatch(branch -> outputs(branch, inputs).size() == 1
                        && (inputs.size() == 1 || !(bare(branch) instanceof Sequential)));
    }

    private static List<String> names(List<Layer> layers) {
        return IntStream.range(0, layers.size())
                .mapToObj(i -> Placement.name(layers.get(i), i))
                .toList();
    }

    private String children(Sequential chain, List<TensorType> inputs, String more) {
        List<String> modules = new ArrayList<>();
        List<TensorType> types = inputs;
        for (Layer layer : chain.layers()) {
            modules.add(module(layer, types));
            types = outputs(layer, types);
        }
        return list(names(chain.layers()), modules, more);
    }

    /** Modules by position, or by name where one has a name. */
    private static String list(List<String> names, List<String> modules, String more) {
        boolean arePositions =
                IntStream.range(0, names.size()).allMatch(i -> names.get(i).equals(Integer.toString(i)));
        List<String> arguments = new ArrayList<>(modules);
        if (!arePositions) {
            names.forEach(PythonNetwork::check);
            List<String> pairs = IntStream.range(0, names.size())
                    .mapToObj(i -> Python.text(names.get(i)) + ": " + modules.get(i))
                    .toList();
            arguments = new ArrayList<>(List.of(Python.spread("OrderedDict({", pairs, "})")));
        }
        if (!more.isEmpty()) {
            arguments.add(more);
        }
        if (arePositions && modules.size() > 3) {
            return Python.spread("(", arguments, ")");
        }
        return !arePositions && more.isEmpty() ? "(" + arguments.get(0) + ")" : Python.call("", arguments);
    }

    private static void check(String name) {
        if (PythonLibrary.TAKEN.contains(name)) {
            throw new QuireException("export: a block named \"" + name + "\" cannot be in PyTorch source, where every"
                    + " module has a '" + name + "' of its own: give the block another name");
        }
    }

    /** The shared layers that are used in a network, in order. */
    private static Set<String> sharedIn(Layer layer) {
        Set<String> out = new LinkedHashSet<>();
        if (layer instanceof Shared body) {
            out.add(body.name());
            out.addAll(sharedIn(body.body()));
        } else if (layer instanceof Functional functional) {
            functional.steps().forEach(step -> out.addAll(sharedIn(step.layer())));
        } else if (layer instanceof Sequential chain) {
            chain.layers().forEach(each -> out.addAll(sharedIn(each)));
        } else if (layer instanceof Residual residual) {
            residual.body().forEach(each -> out.addAll(sharedIn(each)));
        } else if (layer instanceof Parallel parallel) {
            parallel.branches().forEach(each -> out.addAll(sharedIn(each)));
        } else if (layer instanceof Masking masking) {
            out.addAll(sharedIn(masking.body()));
        } else if (layer instanceof Unembedding scores) {
            out.add(scores.name());
        } else if (layer != bare(layer)) {
            out.addAll(sharedIn(bare(layer)));
        }
        return out;
    }

    /** A class whose {@code forward} says how values go from step to step. */
    private String functional(String name, Functional network, List<String> given) {
        boolean isRoot = name.equals("Network");
        int inputs = network.inputs().size();
        List<String> arguments = given.size() == inputs
                ? given
                : inputs == 1
                        ? List.of("x")
                        : IntStream.range(0, inputs).mapToObj(i -> "x" + i).toList();
        List<List<TensorType>> types = new ArrayList<>();
        List<String> values = new ArrayList<>(arguments);
        network.inputs().forEach(type -> types.add(List.of(type)));
        List<String> modules = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < network.steps().size(); i++) {
            Functional.Step step = network.steps().get(i);
            List<TensorType> from = step.from().stream()
                    .map(source -> types.get(source.place()).get(source.output()))
                    .toList();
            List<String> operands = step.from().stream()
                    .map(source -> value(source, types, values))
                    .toList();
            types.add(outputs(step.layer(), from));
            String result = "h" + i;
            values.add(result);
            if (step.layer() instanceof Join join) {
                lines.add(result + " = " + joined(join, operands));
                continue;
            }
            if (bare(step.layer()) instanceof Shared body && isRoot) {
                module(body, from);
                lines.add(result + " = self[" + Python.text(body.name()) + "](" + String.join(", ", operands) + ")");
                continue;
            }
            String key = Placement.name(step.layer(), i);
            check(key);
            modules.add(Python.text(key) + ": " + module(step.layer(), from));
            lines.add(result + " = self[" + Python.text(key) + "](" + String.join(", ", operands) + ")");
        }
        lines.add("return "
                + network.outputs().stream()
                        .map(source -> value(source, types, values))
                        .collect(Collectors.joining(", ")));
        List<String> before = new ArrayList<>();
        if (isRoot) {
            shared.forEach((key, text) -> {
                check(key);
                before.add(key + " = " + text);
                modules.add(Python.text(key) + ": " + key);
            });
        }
        String parameters = isRoot
                ? ""
                : sharedIn(network).stream().map(each -> ", " + each).collect(Collectors.joining());
        before.add(Python.spread("super().__init__({", modules, "})").replace("({\n})", "()"));
        return "class " + name + "(nn.ModuleDict):\n    def __init__(self" + parameters + "):\n"
                + Python.indented(Python.indented(String.join("\n", before))) + "\n\n    def forward(self, "
                + String.join(", ", arguments) + "):\n" + Python.indented(Python.indented(String.join("\n", lines)));
    }

    private static String value(Functional.Source source, List<List<TensorType>> types, List<String> values) {
        String name = values.get(source.place());
        return types.get(source.place()).size() == 1 ? name : name + "[" + source.output() + "]";
    }

    private static String joined(Join join, List<String> operands) {
        return switch (join.kind()) {
            case ADD -> String.join(" + ", operands);
            case MULTIPLY -> String.join(" * ", operands);
            case CONCAT -> "torch.cat([" + String.join(", ", operands) + "], dim=" + join.axis() + ")";
        };
    }

    /** A class of a layer's own, from its ops. */
    private String ops(Layer layer, List<TensorType> inputs) {
        Graph graph = Architecture.of(layer, inputs).graph();
        if (masks > 0 && graph.nodes().stream().anyMatch(node -> node.op() == SequenceOps.ATTENTION)) {
            throw new QuireException("export: " + layer + " has attention of its own inside masking(…), which PyTorch"
                    + " source has no words for: export to .pt, which has it");
        }
        String word = layer instanceof Custom custom
                ? custom.name()
                : layer.getClass().getSimpleName();
        return named(camel(word), PythonOpsClass.of(camel(word), layer, graph)) + "()";
    }

    private static String camel(String word) {
        StringBuilder out = new StringBuilder();
        for (String part : word.split("[^A-Za-z0-9]+")) {
            if (!part.isEmpty()) {
                out.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
            }
        }
        return out.isEmpty() || Character.isDigit(out.charAt(0)) ? "Layer" + out : out.toString();
    }

    /** Keeps a class under its name, or the next that is free; the same class is kept once. */
    private String named(String base, String text) {
        for (int number = 1; ; number++) {
            String name = number == 1 && !base.equals("Part") && !PythonLibrary.isTaken(base) ? base : base + number;
            String own = text.replaceFirst("class " + base + "\\(", "class " + name + "(");
            String known = classes.putIfAbsent(name, own);
            if (known == null || known.equals(own)) {
                return name;
            }
        }
    }
}
