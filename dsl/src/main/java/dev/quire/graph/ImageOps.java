package dev.quire.graph;

import java.util.List;

/** Ops that move the pixels of images. */
public final class ImageOps {
    /**
     * Where each pixel of an image of a {@code shape} comes from: {@code [N, 2, 3]} matrices over coordinates from -1 to
     * 1, across and down, give {@code [N, height, width, 2]}.
     */
    public static final Op AFFINE_GRID =
            Op.of("affine_grid", ImageOps::grid, "torch.affine_grid_generator({0}, {shape}, False)");
    /** The nearest pixels to the places of a grid, 0 outside. */
    public static final Op GRID_SAMPLE_NEAREST =
            Op.of("grid_sample_nearest", ImageOps::sampled, "torch.grid_sampler({0}, {1}, 1, 0, False)");
    /** Pixels interpolated at the places of a grid, 0 outside. */
    public static final Op GRID_SAMPLE_BILINEAR =
            Op.of("grid_sample_bilinear", ImageOps::sampled, "torch.grid_sampler({0}, {1}, 0, 0, False)");

    static final List<Op> ROWS = List.of(AFFINE_GRID, GRID_SAMPLE_NEAREST, GRID_SAMPLE_BILINEAR);

    private ImageOps() {}

    private static TensorType grid(List<TensorType> inputs, Attributes attributes) {
        Types.rank(inputs.get(0), 3, "matrices of 2 rows and 3 columns");
        Shape images = attributes.shape("shape");
        return inputs.get(0).with(Shape.of(inputs.get(0).shape().size(0), images.size(2), images.size(3), 2));
    }

    private static TensorType sampled(List<TensorType> inputs, Attributes attributes) {
        Types.rank(inputs.get(0), 4, "images of channels, height and width");
        Types.rank(inputs.get(1), 4, "a grid of height, width and 2");
        Shape grid = inputs.get(1).shape();
        return inputs.get(0).with(inputs.get(0).shape().with(2, grid.size(1)).with(3, grid.size(2)));
    }
}
