package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.List;

/** Puts a layer into a scope of its own, so that its parameters and its errors carry its name. */
public final class Placement {
    private Placement() {}

    /** A block has its own name, as has a backbone; any other layer its position. */
    public static String name(Layer layer, int position) {
        if (layer instanceof Pretrained pretrained && pretrained.use() == Pretrained.Use.BACKBONE) {
            return Pretrained.BACKBONE;
        }
        return layer instanceof Block block ? block.name() : Integer.toString(position);
    }

    static List<Tensor> apply(Scope scope, String name, Layer layer, List<Tensor> inputs) {
        return scope.place(name, layer, child -> layer.apply(child, inputs));
    }

    static Tensor apply(Scope scope, String name, Layer layer, Tensor input) {
        return one(apply(scope, name, layer, List.of(input)));
    }

    /** The only one of a layer's outputs. */
    static Tensor one(List<Tensor> outputs) {
        if (outputs.size() != 1) {
            throw new ShapeException("has " + outputs.size() + " outputs where one is expected");
        }
        return outputs.get(0);
    }
}
