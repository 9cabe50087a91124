package dev.quire.data.transform;

import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;
import java.util.List;

/**
 * Where the pixel at (u, v) of an image comes from: (a u + b v + x, c u + d v + y). Coordinates run from -1 to 1, across
 * and down, whatever the height and width.
 */
record Matrix(Term a, Term b, Term x, Term c, Term d, Term y) {
    static final Matrix IDENTITY = new Matrix(Term.ONE, Term.ZERO, Term.ZERO, Term.ZERO, Term.ONE, Term.ZERO);

    static Matrix shift(Term across, Term down) {
        return new Matrix(Term.ONE, Term.ZERO, across, Term.ZERO, Term.ONE, down);
    }

    /** Where a pixel comes from when the image this is of is moved by another matrix: the other first, then this. */
    Matrix after(Matrix other) {
        return new Matrix(
                a.times(other.a).plus(b.times(other.c)),
                a.times(other.b).plus(b.times(other.d)),
                a.times(other.x).plus(b.times(other.y)).plus(x),
                c.times(other.a).plus(d.times(other.c)),
                c.times(other.b).plus(d.times(other.d)),
                c.times(other.x).plus(d.times(other.y)).plus(y));
    }

    /** As {@code [N, 2, 3]}. */
    Tensor tensor(Scope scope) {
        List<Tensor> rest =
                List.of(b, x, c, d, y).stream().map(term -> term.column(scope)).toList();
        return a.column(scope).concat(1, rest).reshape(Shape.of(-1, 2, 3));
    }
}
