package dev.quire.source;

import static java.util.Map.entry;

import dev.quire.QuireException;
import dev.quire.compile.torchscript.Calls;
import dev.quire.graph.ActivationOps;
import dev.quire.graph.ArithmeticOps;
import dev.quire.graph.ConvolutionOps;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.LinearOps;
import dev.quire.graph.LossOps;
import dev.quire.graph.Node;
import dev.quire.graph.NormalizationOps;
import dev.quire.graph.Op;
import dev.quire.graph.Ops;
import dev.quire.graph.PoolingOps;
import dev.quire.graph.SequenceOps;
import dev.quire.graph.ShapingOps;
import dev.quire.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prints graphs as Python, a statement for each op: as people write it where that is known, else by libtorch's name. */
final class PythonOps {
    /** Holes as in the op table. Ops that are not here print as {@code torch.ops.aten} has them. */
    private static final Map<Op, String> TEMPLATES = Map.ofEntries(
            entry(ArithmeticOps.ADD, "{0} + {1}"),
            entry(ArithmeticOps.SUBTRACT, "{0} - {1}"),
            entry(ArithmeticOps.MULTIPLY, "{0} * {1}"),
            entry(ArithmeticOps.DIVIDE, "{0} / {1}"),
            entry(ArithmeticOps.SHIFT, "{0} + {value}"),
            entry(ArithmeticOps.SCALE, "{0} * {value}"),
            entry(ArithmeticOps.POWER, "{0} ** {value}"),
            entry(ArithmeticOps.SQRT, "torch.sqrt({0})"),
            entry(ArithmeticOps.EXP, "torch.exp({0})"),
            entry(ArithmeticOps.LOG, "torch.log({0})"),
            entry(ArithmeticOps.ABS, "torch.abs({0})"),
            entry(ActivationOps.RELU, "F.relu({0})"),
            entry(ActivationOps.SIGMOID, "torch.sigmoid({0})"),
            entry(ActivationOps.TANH, "torch.tanh({0})"),
            entry(ActivationOps.GELU, "F.gelu({0}, approximate={approximate})"),
            entry(ActivationOps.SILU, "F.silu({0})"),
            entry(ActivationOps.SOFTMAX, "torch.softmax({0}, dim={axis})"),
            entry(ActivationOps.LOG_SOFTMAX, "torch.log_softmax({0}, dim={axis})"),
            entry(LinearOps.MATMUL, "{0} @ {1}"),
            entry(LinearOps.LINEAR, "F.linear({0}, {1}, {2?})"),
            entry(
                    ConvolutionOps.CONVOLUTION,
                    "torch.convolution({0}, {1}, {2?}, {stride}, {padding}, {dilation}, {transposed}, {output_padding},"
                            + " {groups})"),
            entry(NormalizationOps.BATCH_NORM, "F.batch_norm({0}, {3}, {4}, {1}, {2}, {training}, {momentum}, {eps})"),
            entry(NormalizationOps.LAYER_NORM, "F.layer_norm({0}, {sizes}, {1}, {2}, {eps})"),
            entry(NormalizationOps.GROUP_NORM, "F.group_norm({0}, {groups}, {1}, {2}, {eps})"),
            entry(PoolingOps.MAX_POOL, "F.max_pool2d({0}, {kernel}, {stride}, {padding}, {dilation}, {ceil})"),
            entry(PoolingOps.ADAPTIVE_MAX_POOL, "F.adaptive_max_pool2d({0}, {size})"),
            entry(SequenceOps.EMBEDDING, "F.embedding({1}, {0})"),
            entry(SequenceOps.ATTENTION, "F.scaled_dot_product_attention({0}, {1}, {2}, is_causal={causal})"),
            entry(
                    SequenceOps.LSTM,
                    "torch.lstm({0}, [{1}, {2}], [{3..}], True, {layers}, 0.0, False, {bidirectional}, True)[0]"),
            entry(
                    SequenceOps.GRU,
                    "torch.gru({0}, {1}, [{2..}], True, {layers}, 0.0, False, {bidirectional}, True)[0]"),
            entry(ShapingOps.RESHAPE, "{0}.reshape({shape:free})"),
            entry(ShapingOps.PERMUTE, "{0}.permute({axes})"),
            entry(ShapingOps.CONCAT, "torch.cat([{*}], dim={axis})"),
            entry(ShapingOps.PAD, "F.pad({0}, {amounts}, value={value})"),
            entry(
                    LossOps.CROSS_ENTROPY,
                    "F.cross_entropy({0}, {1}, {2?}, ignore_index={ignore}, label_smoothing={smoothing})"),
            entry(LossOps.NLL, "F.nll_loss({0}, {1}, {2?}, ignore_index={ignore})"));

