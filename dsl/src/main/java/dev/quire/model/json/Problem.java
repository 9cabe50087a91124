package dev.quire.model.json;

import java.util.Locale;

/**
 * Something that is wrong with a described network.
 *
 * @param kind what sort of fault it is
 * @param node the id of the node; in a list or in nested layers its place, such as {@code layers[3]}; empty where the
 *     whole network is meant
 * @param message what is wrong, what came and what was expected
 * @param remedy what to do about it
 */
public record Problem(Kind kind, String node, String message, String remedy) {
    /** What sort of fault it is; in JSON in lower case. */
    public enum Kind {
        /** The text is no JSON, or a part of it has another form than a network's. */
        FORM,
        UNKNOWN_TYPE,
        UNKNOWN_PARAMETER,
        MISSING_PARAMETER,
        /** Of another type than expected, out of its range, or not fitting the layer's other parameters. */
        BAD_PARAMETER,
        NO_INPUT,
        NO_OUTPUT,
        DUPLICATE_ID,
        /** An edge starts or ends at a node that is not there. */
        UNKNOWN_NODE,
        CYCLE,
        UNCONNECTED,
        /** More or fewer inputs than the layer takes. */
        INPUT_COUNT,
        SHAPE,
        /** What comes out, or goes in, does not match the dataset. */
        DATASET,
        /** More nodes, or layers nested deeper, than is read. */
        TOO_LARGE;

        /** The word in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** All in one line. */
    @Override
    public String toString() {
        return (node.isEmpty() ? "" : node + ": ") + message + (remedy.isEmpty() ? "" : ": " + remedy);
    }
}
