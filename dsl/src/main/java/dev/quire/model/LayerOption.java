package dev.quire.model;

/**
 * A choice about a layer, given after its sizes: {@code conv(16, 3, stride(2), same())}. An option that a layer does not
 * know is refused by name.
 */
public sealed interface LayerOption permits Setting, Dropout, Activation {
    /** The word it is known by in a layer's list of options. */
    String word();
}
