package dev.quire.model.json;

import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.model.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network as it was read, whatever the dialect: nodes, and where each takes its values from. It need not be sound.
 *
 * @param name what its author calls it; may be empty
 * @param form what it is built as
 * @param nodes in the order in which they were written
 */
record Draft(String name, Form form, List<Node> nodes) {
    /** What a draft is built as. */
    enum Form {
        /** Layers one after another where they hang together so, else the functional form. */
        ANY,
        SEQUENTIAL,
        MODEL,
        /** The only layer, by itself. */
        LAYER
    }

    enum Role {
        INPUT,
        LAYER,
        OUTPUT
    }

    /** An output of a node. */
    record Source(int node, int output) {}

    /** A node; what is not known yet, or cannot be, is null. */
    static final class Node {
        final String id;
        final Role role;
        final List<Source> from = new ArrayList<>();
        /**
         * One after another; none for a node that hands on what it is given; null when they cannot be read. Those of an
         * input make what comes in what its author describes.
         */
        @Nullable
        List<Layer> layers = List.of();

        @Nullable
        DType dtype;
        /** Of one example: what an input takes, or what an output is said to give. */
        @Nullable
        Shape shape;
        /** How many values the author says it is given, by the words he says it with. */
        Map<String, Integer> expected = Map.of();
        /** Whether the type is written as others than Quire write it. */
        boolean foreign;
        /** Whether another node has its id, so that no edge can mean it. */
        boolean twin;
        /** Whether it makes one value of several. */
        boolean joins;

        Node(String id, Role role) {
            this.id = id;
            this.role = role;
        }

        /** Its layers; none where they could not be read. */
        List<Layer> layersOf() {
            List<Layer> read = layers;
            return read == null ? List.of() : read;
        }
    }

    List<Integer> places(Role role) {
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).role == role) {
                out.add(i);
            }
        }
        return out;
    }

    /** How many edges leave each node. */
    int[] uses() {
        int[] out = new int[nodes.size()];
        nodes.forEach(node -> node.from.forEach(source -> out[source.node()]++));
        return out;
    }
}
