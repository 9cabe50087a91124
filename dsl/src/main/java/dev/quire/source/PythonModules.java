package dev.quire.source;

import static java.util.Map.entry;

import dev.quire.graph.ConvolutionOps;
import dev.quire.graph.Graph;
import dev.quire.graph.Node;
import dev.quire.graph.Op;
import dev.quire.graph.PoolingOps;
import dev.quire.graph.ShapingOps;
import dev.quire.graph.TensorType;
import dev.quire.model.Activation;
import dev.quire.model.AdaptivePool;
import dev.quire.model.Architecture;
import dev.quire.model.BatchNorm;
import dev.quire.model.Conv;
import dev.quire.model.Dense;
import dev.quire.model.DepthwiseConv;
import dev.quire.model.Dropout;
import dev.quire.model.Elu;
import dev.quire.model.Embedding;
import dev.quire.model.Flatten;
import dev.quire.model.GlobalPool;
import dev.quire.model.GroupNorm;
import dev.quire.model.Layer;
import dev.quire.model.LayerNorm;
import dev.quire.model.LeakyRelu;
import dev.quire.model.Pool;
import dev.quire.model.PositionalEmbedding;
import dev.quire.model.Prelu;
import dev.quire.model.Recurrent;
import dev.quire.model.Reshape;
import dev.quire.model.SelfAttention;
import dev.quire.model.Softmax;
import dev.quire.model.Softplus;
import dev.quire.model.Transformer;
import dev.quire.model.TransposedConv;
import dev.quire.model.Upsample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;

/** Simple layers as the modules of {@code torch.nn} that do the same: a row of a table for each. */
final class PythonModules {
    private static final Map<Class<?>, BiFunction<Layer, TensorType, String>> ROWS = Map.ofEntries(
            row(
                    Dense.class,
                    (layer, in) ->
                            call("nn.Linear", in.shape().size(-1), layer.units(), layer.bias() ? "" : "bias=False")),
            row(Conv.class, PythonModules::convolution),
            row(DepthwiseConv.class, PythonModules::convolution),
            row(TransposedConv.class, PythonModules::convolution),
            row(Pool.class, PythonModules::pool),
            row(
                    AdaptivePool.class,
                    (layer, in) -> call(
                            "nn.Adaptive" + (layer.kind() == Pool.Kind.MAX ? "Max" : "Avg") + "Pool"
                                    + layer.size().size() + "d",
                            layer.size().size() == 1 ? layer.size().get(0) : Python.numbers(layer.size()))),
            row(
                    GlobalPool.class,
                    (layer, in) -> call(
                            "nn.Sequential",
                            in.shape().rank() > 3 ? "nn.Flatten(2)" : "",
                            "nn.Adaptive" + (layer.kind() == Pool.Kind.MAX ? "Max" : "Avg") + "Pool"
                                    + (in.shape().rank() == 3 ? 2 : 1) + "d(1)",
                            "nn.Flatten()")),
            row(
                    BatchNorm.class,
                    (layer, in) -> call(
                            in.shape().rank() == 3 ? "nn.BatchNorm2d" : "nn.BatchNorm1d",
                            in.shape().size(0),
                            layer.eps() == 1e-5 ? "" : "eps=" + Python.real(layer.eps()),
                            layer.momentum() == 0.1 ? "" : "momentum=" + Python.real(layer.momentum()))),
            row(
                    LayerNorm.class,
                    (layer, in) -> call(
                            "nn.LayerNorm",
                            layer.axes() == 1 ? in.shape().size(-1) : Python.tuple(last(in, layer.axes())),
                            layer.eps() == 1e-5 ? "" : "eps=" + Python.real(layer.eps()))),
            row(
                    GroupNorm.class,
                    (layer, in) -> call(
                            "nn.GroupNorm",
                            layer.groups(),
                            in.shape().size(0),
                            layer.eps() == 1e-5 ? "" : "eps=" + Python.real(layer.eps()))),
            row(Dropout.class, (layer, in) -> call("nn.Dropout", Python.real(layer.rate()))),
            row(Activation.class, (layer, in) -> activation(layer.function())),
            row(
                    LeakyRelu.class,
                    (layer, in) -> call("nn.LeakyReLU", layer.slope() == 0.01 ? "" : Python.real(layer.slope()))),
            row(
                    Elu.class,
                    (layer, in) -> call(
                            layer.smooth() ? "nn.CELU" : "nn.ELU",
                            layer.alpha() == 1 ? "" : Python.real(layer.alpha()))),
            row(
                    Softplus.class,
                    (layer, in) -> call(
                            "nn.Softplus",
                            layer.beta() == 1 ? "" : "beta=" + Python.real(layer.beta()),
                            layer.threshold() == 20 ? "" : "threshold=" + Python.real(layer.threshold()))),
            row(
                    Softmax.class,
                    (layer, in) -> call(layer.log() ? "nn.LogSoftmax" : "nn.Softmax", "dim=" + layer.axis())),
            row(
                    Prelu.class,
                    (layer, in) ->
                            call("nn.PReLU", layer.perChannel() ? in.shape().size(0) : "")),
            row(Flatten.class, (layer, in) -> in.shape().rank() == 0 ? "nn.Identity()" : "nn.Flatten()"),
            row(Reshape.class, (layer, in) -> call("Reshape", layer.sizes().toArray())),
            row(Upsample.class, PythonModules::upsample),
            row(Embedding.class, (layer, in) -> call("nn.Embedding", layer.count(), layer.units())),
            row(
                    PositionalEmbedding.class,
                    (layer, in) -> call(
                            "PositionalEmbedding", layer.length(), in.shape().size(-1))),
            row(
                    Recurrent.class,
                    (layer, in) -> call(
                            layer.cell() == Recurrent.Cell.LSTM ? "LSTM" : "GRU",
                            in.shape().size(-1),
                            layer.units(),
                            layer.layers() == 1 ? "" : "num_layers=" + layer.layers(),
                            layer.bidirectional() ? "bidirectional=True" : "",
                            layer.lastState() ? "last=True" : "",
                            layer.dropout() == 0 ? "" : "dropout=" + Python.real(layer.dropout()))),
            row(
                    SelfAttention.class,
                    (layer, in) -> call(
                            "SelfAttention",
                            in.shape().size(-1),
                            layer.heads(),
                            layer.causal() ? "causal=True" : "",
                            layer.dropout() == 0 ? "" : "dropout=" + Python.real(layer.dropout()),
                            layer.bias() ? "" : "bias=False")),
            row(Transformer.class, PythonModules::transformer));

