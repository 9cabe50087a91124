package dev.quire.data.transform;

import dev.quire.data.Field;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;

/**
 * A change to the first input of every example, made on the device inside the compiled program. One that is random
 * draws anew for every example.
 */
public interface Transform {
    /** Adds this transform to a graph; the batch is axis 0. */
    Tensor apply(Scope scope, Tensor input);

    /**
     * Refuses an input that this transform is not for.
     *
     * @throws dev.quire.QuireException saying what it is for
     */
    default void check(Field input) {}
}
