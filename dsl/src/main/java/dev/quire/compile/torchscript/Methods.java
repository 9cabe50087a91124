package dev.quire.compile.torchscript;

import dev.quire.graph.Graph;
import dev.quire.graph.Init;
import dev.quire.graph.Node;
import dev.quire.graph.Op;
import dev.quire.graph.Parameter;
import dev.quire.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints graphs as methods. {@code state} is all parameters in one flat tensor, then the buffers; {@code data} is the
 * order of the examples, then one array for each field; {@code control} lies in main memory: {@code [first, steps,
 * batch]}, the learning rate of each step, the seed of each step.
 */
public final class Methods {
    private static final String SUMS = "sums";
    private static final List<String> LOOP = List.of(
            "first = int(torch.select(control[0], 0, 0))",
            "steps = int(torch.select(control[0], 0, 1))",
            "batch = int(torch.select(control[0], 0, 2))");

    private Methods() {}

    /** Parameters and buffers at their start, drawn one after another: {@code [flat, buffers...]}. */
    public static Script.Method initialize(Graph graph) {
        List<String> lines = new ArrayList<>();
        lines.add("torch.manual_seed(int(torch.select(control[0], 0, 0)))");
        lines.add("like = control[1]");
        List<String> flat = new ArrayList<>();
        for (Parameter parameter : graph.parameters()) {
            String name = "p" + flat.size();
            lines.addAll(start(name, parameter));
            flat.add("torch.reshape(" + name + ", [-1])");
        }
        List<String> out = new ArrayList<>();
        out.add(flat.isEmpty() ? "torch.reshape(like, [-1])" : "torch.cat([" + String.join(", ", flat) + "], 0)");
        for (Parameter buffer : graph.buffers()) {
            String name = "b" + out.size();
            lines.addAll(start(name, buffer));
            out.add(name);
        }
        lines.add("return [" + String.join(", ", out) + "]");
        // Tensors made under inference mode could not be changed in place outside it.
        return new Script.Method("initialize", List.of("control"), lines, true);
    }

    private static List<String> start(String name, Parameter parameter) {
        if (parameter.init() instanceof Init.Zeroed zeroed) {
            String drawn = name + "d";
            List<String> lines = new ArrayList<>(
                    start(drawn, new Parameter(parameter.name(), parameter.type(), zeroed.drawn(), parameter.node())));
            // an unused draw would be left out
            lines.add(name + " = torch.mul(torch.abs(" + drawn + "), 0)");
            return lines;
        }
        String shape = Values.literal(parameter.type().shape());
        String place = ", dtype=" + parameter.type().dtype().code()
                + ", layout=None, device=ops.prim.device(like), pin_memory=None";
        if (parameter.init() instanceof Init.Values values) {
            String list = values.values().stream()
                    .map(value -> Values.real(value))
                    .collect(Collectors.joining(", ", "[", "]"));
            return List.of(name + " = torch.reshape(torch.tensor(" + list + ", dtype="
                    + parameter.type().dtype().code() + ", device=ops.prim.device(like)), " + shape + ")");
        }
        if (parameter.init() instanceof Init.Stored) {
            return List.of(name + " = torch.zeros(" + shape + place + ")");
        }
        if (parameter.init() instanceof Init.Constant constant) {
            return List.of(name + " = torch.full(" + shape + ", " + Values.real(constant.value()) + place + ")");
        }
        String draw = parameter.init() instanceof Init.Uniform uniform
                ? "uniform_(" + name + "e, " + Values.real(-uniform.bound()) + ", " + Values.real(uniform.bound()) + ")"
                : "normal_(" + name + "e, 0., " + Values.real(((Init.Normal) parameter.init()).deviation()) + ")";
        return List.of(name + "e = torch.empty(" + shape + place + ", memory_format=None)", name + " = torch." + draw);
    }

    /** Writes values over parameters and buffers, in place. */
    public static Script.Method restore(Graph graph) {
        List<String> lines = IntStream.rangeClosed(0, graph.buffers().size())
                .mapToObj(i -> "_ = torch.copy_(state[" + i + "], values[" + i + "])")
                .collect(Collectors.toCollection(ArrayList::new));
        lines.add("return [state[0]]");
        return new Script.Method("restore", List.of("state", "values"), lines, false);
    }

