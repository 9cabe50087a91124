package dev.quire.compile.onnx;

import dev.quire.graph.ActivationOps;
import dev.quire.graph.Op;
import java.util.Map;
import java.util.stream.LongStream;

/** How activation functions are printed. */
final class ActivationRows {
    /** From here on softplus is its argument, to the last digit of a 32-bit number. */
    private static final double STRAIGHT = 20;

    static final Map<Op, Row> ROWS = Map.ofEntries(
            Row.of(ActivationOps.RELU, "Relu"),
            Row.of(ActivationOps.SIGMOID, "Sigmoid"),
            Row.of(ActivationOps.TANH, "Tanh"),
            Row.of(
                    ActivationOps.GELU,
                    call -> call.add(
                            "Gelu",
                            Map.of(
                                    "approximate",
                                    String.valueOf(call.attributes().find("approximate"))),
                            call.operand(0))),
            Row.of(ActivationOps.SILU, call -> call.add("Mul", call.operand(0), call.add("Sigmoid", call.operand(0)))),
            Row.of(ActivationOps.LEAKY_RELU, call -> withAlpha(call, "LeakyRelu", "slope")),
            Row.of(ActivationOps.ELU, call -> withAlpha(call, "Elu", "alpha")),
            Row.of(ActivationOps.CELU, call -> withAlpha(call, "Celu", "alpha")),
            Row.of(
                    ActivationOps.SELU,
                    "Selu",
                    Map.of(
                            "alpha", ActivationOps.SELU_ALPHA,
                            "gamma", ActivationOps.SELU_SCALE)),
            Row.of(ActivationOps.SOFTPLUS, ActivationRows::softplus),
            Row.of(ActivationOps.MISH, "Mish"),
            Row.of(ActivationOps.HARDSWISH, "HardSwish"),
            Row.of(ActivationOps.HARDSIGMOID, "HardSigmoid", Map.of("alpha", 1 / 6.0, "beta", 0.5)),
            Row.of(
                    ActivationOps.HARDTANH,
                    call -> ArithmeticRows.clip(
                            call,
                            call.attributes().real("low"),
                            call.attributes().real("high"))),
            Row.of(ActivationOps.RELU6, call -> ArithmeticRows.clip(call, 0, 6)),
            Row.of(
                    ActivationOps.LOG_SIGMOID,
                    call -> call.add("Neg", call.add("Softplus", call.add("Neg", call.operand(0))))),
            Row.of(ActivationOps.PRELU, ActivationRows::prelu),
            Row.of(ActivationOps.SOFTMAX, call -> alongAxis(call, "Softmax")),
            Row.of(ActivationOps.LOG_SOFTMAX, call -> alongAxis(call, "LogSoftmax")));

    private ActivationRows() {}

    private static String withAlpha(Call call, String type, String attribute) {
        return call.add(type, Map.of("alpha", call.attributes().real(attribute)), call.operand(0));
    }

    private static String alongAxis(Call call, String type) {
        return call.add(type, Map.of("axis", call.attributes().integer("axis")), call.operand(0));
    }

    private static String softplus(Call call) {
        double beta = call.attributes().real("beta");
        double threshold = call.attributes().real("threshold");
        String steep = beta == 1 ? call.operand(0) : call.add("Mul", call.operand(0), call.number(beta));
        String curve = call.add("Softplus", steep);
        String out = beta == 1 ? curve : call.add("Div", curve, call.number(beta));
        return threshold >= STRAIGHT
                ? out
                : call.add("Where", call.add("Greater", steep, call.number(threshold)), call.operand(0), out);
    }

    /** Slopes of channels stand at axis 1. */
    private static String prelu(Call call) {
        int after = call.shape(0).rank() - 2;
        boolean isOne = call.shape(1).count() == 1;
        String slope = isOne || after < 1
                ? call.operand(1)
                : call.add(
                        "Unsqueeze",
                        call.operand(1),
                        call.longs(LongStream.rangeClosed(1, after).toArray()));
        return call.add("PRelu", call.operand(0), slope);
    }
}
