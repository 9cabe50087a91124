package dev.quire.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Activation functions. Those with a backward op in libtorch use it. */
public final class ActivationOps {
    public static final Op RELU_BACKWARD = Op.of("relu_backward", Types::same, "torch.threshold_backward({0}, {1}, 0)");
    public static final Op RELU =
            Op.of("relu", Types::same, "torch.relu({0})").gradient(b -> fromOutput(b, RELU_BACKWARD));
    public static final Op SIGMOID_BACKWARD =
            Op.of("sigmoid_backward", Types::same, "torch.sigmoid_backward({0}, {1})");
    public static final Op SIGMOID =
            Op.of("sigmoid", Types::same, "torch.sigmoid({0})").gradient(b -> fromOutput(b, SIGMOID_BACKWARD));
    public static final Op TANH_BACKWARD = Op.of("tanh_backward", Types::same, "torch.tanh_backward({0}, {1})");
    public static final Op TANH =
            Op.of("tanh", Types::same, "torch.tanh({0})").gradient(b -> fromOutput(b, TANH_BACKWARD));
    public static final Op GELU_BACKWARD =
            Op.of("gelu_backward", Types::same, "torch.gelu_backward({0}, {1}, approximate={approximate})");
    public static final Op GELU = Op.of("gelu", Types::same, "torch.gelu({0}, approximate={approximate})")
            .gradient(b -> fromInput(b, GELU_BACKWARD));
    public static final Op SILU_BACKWARD = Op.of("silu_backward", Types::same, "torch.silu_backward({0}, {1})");
    public static final Op SILU =
            Op.of("silu", Types::same, "torch.silu({0})").gradient(b -> fromInput(b, SILU_BACKWARD));
    public static final Op LEAKY_RELU_BACKWARD =
            Op.of("leaky_relu_backward", Types::same, "torch.leaky_relu_backward({0}, {1}, {slope}, False)");
    public static final Op LEAKY_RELU = Op.of("leaky_relu", Types::same, "torch.leaky_relu({0}, {slope})")
            .gradient(b -> fromInput(b, LEAKY_RELU_BACKWARD));
    public static final Op ELU_BACKWARD =
            Op.of("elu_backward", Types::same, "torch.elu_backward({0}, {alpha}, {scale}, {input_scale}, False, {1})");
    public static final Op ELU = Op.of("elu", Types::same, "torch.elu({0}, {alpha})")
            .gradient(b -> eluBackward(b, b.attributes().real("alpha"), 1, 1));
    public static final Op SOFTPLUS_BACKWARD =
            Op.of("softplus_backward", Types::same, "torch.softplus_backward({0}, {1}, {beta}, {threshold})");
    public static final Op SOFTPLUS = Op.of("softplus", Types::same, "torch.softplus({0}, {beta}, {threshold})")
            .gradient(b -> fromInput(b, SOFTPLUS_BACKWARD));
    public static final Op MISH_BACKWARD = Op.of("mish_backward", Types::same, "torch.mish_backward({0}, {1})");
    public static final Op MISH =
            Op.of("mish", Types::same, "torch.mish({0})").gradient(b -> fromInput(b, MISH_BACKWARD));
    public static final Op HARDSWISH_BACKWARD =
            Op.of("hardswish_backward", Types::same, "torch.hardswish_backward({0}, {1})");
    public static final Op HARDSWISH =
            Op.of("hardswish", Types::same, "torch.hardswish({0})").gradient(b -> fromInput(b, HARDSWISH_BACKWARD));
    /** The constants are those of Klambauer et al. 2017, as exact as a double is. */
    public static final double SELU_ALPHA = 1.6732632423543772;

    public static final double SELU_SCALE = 1.0507009873554805;
    public static final Op SELU =
            Op.of("selu", Types::same, "torch.selu({0})").gradient(b -> eluBackward(b, SELU_ALPHA, SELU_SCALE, 1));

