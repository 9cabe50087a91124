package dev.quire.model;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Field;
import dev.quire.data.TextReader;
import dev.quire.data.transform.Transform;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.GraphBuilder;
import dev.quire.graph.Node;
import dev.quire.graph.Ops;
import dev.quire.graph.Part;
import dev.quire.graph.Scope;
import dev.quire.graph.SequenceOps;
import dev.quire.graph.Shape;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * A network put to inputs of known types: its graph outside training, every shape checked. No native library is loaded.
 *
 * @param inputs types of one example, without the batch
 * @param outputs likewise
 * @param graph the network, from inputs that are numbered: {@code "input" + i}
 * @param parts its layers, each before those inside it
 */
public record Architecture(List<TensorType> inputs, List<TensorType> outputs, Graph graph, List<Part> parts) {
    public Architecture {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        parts = List.copyOf(parts);
    }

    /**
     * Puts a network to inputs.
     *
     * @param inputs types of one example, without the batch
     * @throws ShapeException where something does not fit; the message names the layer and its place
     */
    public static Architecture of(Layer network, List<TensorType> inputs) {
        GraphBuilder builder = new GraphBuilder(false);
        List<Tensor> given = new ArrayList<>();
        for (TensorType input : inputs) {
            given.add(builder.input(
                    "input" + given.size(), input.with(input.shape().batched())));
        }
        List<Tensor> results = network.apply(Scope.root(builder), given);
        List<TensorType> outputs = new ArrayList<>();
        for (Tensor result : results) {
            if (result.shape().rank() == 0 || result.size(0) != -1) {
                throw new ShapeException("the network gives shape " + result.shape() + ", expected the batch N as its"
                        + " first size: do not reduce or reshape axis 0");
            }
            outputs.add(result.type().with(result.shape().unbatched()));
        }
        return new Architecture(inputs, outputs, builder.build(results), builder.parts());
    }

    /** What a network is given of a dataset: types of one example after its transforms, bytes as floats. */
    public static List<TensorType> inputs(Dataset data) {
        GraphBuilder builder = new GraphBuilder(false);
        List<TensorType> types = new ArrayList<>();
        for (Field field : data.inputs()) {
            Tensor value = builder.input(
                    field.name(), new TensorType(field.type(), field.shape().batched()));
            if (types.isEmpty()) {
                for (Transform transform : data.transforms()) {
                    value = transform.apply(Scope.root(builder), value);
                }
                value = value.dtype() == DType.UINT8 ? value.cast(DType.FLOAT32) : value;
            }
            types.add(value.type().with(value.shape().unbatched()));
        }
        return types;
    }

    /**
     * Refuses an output that does not match the classes of a dataset, where it has any.
     *
     * @param output the shape of one example's output: a value for each class, or that for each token
     */
    public static void matchClasses(Shape output, Dataset data) {
        int classes = data.classes().size();
        if (classes == 0 || data.target().type().isFloating()) {
            return;
        }
        int targets = data.target().shape().rank();
        String gives = "the last layer gives ";
        String has = ", " + data.name() + " has " + classes + " classes: ";
        if (targets == 0 && output.rank() != 1) {
            throw new ShapeException(gives + output + has + "end with flatten(), dense(" + classes + ")");
        }
        if (output.rank() != targets + 1) {
            return;
        }
        long given = output.size(-1);
        if (given != classes && (targets == 0 || output.size(0) != classes)) {
            throw new ShapeException(gives + given + (given == 1 ? " value" : " values") + has + "use dense(" + classes
                    + ")" + (given > classes ? ", or data.classes(" + given + ")" : ""));
        }
    }

    /**
     * Refuses an embedding that has fewer rows than a dataset of text has tokens.
     *
     * @param network from the inputs of the dataset on
     */
    public static void matchTokens(Graph network, Dataset data) {
        int tokens = data.reader().map(TextReader::vocabulary).orElse(0);
        for (Node node : network.nodes()) {
            if (node.op() == SequenceOps.EMBEDDING
                    && node.inputs().get(1).node().op() == Ops.INPUT
                    && node.inputs().get(0).size(0) < tokens) {
                long rows = node.inputs().get(0).size(0);
                throw new ShapeException(
                        "layer " + node.layer() + ", an embedding, has rows for " + rows + " tokens, the tokenizer of "
                                + data.name() + " makes " + tokens + ": use embedding(" + tokens
                                + ", …), or the tokenizer that belongs to the network");
            }
        }
    }

    /** The only output's shape of one example. */
    public Shape outputShape() {
        if (outputs.size() != 1) {
            throw new QuireException("the network has " + outputs.size() + " outputs, expected one");
        }
        return outputs.get(0).shape();
    }
}
