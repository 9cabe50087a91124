package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;

/**
 * Shares that add up to 1 along an axis: {@code exp(x) / sum(exp(x))}, or their logarithms.
 *
 * @param axis counted with the batch as 0, or from the end; usually -1
 * @param log whether to give logarithms
 */
public record Softmax(int axis, boolean log) implements Unary {
    @Override
    public Tensor forward(Scope scope, Tensor input) {
        return log ? input.logSoftmax(axis) : input.softmax(axis);
    }

    @Override
    public String toString() {
        return (log ? "logSoftmax(" : "softmax(") + (axis == -1 ? "" : axis) + ")";
    }
}
