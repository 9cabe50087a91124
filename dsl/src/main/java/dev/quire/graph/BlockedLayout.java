package dev.quire.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps images in oneDNN's blocked layout from the first convolution to the first op that cannot read it. */
final class BlockedLayout {
    static final Rewrite REWRITE = new Rewrite("blocked-layout", BlockedLayout::blocked, BlockedLayout::plain);

    /** Ops that read and give the blocked layout. */
    private static final Set<Op> READING = Set.of(
            ConvolutionOps.CONVOLUTION,
            NormalizationOps.BATCH_NORM,
            ActivationOps.RELU,
            PoolingOps.MAX_POOL,
            ArithmeticOps.ADD);

    private BlockedLayout() {}

    private static @Nullable List<Tensor> blocked(Node node, List<Tensor> operands, Rewrite.Uses uses) {
        if (isImageConvolution(node)) {
            Tensor image = operands.get(0);
            Tensor moved = isBlocked(image) ? image : image.with(BlockedOps.TO_BLOCKED, Attributes.NONE);
            return rebuilt(node, operands, moved);
        }
        if (operands.stream().noneMatch(BlockedLayout::isBlocked)) {
            return null;
        }
        if (!reads(node, operands)) {
            return moved(node, operands.stream().map(BlockedLayout::plain).toList());
        }
        return node.op() == PoolingOps.MAX_POOL
                ? List.of(operands.get(0).with(BlockedOps.BLOCKED_MAX_POOL, node.attributes()))
                : null;
    }

    private static boolean isImageConvolution(Node node) {
        return node.op() == ConvolutionOps.CONVOLUTION
                && node.types().get(0).shape().rank() == 4
                && !node.attributes().flag("transposed");
    }

    private static boolean reads(Node node, List<Tensor> operands) {
        if (!READING.contains(node.op()) || node.op() == ConvolutionOps.CONVOLUTION) {
            return false;
        }
        if (node.op() == ArithmeticOps.ADD) {
            return operands.stream().allMatch(BlockedLayout::isBlocked)
                    && operands.get(0).type().equals(operands.get(1).type());
        }
        return node.op() != PoolingOps.MAX_POOL || !node.attributes().flag("ceil");
    }

    private static boolean isBlocked(Tensor tensor) {
        Node node = tensor.node();
        if (node.op() == BlockedOps.TO_BLOCKED || node.op() == BlockedOps.BLOCKED_MAX_POOL) {
            return true;
        }
        return tensor.index() == 0
                && node.op() != PoolingOps.MAX_POOL
                && READING.contains(node.op())
                && node.inputs().stream()
                        .limit(node.op() == ArithmeticOps.ADD ? 2 : 1)
                        .allMatch(BlockedLayout::isBlocked);
    }

    private static Tensor plain(Tensor tensor) {
        return isBlocked(tensor) ? tensor.with(BlockedOps.FROM_BLOCKED, Attributes.NONE) : tensor;
    }

    /** Weights stay as they are, whole and in 32 bits: oneDNN arranges and narrows them itself. */
    private static List<Tensor> rebuilt(Node node, List<Tensor> operands, Tensor image) {
        List<Tensor> all = new ArrayList<>(List.of(image));
        operands.stream().skip(1).map(BlockedLayout::wide).forEach(all::add);
        return moved(node, all);
    }

    private static Tensor wide(Tensor weight) {
        Node node = weight.node();
        return node.op() == ArithmeticOps.CAST ? node.inputs().get(0) : weight;
    }

    private static List<Tensor> moved(Node node, List<Tensor> operands) {
        return operands.get(0)
                .node()
                .builder()
                .node(node.op(), node.attributes(), operands)
                .outputs();
    }
}
