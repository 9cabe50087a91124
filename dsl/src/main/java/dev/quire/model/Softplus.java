package dev.quire.model;

import dev.quire.graph.ActivationOps;
import dev.quire.graph.Attributes;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;

/**
 * {@code log(1 + exp(beta * x)) / beta}, and {@code x} itself where {@code beta * x} is above a threshold.
 *
 * @param beta usually 1
 * @param threshold usually 20
 */
public record Softplus(double beta, double threshold) implements Unary {
    public Softplus {
        Check.positive("softplus", "beta", beta);
        Check.finite("softplus", "threshold", threshold);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        return input.with(ActivationOps.SOFTPLUS, Attributes.of("beta", beta).with("threshold", threshold));
    }

    @Override
    public String toString() {
        return beta == 1 && threshold == 20 ? "softplus()" : "softplus(" + beta + ", " + threshold + ")";
    }
}
