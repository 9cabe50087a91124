package dev.quire.model;

import dev.quire.graph.Attributes;
import dev.quire.graph.Init;
import dev.quire.graph.NormalizationOps;
import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;

/**
 * Normalisation of each example over groups of its channels (axis 1) and all places, Wu and He 2018. Output is shaped
 * as the input, {@code [N, channels, ...]}.
 *
 * @param groups must divide the channels
 * @param eps added to the variance, usually 1e-5
 */
public record GroupNorm(int groups, double eps) implements Unary {
    public GroupNorm {
        Check.positive("groupNorm", "groups", groups);
        Check.positive("groupNorm", "eps", eps);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        if (input.shape().rank() < 2 || input.size(1) % groups != 0) {
            throw new ShapeException("its " + groups + " groups must divide the channels (the first size), got "
                    + input.shape().unbatched());
        }
        long channels = input.size(1);
        Tensor weight = scope.parameter("weight", Init.ones(), channels);
        Tensor bias = scope.parameter("bias", Init.zeros(), channels);
        return input.with(
                NormalizationOps.GROUP_NORM,
                Attributes.of("groups", groups)
                        .with("eps", eps)
                        .with("channels", channels)
                        .with("places", Math.abs(input.shape().unbatched().count()) / channels),
                weight,
                bias);
    }

    @Override
    public String toString() {
        return eps == 1e-5 ? "groupNorm(" + groups + ")" : "groupNorm(" + groups + ", " + eps + ")";
    }
}
