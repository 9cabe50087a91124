package dev.quire.model;

/** A layer that is another one, with something said about it. */
public sealed interface Wrapping extends Layer permits Block, Shared, NormalStart, Pretrained {
    /** The other one. */
    Layer body();
}
