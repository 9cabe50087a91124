package dev.quire.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arithmetic and comparison, element by element. */
public final class ArithmeticOps {
    public static final Op ADD = Op.of("add", Types::stretched, "torch.add({0}, {1})")
            .gradient(b -> Arrays.asList(
                    b.gradient().sumTo(b.input(0).shape()),
                    b.gradient().sumTo(b.input(1).shape())));
    public static final Op SUBTRACT = Op.of("subtract", Types::stretched, "torch.sub({0}, {1})")
            .gradient(b -> Arrays.asList(
                    b.gradient().sumTo(b.input(0).shape()),
                    b.needs(1) ? b.gradient().neg().sumTo(b.input(1).shape()) : null));
    public static final Op MULTIPLY = Op.of("multiply", Types::stretched, "torch.mul({0}, {1})")
            .gradient(b -> Arrays.asList(
                    b.needs(0) ? b.gradient().mul(b.input(1)).sumTo(b.input(0).shape()) : null,
                    b.needs(1) ? b.gradient().mul(b.input(0)).sumTo(b.input(1).shape()) : null));
    public static final Op DIVIDE = Op.of("divide", Types::stretched, "torch.div({0}, {1})")
            .gradient(b -> Arrays.asList(
                    b.needs(0) ? b.gradient().div(b.input(1)).sumTo(b.input(0).shape()) : null,
                    b.needs(1)
                            ? b.gradient()
                                    .mul(b.output(0))
                                    .div(b.input(1))
                                    .neg()
                                    .sumTo(b.input(1).shape())
                            : null));
    public static final Op SHIFT =
            Op.of("shift", Types::same, "torch.add({0}, {value})").gradient(b -> List.of(b.gradient()));
    public static final Op SCALE = Op.of("scale", Types::same, "torch.mul({0}, {value})")
            .gradient(b -> List.of(b.gradient().mul(b.attributes().real("value"))));
    public static final Op POWER = Op.of("power", Types::same, "torch.pow({0}, {value})")
            .gradient(b -> List.of(b.gradient()
                    .mul(b.input(0)
                            .pow(b.attributes().real("value") - 1)
                            .mul(b.attributes().real("value")))));
    public static final Op SQRT = Op.of("sqrt", Types::same, "torch.sqrt({0})")
            .gradient(b -> List.of(b.gradient().div(b.output(0)).mul(0.5)));
    public static final Op EXP = Op.of("exp", Types::same, "torch.exp({0})")
            .gradient(b -> List.of(b.gradient().mul(b.output(0))));
    public static final Op LOG = Op.of("log", Types::same, "torch.log({0})")
            .gradient(b -> List.of(b.gradient().div(b.input(0))));
    public static final Op SIGN = Op.of("sign", Types::same, "torch.sign({0})")
            .gradient(b -> List.of(b.zero().expand(b.input(0).shape())));
    public static final Op ABS = Op.of("abs", Types::same, "torch.abs({0})")
            .gradient(b -> List.of(b.gradient().mul(b.input(0).with(SIGN, Attributes.NONE))));
    public static final Op SIN = Op.of("sin", Types::same, "torch.sin({0})")
            .gradient(b -> List.of(b.gradient().mul(b.input(0).with(ArithmeticOps.COS, Attributes.NONE))));
    public static final Op COS = Op.of("cos", Types::same, "torch.cos({0})")
            .gradient(b -> List.of(
                    b.gradient().mul(b.input(0).with(SIN, Attributes.NONE)).neg()));
    public static final Op MAXIMUM =
            Op.of("maximum", Types::stretched, "torch.maximum({0}, {1})").gradient(b -> extreme(b, 1));
    public static final Op MINIMUM =
            Op.of("minimum", Types::stretched, "torch.minimum({0}, {1})").gradient(b -> extreme(b, -1));
    public static final Op CLAMP = Op.of("clamp", Types::same, "torch.clamp({0}, {low}, {high})")
            .gradient(b -> List.of(b.input(0)
                    .less(b.attributes().real("low"))
                    .where(
                            b.zero(),
                            b.input(0).greater(b.attributes().real("high")).where(b.zero(), b.gradient()))));
    public static final Op EQUAL = Op.of("equal", Types::comparison, "torch.eq({0}, {1})");
    public static final Op GREATER = Op.of("greater", Types::comparison, "torch.gt({0}, {value})");
    public static final Op LESS = Op.of("less", Types::comparison, "torch.lt({0}, {value})");
    public static final Op WHERE = Op.of(
                    "where",
                    (inputs, attributes) -> {
                        Shape chosen = Types.stretch(
                                inputs.get(1).shape(), inputs.get(2).shape());
                        return inputs.get(1).with(Types.stretch(inputs.get(0).shape(), chosen));
                    },
                    "torch.where({0}, {1}, {2})")
            .gradient(b -> Arrays.asList(
                    null,
                    b.needs(1)
                            ? b.input(0)
                                    .where(b.gradient(), b.zero())
                                    .sumTo(b.input(1).shape())
                            : null,
                    b.needs(2)
                            ? b.input(0)
                                    .where(b.zero(), b.gradient())
                                    .sumTo(b.input(2).shape())
                            : null));
    public static final Op CAST = Op.of(
                    "cast",
                    (inputs, attributes) -> inputs.get(0).with(attributes.dtype("dtype")),
                    "torch.to({0}, {dtype})")
            .gradient(b -> List.of(b.gradient().cast(b.input(0).dtype())));
    /** A tensor of one shape filled with a value; no operands. */
    public static final Op FULL = Op.of(
            "full",
            (inputs, attributes) -> new TensorType(attributes.dtype("dtype"), attributes.shape("shape")),
            "torch.full({shape}, {value}, dtype={dtype}, layout=None, device=place, pin_memory=None)");
    /** Values known when the program is made; no operands. */
    public static final Op CONSTANT = Op.of(
            "constant",
            (inputs, attributes) -> new TensorType(attributes.dtype("dtype"), attributes.shape("shape")),
            "torch.reshape(torch.tensor({values}, dtype={dtype}, device=place), {shape})");
    /** Counts steps: adds one to a buffer. */
    public static final Op COUNT =
            Op.of("count", Types::same, "torch.add_({0}, 1)").kind(Op.Kind.EFFECT);

    static final List<Op> ROWS = List.of(
            ADD, SUBTRACT, MULTIPLY, DIVIDE, SHIFT, SCALE, POWER, SQRT, EXP, LOG, SIGN, ABS, SIN, COS, MAXIMUM, MINIMUM,
            CLAMP, EQUAL, GREATER, LESS, WHERE, CAST, FULL, CONSTANT, COUNT);

    private ArithmeticOps() {}

    /** The larger (or smaller) of two has the gradient; equals share it, as they do in PyTorch. */
    private static List<@Nullable Tensor> extreme(Backward b, int direction) {
        Tensor order = b.input(0).sub(b.input(1)).with(SIGN, Attributes.NONE).mul(0.5 * direction);
        return Arrays.asList(
                b.needs(0) ? b.gradient().mul(order.add(0.5)).sumTo(b.input(0).shape()) : null,
                b.needs(1)
                        ? b.gradient()
                                .mul(order.neg().add(0.5))
                                .sumTo(b.input(1).shape())
                        : null);
    }
}
