package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;

/**
 * The largest or the mean of each channel over all places: {@code [N, channels, ...]} to {@code [N, channels]}.
 *
 * @param kind the largest or the mean
 */
public record GlobalPool(Pool.Kind kind) implements Unary {
    /** The word that makes it. */
    static String word(Pool.Kind kind) {
        return kind == Pool.Kind.MAX ? "globalMaxPool" : "globalAveragePool";
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        if (input.shape().rank() < 3) {
            throw new ShapeException(
                    "expects channels and places, got " + input.shape().unbatched() + ": put it before flatten()");
        }
        Tensor places = input.flatten(2);
        return kind == Pool.Kind.MAX ? places.max(2) : places.mean(false, 2);
    }

    @Override
    public String toString() {
        return word(kind) + "()";
    }
}
