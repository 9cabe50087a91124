package dev.quire.data.transform;

import dev.quire.graph.DType;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;

/**
 * Multiplies every element, which becomes FLOAT32: {@code 1/255} brings bytes to 0..1.
 *
 * @param factor what to multiply by
 */
public record Rescale(double factor) implements Transform {
    @Override
    public Tensor apply(Scope scope, Tensor input) {
        return input.cast(DType.FLOAT32).mul(factor);
    }
}
