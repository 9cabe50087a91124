package dev.quire.model;

import dev.quire.QuireException;
import dev.quire.graph.Graph;
import dev.quire.graph.GraphBuilder;
import dev.quire.graph.Part;
import dev.quire.graph.Scope;
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
 * @param graph the network from inputs named {@code input0}, {@code input1}, ...
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

    /**
     * Refuses an output that does not match classes.
     *
     * @param output the shape of one example's output, whose last size counts classes
     * @param classes as the dataset or the user says
     * @param dataset its name
     */
    public static void matchesClasses(Shape output, long classes, String dataset) {
        String remedy = "use dense(" + classes + ")";
        if (output.rank() == 0 || output.rank() > 2) {
            throw new ShapeException("the last layer gives " + output + ", " + dataset + " has " + classes
                    + " classes: end with flatten(), dense(" + classes + ")");
        }
        long given = output.size(-1);
        if (given != classes) {
            throw new ShapeException("the last layer gives " + given + (given == 1 ? " value, " : " values, ") + dataset
                    + " has " + classes + " classes: " + remedy + ", or dense(" + given + ") with classes(" + given
                    + ")");
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
