package dev.quire.model.json;

import dev.quire.QuireException;

/**
 * Where in a network a reader or writer is.
 *
 * @param owner the node of a graph that this is inside of; empty in nested layers, where the path is the node
 * @param path for messages, such as {@code layers[3].body[0]}
 * @param depth how many layers it is inside of
 */
record Place(String owner, String path, int depth) {
    private static final int DEEPEST = 100;

    Place(String path, int depth) {
        this("", path, depth);
    }

    /** The outermost place of a network in nested layers. */
    static Place root() {
        return new Place("the network", 0);
    }

    /** A node of a graph. */
    static Place node(String id) {
        return new Place(id, "", 0);
    }

    /** A field of this layer. */
    Place field(String name) {
        return new Place(owner, depth == 0 ? name : path + "." + name, depth + 1);
    }

    /** One of a field's list. */
    Place at(int index) {
        return new Place(owner, path + "[" + index + "]", depth);
    }

    /** The node that a problem here is one of. */
    String node() {
        return owner.isEmpty() ? path : owner;
    }

    /** Where inside its node, in front of a message. */
    String inside() {
        return owner.isEmpty() || path.isEmpty() ? "" : path + ": ";
    }

    boolean isTooDeep() {
        return depth > DEEPEST;
    }

    static String tooDeep() {
        return "layers are nested more than " + DEEPEST + " deep";
    }

    /** Refuses what is nested so deep that writing it could use up the stack. */
    void check() {
        if (isTooDeep()) {
            throw new QuireException(tooDeep() + " at " + path + ": put them side by side");
        }
    }
}
