package dev.quire.model;

import dev.quire.graph.ActivationOps;
import dev.quire.graph.Attributes;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;

/**
 * {@code x} where it is positive; elsewhere {@code alpha * (exp(x) - 1)}, or smoothly {@code alpha * (exp(x / alpha) -
 * 1)}.
 *
 * @param alpha usually 1
 * @param smooth whether the slope at 0 is 1 for every alpha: Barron 2017, PyTorch's {@code CELU}
 */
public record Elu(double alpha, boolean smooth) implements Unary {
    public Elu {
        Check.positive(smooth ? "celu" : "elu", "alpha", alpha);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        return input.with(smooth ? ActivationOps.CELU : ActivationOps.ELU, Attributes.of("alpha", alpha));
    }

    @Override
    public String toString() {
        return (smooth ? "celu(" : "elu(") + (alpha == 1 ? "" : alpha) + ")";
    }
}
