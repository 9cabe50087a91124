package dev.quire.model;

import dev.quire.QuireException;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;

/**
 * A user's own layer, written from ops.
 *
 * @param name what summaries, errors and files call it
 * @param body adds its ops, and its parameters through the scope
 */
public record Custom(String name, Unary body) implements Unary {
    public Custom {
        if (name.isBlank()) {
            throw new QuireException("layer: the name is empty, expected a word such as \"swish\"");
        }
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        return body.forward(scope, input);
    }

    @Override
    public String toString() {
        return "layer(\"" + name + "\")";
    }
}