    /** The outputs of a graph from its inputs. */
    public static Script.Method function(String name, Graph graph) {
        return answering(name, "state", new ArrayList<>(views(graph)), graph);
    }

    /**
     * The outputs of a graph from its inputs; every parameter, then every buffer, is a tensor of its own in
     * {@code weights}, which is never empty.
     */
    public static Script.Method forward(String name, Graph graph) {
        List<String> lines = new ArrayList<>();
        int parameters = graph.parameters().size();
        lines.add("place = ops.prim.device(weights[0])");
        for (int i = 0; i < parameters; i++) {
            lines.add("w" + i + " = weights[" + i + "]");
        }
        for (int i = 0; i < graph.buffers().size(); i++) {
            lines.add("b" + i + " = weights[" + (parameters + i) + "]");
        }
        return answering(name, "weights", lines, graph);
    }

    private static Script.Method answering(String name, String held, List<String> lines, Graph graph) {
        for (int i = 0; i < graph.inputs().size(); i++) {
            lines.add("x" + i + " = inputs[" + i + "]");
        }
        lines.add(Values.BATCH + " = torch.size(x0, 0)");
        Body.Printed body = body(graph);
        lines.addAll(body.constants());
        lines.addAll(body.lines());
        lines.add("return [" + graph.outputs().stream().map(body::name).collect(Collectors.joining(", ")) + "]");
        return new Script.Method(name, List.of(held, "inputs"), lines, Body.needsAutograd(graph));
    }

    /**
     * Steps of training: forward, gradients and update. Gives back two tensors with one row a step: the loss, and the
     * sums of the metrics.
     *
     * @param graph its outputs are the loss, the metrics, and one gradient for each parameter that is not frozen
     * @param sampling how a batch is taken
     * @param update what happens to the parameters
     * @param parts how many parts a batch is cut into, whose gradients are added up
     * @param isFrozen whether a parameter has no gradient
     */
    public static Script.Method train(
            Graph graph, Sampling sampling, Update update, int parts, Predicate<Parameter> isFrozen) {
        long gradients = graph.parameters().stream().filter(isFrozen.negate()).count();
        int metrics = (int) (graph.outputs().size() - gradients - 1);
        List<String> lines = new ArrayList<>(LOOP);
        lines.addAll(views(graph));
        lines.addAll(update.constants());
        lines.add("losses = annotate(List[Tensor], [])");
        lines.add(SUMS + " = annotate(List[Tensor], [])");
        List<String> step = new ArrayList<>();
        if (graph.nodes().stream().anyMatch(node -> node.op().kind() == Op.Kind.RANDOM || drops(node))) {
            step.add("torch.manual_seed(int(torch.select(control[2], 0, i)))");
        }
        Body.Printed body = body(graph);
        lines.addAll(body.constants());
        String gradient = gradient(graph, body, metrics, isFrozen, lines);
        if (parts == 1) {
            step.addAll(batch(sampling));
            step.addAll(body.lines());
            step.addAll(record(graph, body, metrics));
            step.add("rate = float(torch.select(control[1], 0, i))");
            step.add("g = " + gradient);
        } else {
            step.addAll(accumulated(graph, body, sampling, metrics, parts, gradient));
            step.add("rate = float(torch.select(control[1], 0, i))");
        }
        step.addAll(update.lines());
        loop(lines, step);
        lines.add("return [torch.stack(losses, 0), torch.stack(" + SUMS + ", 0)]");
        List<String> arguments = new ArrayList<>(List.of("state", "p", "data", "control"));
        update.slots().forEach(slot -> arguments.add(slot.name()));
        return new Script.Method("train", arguments, lines, Body.needsAutograd(graph));
    }

    /** All gradients as one flat tensor; zeros, made once, for what is frozen. */
    private static String gradient(
            Graph graph, Body.Printed body, int metrics, Predicate<Parameter> isFrozen, List<String> constants) {
        List<String> pieces = new ArrayList<>();
        int output = metrics + 1;
        for (Parameter parameter : graph.parameters()) {
            if (isFrozen.test(parameter)) {
                String name = "frozen" + pieces.size();
                constants.add(name + " = torch.zeros(["
                        + parameter.type().shape().count() + "], dtype=6, layout=None, device=place, pin_memory=None)");
                pieces.add(name);
            } else {
                pieces.add("torch.reshape(" + body.name(graph.outputs().get(output++)) + ", [-1])");
            }
        }
        return "torch.cat([" + String.join(", ", pieces) + "], 0)";
    }

