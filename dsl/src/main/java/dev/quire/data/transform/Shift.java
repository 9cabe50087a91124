package dev.quire.data.transform;

import dev.quire.graph.DType;
import dev.quire.graph.Scope;

/**
 * Moves images by whole pixels, up to so many to each side.
 *
 * @param pixels 0 or more
 */
public record Shift(int pixels) implements Warp {
    public Shift {
        Images.range("shift", pixels, 0, 1 << 14);
    }

    @Override
    public Matrix matrix(Scope scope, long height, long width) {
        return Matrix.shift(steps(scope).times(2.0 / width), steps(scope).times(2.0 / height));
    }

    /** A whole number for each example, from -pixels to pixels. */
    private Term steps(Scope scope) {
        // Truncation rounds down what is not negative; a draw close to 1 may round up to 1 itself.
        return Term.of(Term.draw(scope, 2)
                .mul(2 * pixels + 1)
                .cast(DType.INT64)
                .cast(DType.FLOAT32)
                .clamp(0, 2 * pixels)
                .add(-pixels));
    }

    @Override
    public boolean isExact() {
        return true;
    }
}
