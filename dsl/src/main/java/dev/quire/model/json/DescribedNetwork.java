package dev.quire.model.json;

import dev.quire.graph.TensorType;
import dev.quire.model.Layer;
import java.util.List;

/**
 * A network that was read.
 *
 * @param name what its author calls it; may be empty
 * @param layer the network
 * @param inputs types of one example's inputs, without the batch; empty where neither the text nor a dataset says them
 * @param outputs likewise
 * @param remarks what was read otherwise than it was written, and why
 */
public record DescribedNetwork(
        String name, Layer layer, List<TensorType> inputs, List<TensorType> outputs, List<String> remarks) {
    public DescribedNetwork {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        remarks = List.copyOf(remarks);
    }
}
