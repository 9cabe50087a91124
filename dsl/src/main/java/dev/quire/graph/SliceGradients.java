package dev.quire.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gradients of slices, gathered until the tensor they were cut from needs its own: slices that cover it side by side are
 * joined, where each by its own rule would be padded with zeros and added up.
 */
final class SliceGradients {
    private record Share(Node slice, Tensor gradient) {
        long axis() {
            return slice.attributes().integer("axis");
        }

        long from() {
            return slice.attributes().integer("from");
        }

        long to() {
            return slice.attributes().integer("to");
        }
    }

    private final Map<Tensor, List<Share>> shares = new HashMap<>();

    /** Takes the gradient of a node, if it is a slice. */
    boolean take(Node node, Tensor gradient) {
        if (node.op() != ShapingOps.SLICE) {
            return false;
        }
        shares.computeIfAbsent(node.inputs().get(0), key -> new ArrayList<>()).add(new Share(node, gradient));
        return true;
    }

    /** Adds what was gathered for a tensor to its gradient. */
    void settle(Tensor tensor, Map<Tensor, Tensor> gradients) {
        List<Share> found = shares.remove(tensor);
        if (found == null) {
            return;
        }
        found.sort(Comparator.comparingLong(Share::from));
        if (covers(found, tensor)) {
            Tensor joined = found.get(0)
                    .gradient()
                    .concat(
                            Math.toIntExact(found.get(0).axis()),
                            found.stream().skip(1).map(Share::gradient).toList());
            gradients.merge(tensor, joined, Tensor::add);
            return;
        }
        for (Share share : found) {
            Tensor padded = ShapingOps.padded(share.slice(), share.gradient());
            gradients.merge(tensor, padded, Tensor::add);
        }
    }

    private static boolean covers(List<Share> sorted, Tensor tensor) {
        long axis = sorted.get(0).axis();
        long end = 0;
        for (Share share : sorted) {
            if (share.axis() != axis || share.from() != end) {
                return false;
            }
            end = share.to();
        }
        return end == tensor.size(Math.toIntExact(axis));
    }
}