    private PythonModules() {}

    @SuppressWarnings("unchecked") // the key is the class of what the function takes
    private static <T extends Layer> Map.Entry<Class<?>, BiFunction<Layer, TensorType, String>> row(
            Class<T> layer, BiFunction<T, TensorType, String> print) {
        return entry(layer, (BiFunction<Layer, TensorType, String>) print);
    }

    /**
     * The call that makes a module, where there is one that does the same.
     *
     * @param input the type of one example's input, without the batch
     */
    static Optional<String> of(Layer layer, TensorType input) {
        return Optional.ofNullable(ROWS.get(layer.getClass())).map(print -> print.apply(layer, input));
    }

    /** A call with the arguments that say something. */
    private static String call(String name, Object... arguments) {
        List<String> said = new ArrayList<>();
        for (Object argument : arguments) {
            if (!argument.equals("")) {
                said.add(argument.toString());
            }
        }
        return Python.call(name, said);
    }

    static String activation(Activation.Function function) {
        return switch (function) {
            case RELU -> "nn.ReLU()";
            case SELU -> "nn.SELU()";
            case GELU -> "nn.GELU()";
            case GELU_TANH -> "nn.GELU(approximate=\"tanh\")";
            case SILU -> "nn.SiLU()";
            case SIGMOID -> "nn.Sigmoid()";
            case LOG_SIGMOID -> "nn.LogSigmoid()";
            case TANH -> "nn.Tanh()";
            case SOFTSIGN -> "nn.Softsign()";
            case MISH -> "nn.Mish()";
            case HARDSWISH -> "nn.Hardswish()";
            case HARDSIGMOID -> "nn.Hardsigmoid()";
            case HARDTANH -> "nn.Hardtanh()";
            case RELU6 -> "nn.ReLU6()";
            case IDENTITY -> "nn.Identity()";
        };
    }

    private static List<Long> last(TensorType in, int axes) {
        List<Long> out = new ArrayList<>();
        for (int i = axes; i > 0; i--) {
            out.add(in.shape().size(-i));
        }
        return out;
    }

    private static Graph lowered(Layer layer, TensorType in) {
        return Architecture.of(layer, List.of(in)).graph();
    }

    private static Optional<Node> find(Graph graph, Op op) {
        return graph.nodes().stream().filter(node -> node.op() == op).findFirst();
    }

