package dev.quire.model;

import dev.quire.graph.Init;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;

/**
 * Multiplies each unit of the last axis by a learned factor, Touvron et al. 2021: at the end of a residual body, small
 * factors let it begin as next to nothing. Output is shaped as the input.
 *
 * @param start every factor at the start, usually 1e-6
 */
public record LayerScale(double start) implements Unary {
    public LayerScale {
        Check.finite("layerScale", "the start", start);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        return input.mul(scope.parameter("weight", new Init.Constant(start), input.size(-1)));
    }

    @Override
    public String toString() {
        return "layerScale(" + start + ")";
    }
}
