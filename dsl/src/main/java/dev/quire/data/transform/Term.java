package dev.quire.data.transform;

import dev.quire.graph.Attributes;
import dev.quire.graph.RandomOps;
import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number for each example, or one that is known now: sums and products of known numbers cost nothing on the device.
 *
 * @param tensor {@code [N, 1]}, or null for a known number
 * @param value the known number
 */
record Term(@Nullable Tensor tensor, double value) {
    static final Term ZERO = known(0);
    static final Term ONE = known(1);

    static Term known(double value) {
        return new Term(null, value);
    }

    static Term of(Tensor tensor) {
        return new Term(tensor, 0);
    }

    /** A draw for each example, even from low to high; nothing is drawn when they are equal. */
    static Term uniform(Scope scope, double low, double high) {
        return low == high ? known(low) : of(draw(scope, 2).mul(high - low).add(low));
    }

    /**
     * A draw for each example, even in [0, 1).
     *
     * @param rank axes of the tensor: the batch, then sizes of 1
     */
    static Tensor draw(Scope scope, int rank) {
        long[] sizes = new long[rank];
        java.util.Arrays.fill(sizes, 1);
        sizes[0] = -1;
        return scope.add(RandomOps.UNIFORM, Attributes.of("shape", Shape.of(sizes)));
    }

    Term plus(Term other) {
        if (tensor == null) {
            return other.tensor == null ? known(value + other.value) : other.plus(value);
        }
        return other.tensor == null ? plus(other.value) : of(tensor.add(other.tensor));
    }

    private Term plus(double number) {
        return number == 0 || tensor == null ? this : of(tensor.add(number));
    }

    Term times(Term other) {
        if (tensor == null) {
            return other.tensor == null ? known(value * other.value) : other.times(value);
        }
        return other.tensor == null ? times(other.value) : of(tensor.mul(other.tensor));
    }

    Term times(double number) {
        if (tensor == null) {
            return known(value * number);
        }
        return number == 0 ? ZERO : number == 1 ? this : of(tensor.mul(number));
    }

    /** As {@code [N, 1]}. */
    Tensor column(Scope scope) {
        return tensor != null ? tensor : scope.constant(List.of(value), 1, 1).expand(Shape.of(-1, 1));
    }
}
