package dev.quire.data.transform;

import dev.quire.graph.ArithmeticOps;
import dev.quire.graph.Attributes;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;

/**
 * Turns, moves, scales and slants images about their centre, each by an even draw to either side.
 *
 * @param degrees turned by at most so much, 0 to 180
 * @param shift moved by at most this fraction of height and width, 0 to 1
 * @param scale made larger or smaller by at most this fraction, 0 to below 1: 0.1 for 0.9 to 1.1 times
 * @param shear slanted by at most so many degrees, 0 to below 90
 */
public record Affine(double degrees, double shift, double scale, double shear) implements Warp {
    public Affine {
        Images.range("rotate", degrees, 0, 180);
        Images.range("affine shift", shift, 0, 1);
        Images.range("affine scale", scale, 0, 0.99);
        Images.range("affine shear", shear, 0, 89);
    }

    @Override
    public Matrix matrix(Scope scope, long height, long width) {
        double tall = (double) height / width;
        Term cosine = Term.ONE;
        Term sine = Term.ZERO;
        if (degrees > 0) {
            Tensor angle = Term.uniform(scope, -Math.toRadians(degrees), Math.toRadians(degrees))
                    .column(scope);
            cosine = Term.of(angle.with(ArithmeticOps.COS, Attributes.NONE));
            sine = Term.of(angle.with(ArithmeticOps.SIN, Attributes.NONE));
        }
        Term size = Term.uniform(scope, 1 - scale, 1 + scale);
        double slant = Math.tan(Math.toRadians(shear));
        Term slanted = Term.uniform(scope, -slant, slant);
        // A turn in pixels is a turn in coordinates stretched by the ratio of height and width.
        Matrix turn = new Matrix(cosine, sine.times(-tall), Term.ZERO, sine.times(1 / tall), cosine, Term.ZERO);
        Matrix stretch = new Matrix(size, slanted.times(tall), Term.ZERO, Term.ZERO, size, Term.ZERO);
        Matrix move =
                Matrix.shift(Term.uniform(scope, -2 * shift, 2 * shift), Term.uniform(scope, -2 * shift, 2 * shift));
        return turn.after(stretch).after(move);
    }

    @Override
    public boolean isExact() {
        return false;
    }
}
