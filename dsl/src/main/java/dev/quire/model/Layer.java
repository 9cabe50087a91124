package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;
import java.util.List;

/**
 * A layer, or a network of layers: an immutable description, written once as a function that adds ops to a graph. Its
 * {@code toString} is the call that makes it.
 */
public interface Layer {
    /**
     * Adds this layer to a graph.
     *
     * @param scope its place, where it declares parameters
     * @param inputs with the batch as axis 0
     * @return one tensor for each output
     */
    List<Tensor> apply(Scope scope, List<Tensor> inputs);
}
