package dev.quire.graph;

import dev.quire.QuireException;

/** Tensors that do not fit an op or a layer. */
public final class ShapeException extends QuireException {
    private static final long serialVersionUID = 1;
    private final boolean placed;

    public ShapeException(String message) {
        this(message, false);
    }

    private ShapeException(String message, boolean placed) {
        super(message);
        this.placed = placed;
    }

    /** This error with the layer it happened in; an error that names its layer already is left as it is. */
    public ShapeException at(String place) {
        return placed ? this : new ShapeException(place + ": " + getMessage(), true);
    }
}
