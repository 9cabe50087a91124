package dev.quire.model;

import dev.quire.graph.ConvolutionOps;
import dev.quire.graph.LinearOps;
import dev.quire.graph.Node;
import dev.quire.graph.Op;
import dev.quire.graph.SequenceOps;
import dev.quire.graph.Tensor;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Multiplications that are added up, for one example: of dense layers, convolutions, matrix products, attention and
 * recurrence. Everything else costs little and counts as nothing.
 */
final class MultiplyAdds {
    private static final Map<Op, ToLongFunction<Node>> COUNTS = Map.of(
            LinearOps.LINEAR, node -> places(node.output(0)) * input(node, 1).size(1),
            LinearOps.MATMUL,
                    node -> places(node.output(0)) * Math.abs(input(node, 0).size(-1)),
            ConvolutionOps.CONVOLUTION, MultiplyAdds::convolution,
            SequenceOps.ATTENTION, MultiplyAdds::attention,
            SequenceOps.FLASH_ATTENTION, MultiplyAdds::attention,
            SequenceOps.LSTM, MultiplyAdds::recurrence,
            SequenceOps.GRU, MultiplyAdds::recurrence);

    private MultiplyAdds() {}

    static long of(Node node) {
        ToLongFunction<Node> count = COUNTS.get(node.op());
        return count == null ? 0 : count.applyAsLong(node);
    }

    private static Tensor input(Node node, int index) {
        return node.inputs().get(index);
    }

    private static long places(Tensor tensor) {
        return tensor.shape().countPerExample();
    }

    /** Each output place looks at one filter; transposed, each input place spreads one. */
    private static long convolution(Node node) {
        Tensor weight = input(node, 1);
        Tensor from = node.attributes().flag("transposed") ? input(node, 0) : node.output(0);
        return places(from) * (weight.shape().count() / weight.size(0));
    }

    /** Queries times keys, and their weights times values. */
    private static long attention(Node node) {
        return places(input(node, 0)) * input(node, 1).size(-2)
                + places(node.output(0)) * input(node, 1).size(-2);
    }

    private static long recurrence(Node node) {
        long matrices = node.inputs().stream()
                .filter(input -> input.shape().rank() == 2)
                .mapToLong(MultiplyAdds::places)
                .sum();
        return matrices * input(node, 0).size(1);
    }
}
