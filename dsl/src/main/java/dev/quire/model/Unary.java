package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.List;

/** A layer of one input and one output. */
@FunctionalInterface
public interface Unary extends Layer {
    /** Adds this layer to a graph; the batch is axis 0. */
    Tensor forward(Scope scope, Tensor input);

    @Override
    default List<Tensor> apply(Scope scope, List<Tensor> inputs) {
        if (inputs.size() != 1) {
            throw new ShapeException("takes one input, got " + inputs.size() + ": join them first, with concat or add");
        }
        return List.of(forward(scope, inputs.get(0)));
    }
}
