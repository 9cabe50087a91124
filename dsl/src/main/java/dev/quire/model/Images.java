package dev.quire.model;

import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;

/** Sequences seen as images of one row, for ops that know images only. */
final class Images {
    private Images() {}

    /** {@code [N, channels, length]} as {@code [N, channels, 1, length]}. */
    static Tensor of(Tensor sequence) {
        return sequence.reshape(Shape.of(sequence.size(0), sequence.size(1), 1, sequence.size(2)));
    }

    /** {@code [N, channels, 1, length]} as {@code [N, channels, length]}. */
    static Tensor sequence(Tensor image) {
        return image.reshape(Shape.of(image.size(0), image.size(1), image.size(3)));
    }
}
