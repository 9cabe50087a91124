package dev.quire.data.transform;

import dev.quire.data.Field;
import dev.quire.graph.Attributes;
import dev.quire.graph.DType;
import dev.quire.graph.ImageOps;
import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;

/** A transform that moves pixels, and leaves 0 where none come from. Several in a row become one. */
sealed interface Warp extends Transform permits RandomFlip, RandomCrop, Shift, Rotate, Affine, Warps {
    /**
     * Where pixels come from.
     *
     * @param height in pixels
     * @param width in pixels
     */
    Matrix matrix(Scope scope, long height, long width);

    /** Whether every pixel comes from exactly one: then nothing is interpolated. */
    boolean isExact();

    @Override
    default Tensor apply(Scope scope, Tensor input) {
        Tensor images = input.cast(DType.FLOAT32);
        Shape shape = images.shape();
        Tensor matrix = matrix(scope, shape.size(2), shape.size(3)).tensor(scope);
        Tensor grid = matrix.with(ImageOps.AFFINE_GRID, Attributes.of("shape", shape));
        return images.with(
                isExact() ? ImageOps.GRID_SAMPLE_NEAREST : ImageOps.GRID_SAMPLE_BILINEAR, Attributes.NONE, grid);
    }

    @Override
    default void check(Field input) {
        Images.require(this, input);
    }
}
