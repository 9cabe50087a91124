package dev.quire.data.transform;

import dev.quire.graph.Scope;

/**
 * Pads images with 0 on every side and cuts a random part of the old size out of each: the same as a {@link Shift}.
 *
 * @param padding pixels, 0 or more
 */
public record RandomCrop(int padding) implements Warp {
    public RandomCrop {
        Images.range("crop", padding, 0, 1 << 14);
    }

    @Override
    public Matrix matrix(Scope scope, long height, long width) {
        return new Shift(padding).matrix(scope, height, width);
    }

    @Override
    public boolean isExact() {
        return true;
    }
}
