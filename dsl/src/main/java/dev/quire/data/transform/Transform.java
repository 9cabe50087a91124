package dev.quire.data.transform;

import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;

/** A change to the first input of every example, made on the device inside the compiled program. */
public interface Transform {
    /** Adds this transform to a graph; the batch is axis 0. */
    Tensor apply(Scope scope, Tensor input);
}