    /** What a window comes to stands in the op, whatever options it was described with. */
    private static String convolution(Layer layer, TensorType in) {
        Graph graph = lowered(layer, in);
        Node op = find(graph, ConvolutionOps.CONVOLUTION).orElseThrow();
        List<Long> stride = op.attributes().integers("stride");
        List<Long> dilation = op.attributes().integers("dilation");
        int axes = stride.size();
        boolean isTransposed = op.attributes().flag("transposed");
        List<Long> kernel = last(graph.parameters().get(0).type(), axes);
        Optional<List<Long>> pad =
                find(graph, ShapingOps.PAD).map(node -> node.attributes().integers("amounts"));
        boolean isSame = pad.isPresent() && stride.equals(Collections.nCopies(axes, 1L));
        List<Long> trim = trimmed(graph, axes);
        boolean isTrimmed = trim.stream().anyMatch(value -> value != 0);
        String kind = isTransposed ? "ConvTranspose" : "Conv";
        String prefix = pad.isPresent() && !isSame ? "Padded" : isTrimmed ? "Trimmed" : "nn.";
        long groups = op.attributes().integer("groups");
        return call(
                prefix + kind + axes + "d",
                in.shape().size(0),
                op.types().get(0).shape().size(1),
                "kernel_size=" + Python.numbers(kernel),
                unless(stride, 1, "stride"),
                isSame ? "padding=\"same\"" : unless(op.attributes().integers("padding"), 0, "padding"),
                pad.isPresent() && !isSame ? "pad=" + Python.tuple(pad.get()) : "",
                unless(op.attributes().integers("output_padding"), 0, "output_padding"),
                unless(dilation, 1, "dilation"),
                groups == 1 ? "" : "groups=" + groups,
                op.inputs().size() > 2 ? "" : "bias=False",
                isTrimmed ? "trim=" + Python.tuple(trim) : "");
    }

    private static List<Long> trimmed(Graph graph, int axes) {
        List<Long> out = new ArrayList<>(Collections.nCopies(axes, 0L));
        graph.nodes().stream()
                .filter(node -> node.op() == ShapingOps.SLICE)
                .forEach(node -> out.set(
                        Math.toIntExact(node.attributes().integer("axis")) - 2,
                        node.attributes().integer("from")));
        return out;
    }

    private static String unless(List<Long> values, long usual, String name) {
        return values.stream().allMatch(value -> value == usual) ? "" : name + "=" + Python.numbers(values);
    }

    private static String pool(Pool layer, TensorType in) {
        Graph graph = lowered(layer, in);
        boolean isMax = layer.kind() == Pool.Kind.MAX;
        Node op = find(graph, isMax ? PoolingOps.MAX_POOL : PoolingOps.AVERAGE_POOL)
                .orElseThrow();
        int axes = layer.window().kernel().size();
        List<Long> kernel = own(op, "kernel", axes);
        List<Long> stride = own(op, "stride", axes);
        String pool = call(
                "nn." + (isMax ? "Max" : "Avg") + "Pool" + axes + "d",
                Python.numbers(kernel),
                stride.equals(kernel) ? "" : "stride=" + Python.numbers(stride),
                unless(own(op, "padding", axes), 0, "padding"),
                layer.ceil() ? "ceil_mode=True" : "");
        return find(graph, ShapingOps.PAD)
                .map(node -> call(
                        "nn.Sequential",
                        "nn.ConstantPad" + axes + "d("
                                + Python.tuple(node.attributes().integers("amounts")) + ", "
                                + (isMax ? "float(\"-inf\")" : "0.0") + ")",
                        pool))
                .orElse(pool);
    }

    /** Sequences are pooled as images of one row. */
    private static List<Long> own(Node op, String name, int axes) {
        List<Long> two = Objects.requireNonNull(op.attributes().integers(name));
        return axes == 2 ? two : two.subList(1, 2);
    }

    private static String upsample(Upsample layer, TensorType in) {
        boolean isFlat = in.shape().rank() == 2;
        return call(
                "nn.Upsample",
                "scale_factor=" + Python.numbers(layer.scale()),
                layer.bilinear() ? "mode=" + (isFlat ? "\"linear\"" : "\"bilinear\"") : "");
    }

    private static String transformer(Transformer layer, TensorType in) {
        long units = in.shape().size(-1);
        long hidden = layer.hidden() == 0 ? 4 * units : layer.hidden();
        Activation.Function between = layer.activation().function();
        return call(
                layer.kind() == Transformer.Kind.ENCODER ? "nn.TransformerEncoderLayer" : "TransformerDecoder",
                units,
                layer.heads(),
                hidden == 2048 ? "" : "dim_feedforward=" + hidden,
                layer.dropout() == 0.1 ? "" : "dropout=" + Python.real(layer.dropout()),
                between == Activation.Function.RELU
                        ? ""
                        : "activation=" + (between == Activation.Function.GELU ? "\"gelu\"" : activation(between)),
                layer.kind() == Transformer.Kind.ENCODER ? "batch_first=True" : "",
                layer.preNorm() ? "norm_first=True" : "");
    }
}