    private static final Pattern TORCH = Pattern.compile("\\btorch\\.(?=\\w+\\()");
    /** Templates that name what Python has no name for. */
    private static final Set<String> FOREIGN = Set.of("annotate(", "ops.prim", "requires_grad_");

    private PythonOps() {}

    /**
     * The statements of a graph, the last of them a {@code return}.
     *
     * @param leaves the names of inputs, parameters and buffers
     * @throws QuireException when an op has no Python
     */
    static List<String> statements(Graph graph, Map<Tensor, String> leaves) {
        Map<Tensor, String> names = new HashMap<>(leaves);
        List<String> lines = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (node.op().kind() == Op.Kind.LEAF) {
                continue;
            }
            String name = "v" + node.id();
            String template = TEMPLATES.get(node.op());
            boolean isSingle = node.types().size() == 1 || template != null;
            List<String> targets = new ArrayList<>();
            for (int i = 0; i < node.types().size(); i++) {
                names.put(node.output(i), isSingle ? name : name + "_" + i);
                targets.add(isSingle ? name : name + "_" + i);
            }
            String value =
                    expression(node, template, i -> name(names, node.inputs().get(i)), names(leaves));
            lines.add((isSingle ? name : String.join(", ", targets)) + " = " + value);
        }
        List<String> outputs =
                graph.outputs().stream().map(each -> name(names, each)).toList();
        lines.add("return " + String.join(", ", outputs));
        if (lines.stream().anyMatch(line -> line.matches(".*\\b" + Calls.BATCH + "\\b.*"))) {
            lines.add(0, Calls.BATCH + " = " + name(names, graph.inputs().get(0)) + ".shape[0]");
        }
        return lines;
    }

    private static String names(Map<Tensor, String> leaves) {
        return leaves.entrySet().stream()
                .filter(each -> each.getKey().node().op() == Ops.INPUT)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("x");
    }

    private static String name(Map<Tensor, String> names, Tensor tensor) {
        return Objects.requireNonNull(names.get(tensor), () -> "no name for " + tensor.node());
    }

    private static String expression(
            Node node,
            @org.jspecify.annotations.Nullable String template,
            java.util.function.IntFunction<String> operand,
            String like) {
        if (template != null) {
            return Calls.of(template, node, operand);
        }
        if (node.op() == ArithmeticOps.CAST) {
            return operand.apply(0) + ".to(" + dtype(node.attributes().dtype("dtype")) + ")";
        }
        if (node.op() == ArithmeticOps.FULL) {
            return Calls.of("torch.full({shape}, {value}, dtype=", node, operand)
                    + dtype(node.attributes().dtype("dtype")) + ", device=" + like + ".device)";
        }
        if (node.op() == ArithmeticOps.CONSTANT) {
            return Calls.of("torch.tensor({values}, dtype=", node, operand)
                    + dtype(node.attributes().dtype("dtype"))
                    + Calls.of(", device=" + like + ".device).reshape({shape})", node, operand);
        }
        String torch = node.op().torch();
        if (torch.isEmpty() || FOREIGN.stream().anyMatch(torch::contains)) {
            throw new QuireException("export: the op " + node.op() + ", which layer " + node.layer()
                    + " uses, has no PyTorch source: export to .pt, which has it");
        }
        return TORCH.matcher(Calls.of(torch.replace("place", like + ".device"), node, operand))
                .replaceAll(Matcher.quoteReplacement("torch.ops.aten."));
    }

    /** An element type by PyTorch's name. */
    static String dtype(DType type) {
        return "torch." + type.name().toLowerCase(Locale.ROOT);
    }
}
