package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.stream.IntStream;

/**
 * One place along an axis, which is gone then: {@code [N, length, units]} to {@code [N, units]} for axis 1.
 *
 * @param axis 1 or more, with the batch as 0
 * @param index the place, the first at 0
 */
public record Select(int axis, int index) implements Unary {
    public Select {
        Check.atLeast("select", "the axis", axis, 1);
        Check.atLeast("select", "the index", index, 0);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        int rank = input.shape().rank();
        if (rank < 3) {
            throw new ShapeException("takes one of several places, got "
                    + input.shape().unbatched() + ", of which nothing would be left: put reshape(…) before it");
        }
        if (axis >= rank) {
            throw new ShapeException("takes a place of axis " + axis + ", got "
                    + input.shape().unbatched() + " with axes 1 to " + (rank - 1));
        }
        if (index >= input.size(axis)) {
            throw new ShapeException("takes place " + index + " of axis " + axis + ", got "
                    + input.shape().unbatched() + " with places 0 to " + (input.size(axis) - 1));
        }
        long[] left = IntStream.range(0, rank)
                .filter(i -> i != axis)
                .mapToLong(input::size)
                .toArray();
        return input.slice(axis, index, index + 1).reshape(Shape.of(left));
    }

    @Override
    public String toString() {
        return "select(" + axis + ", " + index + ")";
    }
}
