package dev.quire.model;

/** A layer that is another one, with something said about it. */
public sealed interface Wrapping extends Layer permits Block, Masking, NormalStart, Pretrained, Shared {
    /** The other one. */
    Layer body();
}
