package dev.quire.graph;

import java.util.List;

/**
 * A program without its weights: nodes in an order in which every one comes after its inputs.
 *
 * @param nodes all of them, leaves included
 * @param inputs what is passed in, in order
 * @param parameters in the order the layers declare them
 * @param buffers likewise
 * @param outputs what comes out, in order
 */
public record Graph(
        List<Node> nodes,
        List<Tensor> inputs,
        List<Parameter> parameters,
        List<Parameter> buffers,
        List<Tensor> outputs) {
    /** The number of trainable values. */
    public long parameterCount() {
        return parameters.stream()
                .mapToLong(parameter -> parameter.type().shape().count())
                .sum();
    }
}
