package dev.quire.data.transform;

import dev.quire.graph.Scope;

/**
 * Turns images about their centre, by an even draw to either side.
 *
 * @param degrees at most so much, 0 to 180
 */
public record Rotate(double degrees) implements Warp {
    public Rotate {
        Images.range("rotate", degrees, 0, 180);
    }

    @Override
    public Matrix matrix(Scope scope, long height, long width) {
        return new Affine(degrees, 0, 0, 0).matrix(scope, height, width);
    }

    @Override
    public boolean isExact() {
        return false;
    }
}
