package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;

/** Each example as one row of values: {@code [N, ...]} to {@code [N, values]}. */
public record Flatten() implements Unary {
    @Override
    public Tensor forward(Scope scope, Tensor input) {
        return input.shape().rank() < 2 ? input : input.flatten(1);
    }

    @Override
    public String toString() {
        return "flatten()";
    }
}