    public static final Op CELU = Op.of("celu", Types::same, "torch.celu({0}, {alpha})")
            .gradient(b -> eluBackward(
                    b, b.attributes().real("alpha"), 1, 1 / b.attributes().real("alpha")));
    public static final Op HARDTANH_BACKWARD =
            Op.of("hardtanh_backward", Types::same, "torch.hardtanh_backward({0}, {1}, {low}, {high})");
    public static final Op HARDTANH = Op.of("hardtanh", Types::same, "torch.hardtanh({0}, {low}, {high})")
            .gradient(b -> fromInput(b, HARDTANH_BACKWARD));
    public static final Op RELU6 = Op.of("relu6", Types::same, "torch.relu6({0})")
            .gradient(b -> List.of(b.gradient()
                    .with(HARDTANH_BACKWARD, Attributes.of("low", 0.0).with("high", 6.0), b.input(0))));
    public static final Op HARDSIGMOID_BACKWARD =
            Op.of("hardsigmoid_backward", Types::same, "torch.hardsigmoid_backward({0}, {1})");
    public static final Op HARDSIGMOID = Op.of("hardsigmoid", Types::same, "torch.hardsigmoid({0})")
            .gradient(b -> fromInput(b, HARDSIGMOID_BACKWARD));
    public static final Op LOG_SIGMOID = Op.of("log_sigmoid", Types::same, "torch.log_sigmoid({0})")
            .gradient(b -> List.of(b.gradient().mul(b.input(0).neg().sigmoid())));
    /** Operands: input, and one slope or one for each place of axis 1. */
    public static final Op PRELU =
            Op.of("prelu", Types::same, "torch.prelu({0}, {1})").gradient(ActivationOps::preluBackward);

    public static final Op SOFTMAX_BACKWARD = Op.of(
            "softmax_backward", Types::same, "torch._softmax_backward_data({0}, {1}, {axis}, ops.prim.dtype({1}))");
    public static final Op SOFTMAX = Op.of("softmax", Types::same, "torch._softmax({0}, {axis}, False)")
            .gradient(b -> fromOutput(b, SOFTMAX_BACKWARD));
    public static final Op LOG_SOFTMAX_BACKWARD = Op.of(
            "log_softmax_backward",
            Types::same,
            "torch._log_softmax_backward_data({0}, {1}, {axis}, ops.prim.dtype({1}))");
    public static final Op LOG_SOFTMAX = Op.of("log_softmax", Types::same, "torch._log_softmax({0}, {axis}, False)")
            .gradient(b -> fromOutput(b, LOG_SOFTMAX_BACKWARD));

    static final List<Op> ROWS = List.of(
            RELU,
            RELU_BACKWARD,
            SIGMOID,
            SIGMOID_BACKWARD,
            TANH,
            TANH_BACKWARD,
            GELU,
            GELU_BACKWARD,
            SILU,
            SILU_BACKWARD,
            LEAKY_RELU,
            LEAKY_RELU_BACKWARD,
            ELU,
            ELU_BACKWARD,
            SOFTPLUS,
            SOFTPLUS_BACKWARD,
            MISH,
            MISH_BACKWARD,
            HARDSWISH,
            HARDSWISH_BACKWARD,
            SELU,
            CELU,
            RELU6,
            HARDSIGMOID,
            HARDSIGMOID_BACKWARD,
            HARDTANH,
            HARDTANH_BACKWARD,
            LOG_SIGMOID,
            PRELU,
            SOFTMAX,
            SOFTMAX_BACKWARD,
            LOG_SOFTMAX,
            LOG_SOFTMAX_BACKWARD);

    private ActivationOps() {}

    private static List<Tensor> fromOutput(Backward b, Op backward) {
        return List.of(b.gradient().with(backward, b.attributes(), b.output(0)));
    }

    private static List<Tensor> fromInput(Backward b, Op backward) {
        return List.of(b.gradient().with(backward, b.attributes(), b.input(0)));
    }

    private static List<Tensor> eluBackward(Backward b, double alpha, double scale, double inputScale) {
        Attributes attributes =
                Attributes.of("alpha", alpha).with("scale", scale).with("input_scale", inputScale);
        return List.of(b.gradient().with(ELU_BACKWARD, attributes, b.input(0)));
    }

    private static List<@Nullable Tensor> preluBackward(Backward b) {
        long[] sizes = new long[b.input(0).shape().rank()];
        Arrays.fill(sizes, 1);
        if (b.input(1).size(0) > 1) {
            sizes[1] = b.input(1).size(0);
        }
        Tensor slope = b.input(1).reshape(Shape.of(sizes));
        Tensor isPositive = b.input(0).greater(0);
        Tensor gradient = b.gradient();
        return Arrays.asList(
                b.needs(0) ? isPositive.where(gradient, gradient.mul(slope)) : null,
                b.needs(1)
                        ? isPositive
                                .where(b.zero(), gradient.mul(b.input(0)))
                                .sumTo(slope.shape())
                                .reshape(b.input(1).shape())
                        : null);
    }
}