    /** A batch in parts: each weighs as many examples as it has, so that the sum is that of the whole batch. */
    private static List<String> accumulated(
            Graph graph, Body.Printed body, Sampling sampling, int metrics, int parts, String gradient) {
        List<String> lines = new ArrayList<>();
        lines.add("start = torch.add(first, torch.mul(i, batch))");
        lines.add("whole = torch.slice(data[0], 0, start, torch.add(start, batch))");
        lines.add("total = torch.size(whole, 0)");
        lines.add("part = torch.floordiv(batch, " + parts + ")");
        lines.add("g = torch.zeros_like(flat)");
        lines.add("summed_loss = torch.zeros([], dtype=6, layout=None, device=place, pin_memory=None)");
        lines.add("summed = torch.zeros([" + Math.max(1, metrics)
                + "], dtype=6, layout=None, device=place, pin_memory=None)");
        List<String> one = new ArrayList<>();
        one.add("index = torch.slice(whole, 0, torch.mul(j, part), torch.mul(torch.add(j, 1), part))");
        one.addAll(examples(sampling));
        one.addAll(body.lines());
        one.add("share = torch.div(torch.size(index, 0), total)");
        one.add("_ = torch.add_(g, " + gradient + ", alpha=share)");
        one.add("_ = torch.add_(summed_loss, torch.to("
                + body.name(graph.outputs().get(0)) + ", 6), alpha=share)");
        if (metrics > 0) {
            one.add("_ = torch.add_(summed, " + sums(graph, body, metrics) + ")");
        }
        lines.add("for j in range(torch.floordiv(torch.sub(torch.add(total, part), 1), part)):");
        one.forEach(line -> lines.add("  " + line));
        lines.add("torch.append(losses, summed_loss)");
        lines.add("torch.append(" + SUMS + ", " + (metrics == 0 ? "summed_loss" : "summed") + ")");
        return lines;
    }

    /**
     * Loss and metric sums batch after batch, without learning: two tensors with one row a batch, then what is kept of
     * all batches, joined along the batch.
     *
     * @param kept how many of the last outputs of the graph are kept
     */
    public static Script.Method evaluate(Graph graph, Sampling sampling, int kept) {
        List<String> lines = new ArrayList<>(LOOP);
        lines.addAll(views(graph));
        lines.add("losses = annotate(List[Tensor], [])");
        lines.add(SUMS + " = annotate(List[Tensor], [])");
        Body.Printed body = body(graph);
        lines.addAll(body.constants());
        List<String> step = new ArrayList<>(batch(sampling));
        step.addAll(body.lines());
        int metrics = graph.outputs().size() - 1 - kept;
        step.addAll(record(graph, body, metrics));
        List<String> results = new ArrayList<>(List.of("torch.stack(losses, 0)", "torch.stack(" + SUMS + ", 0)"));
        for (int i = 0; i < kept; i++) {
            lines.add("o" + i + " = annotate(List[Tensor], [])");
            step.add("torch.append(o" + i + ", " + body.name(graph.outputs().get(1 + metrics + i)) + ")");
            results.add("torch.cat(o" + i + ", 0)");
        }
        loop(lines, step);
        lines.add("return [" + String.join(", ", results) + "]");
        return new Script.Method("evaluate", List.of("state", "data", "control"), lines, Body.needsAutograd(graph));
    }

    /** The outputs of a graph over many examples, joined along the batch. */
    public static Script.Method infer(Graph graph, Sampling sampling) {
        List<String> lines = new ArrayList<>(LOOP);
        lines.addAll(views(graph));
        Body.Printed body = body(graph);
        lines.addAll(body.constants());
        List<String> step = new ArrayList<>(batch(sampling));
        step.addAll(body.lines());
        List<String> results = new ArrayList<>();
        for (int i = 0; i < graph.outputs().size(); i++) {
            lines.add("o" + i + " = annotate(List[Tensor], [])");
            step.add("torch.append(o" + i + ", " + body.name(graph.outputs().get(i)) + ")");
            results.add("torch.cat(o" + i + ", 0)");
        }
        loop(lines, step);
        lines.add("return [" + String.join(", ", results) + "]");
        return new Script.Method("infer", List.of("state", "data", "control"), lines, Body.needsAutograd(graph));
    }

