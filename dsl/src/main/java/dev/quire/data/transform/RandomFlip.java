package dev.quire.data.transform;

import dev.quire.graph.DType;
import dev.quire.graph.Scope;

/**
 * Mirrors some images left to right.
 *
 * @param probability the part of the images, from 0 to 1
 */
public record RandomFlip(double probability) implements Warp {
    public RandomFlip {
        Images.range("flip", probability, 0, 1);
    }

    @Override
    public Matrix matrix(Scope scope, long height, long width) {
        Term sign = Term.of(Term.draw(scope, 2)
                .less(probability)
                .cast(DType.FLOAT32)
                .mul(-2)
                .add(1));
        return new Matrix(sign, Term.ZERO, Term.ZERO, Term.ZERO, Term.ONE, Term.ZERO);
    }

    @Override
    public boolean isExact() {
        return true;
    }
}
