package dev.quire.graph;

/**
 * A parameter or buffer of a graph.
 *
 * @param name dotted, as PyTorch would name it: {@code 0.weight}
 * @param type element type and shape, no batch
 * @param init how it starts
 * @param node the node that stands for it
 */
public record Parameter(String name, TensorType type, Init init, Node node) {
    public Tensor tensor() {
        return node.output(0);
    }
}
