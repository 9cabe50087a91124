package dev.quire.graph;

import java.util.List;

/**
 * A layer at its place in a graph.
 *
 * @param path its dotted name
 * @param layer the layer; its {@code toString} is the call that makes it
 * @param depth how many layers it is inside of
 * @param outputs what it gives
 * @param from the number of the first node it added
 * @param to the number after the last, those of layers inside it included
 */
public record Part(String path, Object layer, int depth, List<Tensor> outputs, int from, int to) {
    public Part {
        outputs = List.copyOf(outputs);
    }
}
