package dev.quire.graph;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products, convolutions and attention in bfloat16; softmax, losses and reductions in 32 bits. Parameters stay
 * in 32 bits and are cast where they are used. Norms take bfloat16 inputs with 32-bit weights and statistics.
 */
final class MixedPrecision {
    static final Rewrite BFLOAT16 = new Rewrite("bfloat16", MixedPrecision::cast, MixedPrecision::wide);

    private static final Set<Op> NARROW = Set.of(
            LinearOps.LINEAR,
            LinearOps.MATMUL,
            ConvolutionOps.CONVOLUTION,
            SequenceOps.ATTENTION,
            SequenceOps.FLASH_ATTENTION);

    private static final Set<Op> FOLLOWING = Set.of(
            ActivationOps.RELU,
            ActivationOps.GELU,
            ActivationOps.SILU,
            ActivationOps.LEAKY_RELU,
            ActivationOps.ELU,
            ActivationOps.SIGMOID,
            ActivationOps.TANH,
            ActivationOps.HARDSWISH,
            ActivationOps.RELU6,
            PoolingOps.MAX_POOL,
            PoolingOps.AVERAGE_POOL,
            PoolingOps.ADAPTIVE_AVERAGE_POOL,
            NormalizationOps.BATCH_NORM,
            NormalizationOps.LAYER_NORM,
            ShapingOps.RESHAPE,
            ShapingOps.PERMUTE,
            ShapingOps.SLICE,
            ShapingOps.EXPAND,
            RandomOps.DROPOUT,
            ArithmeticOps.SCALE,
            ArithmeticOps.CAST);

    private static final Set<Op> JOINING = Set.of(
            ArithmeticOps.ADD, ArithmeticOps.SUBTRACT, ArithmeticOps.MULTIPLY, ArithmeticOps.DIVIDE, ShapingOps.CONCAT);

    private MixedPrecision() {}

    private static @Nullable List<Tensor> cast(Node node, List<Tensor> operands, Rewrite.Uses uses) {
        if (operands.isEmpty()) {
            return null;
        }
        if (NARROW.contains(node.op())) {
            return rebuilt(node, operands, DType.BFLOAT16);
        }
        boolean equal = operands.stream().map(Tensor::dtype).distinct().count() == 1;
        if (FOLLOWING.contains(node.op()) || (JOINING.contains(node.op()) && equal)) {
            return null;
        }
        return operands.stream().anyMatch(operand -> operand.dtype() == DType.BFLOAT16)
                ? rebuilt(node, operands, DType.FLOAT32)
                : null;
    }

    /** What comes out of a graph is in 32 bits. */
    private static Tensor wide(Tensor output) {
        return output.dtype() == DType.BFLOAT16 ? output.cast(DType.FLOAT32) : output;
    }

    private static List<Tensor> rebuilt(Node node, List<Tensor> operands, DType dtype) {
        List<Tensor> cast = operands.stream()
                .map(operand -> operand.dtype().isFloating() ? operand.cast(dtype) : operand)
                .toList();
        return operands.get(0)
                .node()
                .builder()
                .node(node.op(), node.attributes(), cast)
                .outputs();
    }
}
