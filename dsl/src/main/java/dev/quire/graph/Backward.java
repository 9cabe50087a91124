package dev.quire.graph;

import java.util.List;

/**
 * What a gradient rule sees.
 *
 * @param node the node gradients flow back through
 * @param gradient the gradient of its first output
 * @param needs for each input, whether anyone wants its gradient
 */
public record Backward(Node node, Tensor gradient, List<Boolean> needs) {
    public Tensor input(int index) {
        return node.inputs().get(index);
    }

    public Tensor output(int index) {
        return node.output(index);
    }

    public boolean needs(int index) {
        return needs.get(index);
    }

    public Attributes attributes() {
        return node.attributes();
    }

    /** A zero that stretches to any shape. */
    Tensor zero() {
        return node.builder()
                .add(
                        ArithmeticOps.FULL,
                        Attributes.of("shape", Shape.of()).with("value", 0.0).with("dtype", gradient.dtype()));
    }
}
