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

    /**
     * Adds this layer as a part of another that is being added.
     *
     * @param scope the other layer's place
     * @param name what this one's parameters carry in front: {@code name.weight}
     */
    default Tensor within(Scope scope, String name, Tensor input) {
        return Placement.apply(scope, name, this, input);
    }

    /** This layer on values of the functional form: {@code dense(10).on(flatten().on(input(3, 64, 64)))}. */
    default Wire on(Wire... inputs) {
        return Wire.of(this, List.of(inputs));
    }
}
