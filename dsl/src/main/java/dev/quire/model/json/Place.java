package dev.quire.model.json;

import dev.quire.QuireException;

/**
 * Where in a network a reader or writer is.
 *
 * @param path for messages, such as {@code layers[3].body[0]}
 * @param depth how many layers it is inside of
 */
record Place(String path, int depth) {
    private static final int DEEPEST = 100;

    /** A field of this layer. */
    Place field(String name) {
        return new Place(depth == 0 ? name : path + "." + name, depth + 1);
    }

    /** One of a field's list. */
    Place at(int index) {
        return new Place(path + "[" + index + "]", depth);
    }

    /** Refuses what is nested so deep that reading it could use up the stack. */
    void check() {
        if (depth > DEEPEST) {
            throw new QuireException(
                    "layers are nested more than " + DEEPEST + " deep at " + path + ": put them side by side");
        }
    }
}
