package dev.quire.model;

import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;

/** What layers over sequences share. */
final class Sequences {
    private Sequences() {}

    /** Refuses what is not {@code [N, length, units]}. */
    static void expect(Tensor input) {
        if (input.shape().rank() != 3 || !input.dtype().isFloating()) {
            throw new ShapeException("expects a length and units, got "
                    + input.type().with(input.shape().unbatched())
                    + (input.dtype().isFloating()
                            ? ": put reshape(length, units) before it"
                            : ": put embedding(count, units) before it"));
        }
    }
}
