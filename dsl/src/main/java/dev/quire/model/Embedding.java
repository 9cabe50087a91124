package dev.quire.model;

import dev.quire.graph.Attributes;
import dev.quire.graph.DType;
import dev.quire.graph.Init;
import dev.quire.graph.Scope;
import dev.quire.graph.SequenceOps;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;

/**
 * A learned row for each number: {@code [N, ...]} of whole numbers to {@code [N, ..., units]}. Starts as PyTorch's
 * {@code Embedding}, standard normal.
 *
 * @param count how many numbers there are, which are 0 to {@code count - 1}
 * @param units the length of a row
 */
public record Embedding(int count, int units) implements Unary {
    public Embedding {
        Check.positive("embedding", "count", count);
        Check.positive("embedding", "units", units);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        if (input.dtype().isFloating() || input.dtype() == DType.BOOL) {
            throw new ShapeException("expects whole numbers such as tokens, got "
                    + input.type().with(input.shape().unbatched()) + ": use dense(" + units + ") for measured values");
        }
        Tensor weight = scope.parameter("weight", new Init.Normal(1), count, units);
        return weight.with(SequenceOps.EMBEDDING, Attributes.NONE, input.cast(DType.INT64));
    }

    @Override
    public String toString() {
        return "embedding(" + count + ", " + units + ")";
    }
}
