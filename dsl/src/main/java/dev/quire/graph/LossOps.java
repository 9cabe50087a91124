package dev.quire.graph;

import java.util.Arrays;
import java.util.List;

/** Losses that libtorch computes in one op. Rows are predictions, a target is the number of a class. */
public final class LossOps {
    public static final Op NLL_BACKWARD = Op.of(
            "nll_backward",
            (inputs, attributes) -> inputs.get(1),
            "torch.nll_loss_backward({0}, {1}, {2}, {4?}, 1, {ignore}, {3})");
    /** The mean negative log likelihood of targets, and its divisor; operands: log probabilities, targets, weights. */
    public static final Op NLL = Op.many(
                    "nll",
                    (inputs, attributes) -> {
                        TensorType scalar = inputs.get(0).with(Shape.of());
                        return List.of(scalar, scalar);
                    },
                    "torch.nll_loss_forward({0}, {1}, {2?}, 1, {ignore})")
            .gradient(b -> {
                Tensor[] operands = b.node().inputs().size() > 2
                        ? new Tensor[] {b.input(0), b.input(1), b.output(1), b.input(2)}
                        : new Tensor[] {b.input(0), b.input(1), b.output(1)};
                return Arrays.asList(b.gradient().with(NLL_BACKWARD, b.attributes(), operands), null, null)
                        .subList(0, b.node().inputs().size());
            });
    /** Cross entropy with label smoothing; operands: logits, targets, weights. */
    public static final Op CROSS_ENTROPY = Op.of(
            "cross_entropy",
            (inputs, attributes) -> inputs.get(0).with(Shape.of()),
            "torch.cross_entropy_loss({0}, {1}, {2?}, 1, {ignore}, {smoothing})");

    public static final Op HUBER = Op.of(
            "huber", (inputs, attributes) -> inputs.get(0).with(Shape.of()), "torch.huber_loss({0}, {1}, 1, {delta})");
    public static final Op SMOOTH_L1 = Op.of(
            "smooth_l1",
            (inputs, attributes) -> inputs.get(0).with(Shape.of()),
            "torch.smooth_l1_loss({0}, {1}, 1, {beta})");
    public static final Op BINARY_CROSS_ENTROPY = Op.of(
            "binary_cross_entropy",
            (inputs, attributes) -> inputs.get(0).with(Shape.of()),
            "torch.binary_cross_entropy_with_logits({0}, {1}, None, None, 1)");
    /** Summed and divided by the batch; operands: log probabilities, probabilities. */
    public static final Op KL_DIVERGENCE = Op.of(
            "kl_divergence",
            (inputs, attributes) -> inputs.get(0).with(Shape.of()),
            "torch.div(torch.kl_div({0}, {1}, 2, log_target=False), torch.size({0}, 0))");

    static final List<Op> ROWS =
            List.of(NLL, NLL_BACKWARD, CROSS_ENTROPY, HUBER, SMOOTH_L1, BINARY_CROSS_ENTROPY, KL_DIVERGENCE);

    private LossOps() {}
}
