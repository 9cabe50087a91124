package dev.quire.model;

import dev.quire.graph.Init;
import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;

/**
 * Adds a learned row to each place of a sequence {@code [N, length, units]}. The rows start standard normal, as those
 * of an {@link Embedding} of places.
 *
 * @param length the longest sequence; shorter ones use the first rows
 */
public record PositionalEmbedding(int length) implements Unary {
    public PositionalEmbedding {
        Check.positive("positionalEmbedding", "length", length);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        Sequences.expect(input);
        long given = input.size(1);
        if (given > length) {
            throw new ShapeException("has rows for " + length + " places, got a sequence of " + given
                    + ": use positionalEmbedding(" + given + ")");
        }
        Tensor weight = scope.parameter("weight", new Init.Normal(1), length, input.size(2));
        return input.add(given == length ? weight : weight.slice(0, 0, given));
    }

    @Override
    public String toString() {
        return "positionalEmbedding(" + length + ")";
    }
}