    /** Writes a value over one tensor, in place. */
    public static Script.Method overwrite() {
        return new Script.Method(
                "overwrite",
                List.of("target", "value"),
                List.of(
                        "_ = torch.copy_(target[0], value[0])",
                        "return [torch.zeros([1], dtype=6, layout=None, device=None, pin_memory=None)]"),
                false);
    }

    /** The numbers of the examples of one epoch, shuffled or drawn; see {@code control[0] = [seed, count, draws]}. */
    public static Script.Method order() {
        return new Script.Method(
                "order",
                List.of("control"),
                List.of(
                        "torch.manual_seed(int(torch.select(control[0], 0, 0)))",
                        "count = int(torch.select(control[0], 0, 1))",
                        "draws = int(torch.select(control[0], 0, 2))",
                        "place = ops.prim.device(control[1])",
                        "if torch.eq(count, draws):",
                        "  out = torch.randperm(count, dtype=4, layout=None, device=place, pin_memory=None)",
                        "else:",
                        "  out = torch.randint(0, count, [draws], dtype=4, layout=None, device=place, pin_memory=None)",
                        "return [out]"),
                false);
    }

    private static boolean drops(Node node) {
        return node.attributes().find("dropout") instanceof Double rate && rate > 0;
    }

    private static List<String> batch(Sampling sampling) {
        List<String> lines = new ArrayList<>();
        lines.add("start = torch.add(first, torch.mul(i, batch))");
        lines.add("index = torch.slice(data[0], 0, start, torch.add(start, batch))");
        lines.addAll(examples(sampling));
        return lines;
    }

    private static List<String> examples(Sampling sampling) {
        List<String> lines = new ArrayList<>(sampling.lines());
        lines.add(Values.BATCH + " = torch.size(x0, 0)");
        return lines;
    }

    private static List<String> record(Graph graph, Body.Printed body, int metrics) {
        String loss = body.name(graph.outputs().get(0));
        return List.of(
                "torch.append(losses, torch.to(" + loss + ", 6))",
                "torch.append(" + SUMS + ", "
                        + (metrics == 0 ? "torch.to(" + loss + ", 6)" : sums(graph, body, metrics)) + ")");
    }

    private static String sums(Graph graph, Body.Printed body, int metrics) {
        return IntStream.rangeClosed(1, metrics)
                .mapToObj(i -> "torch.to(" + body.name(graph.outputs().get(i)) + ", 6)")
                .collect(Collectors.joining(", ", "torch.stack([", "], 0)"));
    }

    private static void loop(List<String> lines, List<String> body) {
        lines.add("for i in range(steps):");
        body.forEach(line -> lines.add("  " + line));
    }

    /** Parameters as views of the flat tensor: they stay true while it changes in place. */
    private static List<String> views(Graph graph) {
        List<String> lines = new ArrayList<>();
        lines.add("flat = state[0]");
        lines.add("place = ops.prim.device(flat)");
        if (!graph.parameters().isEmpty()) {
            String sizes = graph.parameters().stream()
                    .map(parameter -> Long.toString(parameter.type().shape().count()))
                    .collect(Collectors.joining(", "));
            lines.add("parts = torch.split_with_sizes(flat, [" + sizes + "], 0)");
        }
        for (int i = 0; i < graph.parameters().size(); i++) {
            lines.add("w" + i + " = torch.view(parts[" + i + "], "
                    + Values.literal(graph.parameters().get(i).type().shape()) + ")");
        }
        for (int i = 0; i < graph.buffers().size(); i++) {
            lines.add("b" + i + " = state[" + (i + 1) + "]");
        }
        return lines;
    }

    private static Body.Printed body(Graph graph) {
        Map<Tensor, String> names = new HashMap<>();
        for (int i = 0; i < graph.inputs().size(); i++) {
            names.put(graph.inputs().get(i), "x" + i);
        }
        for (int i = 0; i < graph.parameters().size(); i++) {
            names.put(graph.parameters().get(i).tensor(), "w" + i);
        }
        for (int i = 0; i < graph.buffers().size(); i++) {
            names.put(graph.buffers().get(i).tensor(), "b" + i);
        }
        return Body.print(graph, names, "v");
    }
}
