package dev.quire.model;

import dev.quire.graph.ActivationOps;
import dev.quire.graph.Attributes;
import dev.quire.graph.Init;
import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;

/**
 * {@code x} where it is positive, a learned multiple of it elsewhere, He et al. 2015. The slope starts at 0.25.
 *
 * @param perChannel whether each channel (axis 1) has a slope of its own
 */
public record Prelu(boolean perChannel) implements Unary {
    @Override
    public Tensor forward(Scope scope, Tensor input) {
        if (perChannel && input.shape().rank() < 2) {
            throw new ShapeException("expects channels, got " + input.shape().unbatched() + ": use prelu()");
        }
        Tensor slope = scope.parameter("weight", new Init.Constant(0.25), perChannel ? input.size(1) : 1);
        return input.with(ActivationOps.PRELU, Attributes.NONE, slope);
    }

    @Override
    public String toString() {
        return perChannel ? "prelu(perChannel())" : "prelu()";
    }
}
