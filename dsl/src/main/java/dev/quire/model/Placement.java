package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;
import java.util.List;

/** Puts a layer into a scope of its own, so that its parameters and its errors carry its name. */
final class Placement {
    private Placement() {}

    /** A block has its own name, any other layer its position. */
    static String name(Layer layer, int position) {
        return layer instanceof Block block ? block.name() : Integer.toString(position);
    }

    static List<Tensor> apply(Scope scope, String name, Layer layer, List<Tensor> inputs) {
        return scope.within(name, layer::toString, child -> layer.apply(child, inputs));
    }

    static Tensor apply(Scope scope, String name, Layer layer, Tensor input) {
        return apply(scope, name, layer, List.of(input)).get(0);
    }
}
