package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;
import java.util.List;

/** A group of layers with a name, which its parameters carry instead of a position. */
public record Block(String name, Layer body) implements Wrapping {
    public Block {
        Check.name("block", name);
    }

    @Override
    public List<Tensor> apply(Scope scope, List<Tensor> inputs) {
        return body.apply(scope, inputs);
    }

    @Override
    public String toString() {
        return "block(\"" + name + "\", " + body + ")";
    }
}
