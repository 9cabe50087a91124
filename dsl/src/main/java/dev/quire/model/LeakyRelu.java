package dev.quire.model;

import dev.quire.graph.ActivationOps;
import dev.quire.graph.Attributes;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;

/**
 * {@code x} where it is positive, {@code slope * x} elsewhere.
 *
 * @param slope usually 0.01
 */
public record LeakyRelu(double slope) implements Unary {
    public LeakyRelu {
        Check.finite("leakyRelu", "slope", slope);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        return input.with(ActivationOps.LEAKY_RELU, Attributes.of("slope", slope));
    }

    @Override
    public String toString() {
        return "leakyRelu(" + (slope == 0.01 ? "" : slope) + ")";
    }
}
