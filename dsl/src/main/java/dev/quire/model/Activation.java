package dev.quire.model;

import dev.quire.graph.ActivationOps;
import dev.quire.graph.Attributes;
import dev.quire.graph.Op;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;
import java.util.function.UnaryOperator;

/**
 * A function of each value by itself that has no numbers to choose. Output is shaped as the input. Given to a
 * transformer block, it is the option to use it there.
 *
 * @param function which
 */
public record Activation(Function function) implements Unary, LayerOption {
    /** The functions; their formulas are PyTorch's. */
    public enum Function {
        RELU("relu", Tensor::relu),
        SELU("selu", ActivationOps.SELU),
        GELU("gelu", Tensor::gelu),
        GELU_TANH("geluTanh", x -> x.with(ActivationOps.GELU, Attributes.of("approximate", "tanh"))),
        SILU("silu", Tensor::silu),
        SIGMOID("sigmoid", Tensor::sigmoid),
        LOG_SIGMOID("logSigmoid", ActivationOps.LOG_SIGMOID),
        TANH("tanh", Tensor::tanh),
        SOFTSIGN("softsign", x -> x.div(x.abs().add(1))),
        MISH("mish", ActivationOps.MISH),
        HARDSWISH("hardswish", ActivationOps.HARDSWISH),
        HARDSIGMOID("hardsigmoid", ActivationOps.HARDSIGMOID),
        HARDTANH(
                "hardtanh",
                x -> x.with(ActivationOps.HARDTANH, Attributes.of("low", -1.0).with("high", 1.0))),
        RELU6("relu6", ActivationOps.RELU6),
        IDENTITY("identity", x -> x);

        private final String word;
        private final UnaryOperator<Tensor> body;

        Function(String word, Op op) {
            this(word, x -> x.with(op, Attributes.NONE));
        }

        Function(String word, UnaryOperator<Tensor> body) {
            this.word = word;
            this.body = body;
        }

        /** The word that makes it: {@code relu}. */
        public String word() {
            return word;
        }
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        return function.body.apply(input);
    }

    @Override
    public String word() {
        return "activation";
    }

    @Override
    public String toString() {
        return function.word + "()";
    }
}
