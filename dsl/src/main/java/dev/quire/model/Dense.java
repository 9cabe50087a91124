package dev.quire.model;

import dev.quire.graph.Init;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;

/**
 * A fully connected layer over the last axis: {@code x W^T + b}. Input {@code [N, ..., in]}, output
 * {@code [N, ..., units]}. Starts as PyTorch's {@code Linear}.
 *
 * @param units outputs, at least 1
 * @param bias whether to add a bias
 */
public record Dense(int units, boolean bias) implements Unary {
    public Dense {
        Check.positive("dense", "units", units);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        long in = input.size(-1);
        Tensor weight = scope.parameter("weight", Init.fanIn(in), units, in);
        return bias ? input.linear(weight, scope.parameter("bias", Init.fanIn(in), units)) : input.linear(weight);
    }

    @Override
    public String toString() {
        return bias ? "dense(" + units + ")" : "dense(" + units + ", noBias())";
    }
}
