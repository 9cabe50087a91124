package dev.quire.graph;

import dev.quire.QuireException;

/** Tensors that do not fit an op or a layer. */
public final class ShapeException extends QuireException {
    private static final long serialVersionUID = 1;
    private final String place;
    private final String reason;

    public ShapeException(String message) {
        this("", message);
    }

    private ShapeException(String place, String reason) {
        super(place.isEmpty() ? reason : place + ": " + reason);
        this.place = place;
        this.reason = reason;
    }

    /** This error with the layer it happened in; an error that names its layer already is left as it is. */
    public ShapeException at(String layer) {
        return place.isEmpty() ? new ShapeException(layer, reason) : this;
    }

    /** The layer it happened in: {@code layer 3.0, dense(10)}; empty where that is not known. */
    public String place() {
        return place;
    }

    /** The message without the layer. */
    public String reason() {
        return reason;
    }
}
