package dev.quire.train;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Field;
import dev.quire.data.transform.Transform;
import dev.quire.graph.ConvolutionOps;
import dev.quire.graph.DType;
import dev.quire.graph.Gradients;
import dev.quire.graph.Graph;
import dev.quire.graph.GraphBuilder;
import dev.quire.graph.LinearOps;
import dev.quire.graph.Node;
import dev.quire.graph.Op;
import dev.quire.graph.Parameter;
import dev.quire.graph.Rewrite;
import dev.quire.graph.Rewrites;
import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import dev.quire.metric.Metric;
import dev.quire.model.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the graphs of a run: what is trained, what is evaluated, what predicts. */
final class Lowering {
    private final Layer model;
    private final Dataset data;
    private final TrainingSpec spec;
    private final Loss loss;
    private final List<Metric> metrics;
    private final boolean gpu;

    Lowering(Layer model, Dataset data, TrainingSpec spec, Loss loss, List<Metric> metrics, boolean gpu) {
        this.model = model;
        this.data = data;
        this.spec = spec;
        this.loss = loss;
        this.metrics = metrics;
        this.gpu = gpu;
    }

    /** From inputs to outputs. */
    Graph prediction() {
        GraphBuilder builder = new GraphBuilder(false);
        Scope scope = Scope.root(builder);
        return rewritten(builder.build(List.of(output(scope, inputs(scope, builder)))), false);
    }

    /** As {@link #prediction}, for other programs than libtorch's here: in 32 bits and without rewrites. */
    Graph described() {
        GraphBuilder builder = new GraphBuilder(false);
        return builder.build(List.of(output(Scope.root(builder), inputs(Scope.root(builder), builder))));
    }

    /**
     * From inputs and target to the loss and the sums of the metrics.
     *
     * @param kept whether output and target come after them
     */
    Graph evaluation(boolean kept) {
        GraphBuilder builder = new GraphBuilder(false);
        return rewritten(builder.build(measured(builder, kept)), false);
    }

    /** As {@link #evaluation}, in training, and the gradients of all parameters that are not frozen. */
    Graph training() {
        GraphBuilder draft = new GraphBuilder(true, spec.parameters()::isFrozen);
        Rewrites.Rewritten forward = Rewrites.apply(draft.build(measured(draft, false)), true, rewrites());
        GraphBuilder builder = forward.builder();
        List<Tensor> outputs = new ArrayList<>(forward.outputs());
        List<Tensor> parameters = builder.build(outputs).parameters().stream()
                .filter(parameter -> !spec.parameters().isFrozen(parameter))
                .map(Parameter::tensor)
                .toList();
        outputs.addAll(Gradients.of(outputs.get(0), parameters));
        return builder.build(outputs);
    }

    /**
     * From inputs, and how much each output counts, to the outputs and a map of where in its input the last convolution
     * found what counts (Selvaraju et al. 2017): its channels, each weighted by the mean of its gradient, summed, and what
     * speaks against left out. Without rewrites and in 32 bits, so that the convolution is there as it was described.
     */
    Graph gradCam() {
        GraphBuilder builder = new GraphBuilder(false);
        Tensor output = output(Scope.root(builder), inputs(Scope.root(builder), builder));
        Tensor found = last(builder.build(List.of(output)), ConvolutionOps.CONVOLUTION)
                .map(node -> node.output(0))
                .filter(tensor -> tensor.shape().rank() == 4)
                .orElseThrow(() -> new QuireException(
                        "gradCam needs a network with a convolution, this one has none: use conv(32, 3)"));
        if (output.shape().rank() != 2) {
            throw new QuireException("gradCam needs one row of outputs an example, this network gives "
                    + output.shape().unbatched() + " each");
        }
        Tensor chosen = builder.input("chosen", new TensorType(DType.FLOAT32, output.shape()));
        Tensor gradient = Gradients.of(output, chosen, List.of(found)).get(0);
        Tensor map = found.mul(gradient.mean(true, 2, 3)).sum(false, 1).relu();
        return builder.build(List.of(output, map));
    }

    /** From inputs to what the last dense layer is given, a row an example; to the outputs where there is none. */
    Graph hidden() {
        GraphBuilder builder = new GraphBuilder(false);
        Tensor output = output(Scope.root(builder), inputs(Scope.root(builder), builder));
        Tensor hidden = last(builder.build(List.of(output)), LinearOps.LINEAR)
                .map(node -> node.inputs().get(0))
                .orElse(output);
        return builder.build(List.of(hidden.flatten(1).cast(DType.FLOAT32)));
    }

    private static Optional<Node> last(Graph graph, Op op) {
        return graph.nodes().stream().filter(node -> node.op() == op).reduce((a, b) -> b);
    }

    private Graph rewritten(Graph graph, boolean training) {
        Rewrites.Rewritten result = Rewrites.apply(graph, training, rewrites());
        return result.builder().build(result.outputs());
    }

    private List<Rewrite> rewrites() {
        return Rewrites.enabled(gpu, spec.precision() == TrainingSpec.Precision.BFLOAT16);
    }

    private List<Tensor> measured(GraphBuilder builder, boolean kept) {
        Scope scope = Scope.root(builder);
        List<Tensor> inputs = inputs(scope, builder);
        Optional<Mix> mix =
                spec.sampling().mixing().filter(rule -> builder.training()).map(rule -> mixed(scope, rule, inputs));
        Tensor output = output(scope, inputs);
        Field field = data.target();
        Tensor target = builder.input(
                field.name(), new TensorType(field.type(), field.shape().batched()));
        List<Tensor> out = new ArrayList<>();
        out.add(mix.map(both -> both.loss(loss, scope, output, target))
                .orElseGet(() -> loss.apply(scope, output, target)));
        metrics.forEach(metric -> out.add(metric.sum().apply(output, target)));
        if (kept) {
            out.add(output.cast(DType.FLOAT32));
            out.add(target.cast(DType.FLOAT32));
        }
        return out;
    }

    private static Mix mixed(Scope scope, SamplingRule.Mixing rule, List<Tensor> inputs) {
        if (inputs.get(0).dtype() == DType.INT64) {
            throw new ShapeException(
                    "mixing needs pictures or numbers, " + inputs.get(0).type() + " has none to weigh: leave it out");
        }
        Mix mix = Mix.of(scope, rule, inputs.get(0));
        inputs.set(0, mix.input());
        return mix;
    }

    /** The fields of the data, the first of them transformed. */
    private List<Tensor> inputs(Scope scope, GraphBuilder builder) {
        List<Tensor> inputs = new ArrayList<>();
        for (Field field : data.inputs()) {
            inputs.add(builder.input(
                    field.name(), new TensorType(field.type(), field.shape().batched())));
        }
        Tensor first = inputs.get(0);
        for (Transform transform : data.pipeline(builder.training())) {
            first = transform.apply(scope, first);
        }
        // Pictures come as bytes; text comes as the 64-bit numbers that an embedding wants.
        inputs.set(0, first.dtype() == DType.UINT8 ? first.cast(DType.FLOAT32) : first);
        return inputs;
    }

    private Tensor output(Scope scope, List<Tensor> inputs) {
        List<Tensor> outputs = model.apply(scope, inputs);
        if (outputs.size() != 1) {
            throw new ShapeException("a network that is trained must have one output, got " + outputs.size()
                    + ": join them with concat");
        }
        return outputs.get(0);
    }
}
