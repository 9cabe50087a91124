package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;
import java.util.List;

/**
 * A layer with one set of parameters, wherever it is put and however often. The parameters carry its name alone. Any
 * other layer that is put in two places has parameters of its own in each.
 *
 * @param name letters, digits and _
 * @param body the layer
 */
public record Shared(String name, Layer body) implements Wrapping {
    public Shared {
        Check.name("shared", name);
    }

    @Override
    public List<Tensor> apply(Scope scope, List<Tensor> inputs) {
        return scope.shared(name, this, inner -> body.apply(inner, inputs));
    }

    @Override
    public String toString() {
        return "shared(\"" + name + "\", " + body + ")";
    }
}
