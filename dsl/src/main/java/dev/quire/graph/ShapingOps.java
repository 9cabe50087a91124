package dev.quire.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ops that move elements without changing them. */
public final class ShapingOps {
    public static final Op RESHAPE = Op.of("reshape", ShapingOps::reshaped, "torch.reshape({0}, {shape:free})")
            .gradient(b -> List.of(b.gradient().reshape(b.input(0).shape())));
    public static final Op PERMUTE = Op.of("permute", ShapingOps::permuted, "torch.permute({0}, {axes})")
            .gradient(b -> {
                List<Long> axes = b.attributes().integers("axes");
                int[] inverse = new int[axes.size()];
                for (int i = 0; i < inverse.length; i++) {
                    inverse[Math.toIntExact(axes.get(i))] = i;
                }
                return List.of(b.gradient().permute(inverse));
            });
    public static final Op EXPAND = Op.of(
                    "expand",
                    (inputs, attributes) -> {
                        Shape shape = attributes.shape("shape");
                        if (!Types.stretch(inputs.get(0).shape(), shape).equals(shape)) {
                            throw new ShapeException(
                                    "shape " + inputs.get(0).shape() + " does not stretch to " + shape);
                        }
                        return inputs.get(0).with(shape);
                    },
                    "torch.expand({0}, {shape})")
            .gradient(b -> List.of(b.gradient().sumTo(b.input(0).shape())));
    public static final Op PAD = Op.of("pad", ShapingOps::padded, "torch.constant_pad_nd({0}, {amounts}, {value})")
            .gradient(b -> {
                List<Long> amounts = b.attributes().integers("amounts");
                Tensor out = b.gradient();
                for (int i = 0; i < amounts.size() / 2; i++) {
                    int axis = -1 - i;
                    long from = amounts.get(2 * i);
                    out = out.slice(axis, from, from + b.input(0).size(axis));
                }
                return List.of(out);
            });
    /** The rows of a tensor in another order; it has no gradient, as only data is put in order. */
    public static final Op TAKE = Op.of("take", Types::same, "torch.index_select({0}, 0, {1})");

    public static final Op SLICE = Op.of("slice", ShapingOps::sliced, "torch.slice({0}, {axis}, {from}, {to})")
            .gradient(b -> List.of(padded(b.node(), b.gradient())));
    public static final Op CONCAT = Op.of("concat", ShapingOps::joined, "torch.cat([{*}], {axis})")
            .gradient(b -> {
                int axis = Math.toIntExact(b.attributes().integer("axis"));
                List<@Nullable Tensor> out = new ArrayList<>();
                long from = 0;
                for (int i = 0; i < b.node().inputs().size(); i++) {
                    long to = from + b.input(i).size(axis);
                    out.add(b.needs(i) ? b.gradient().slice(axis, from, to) : null);
                    from = to;
                }
                return out;
            });
    public static final Op FLIP = Op.of("flip", Types::same, "torch.flip({0}, {axes})")
            .gradient(b -> List.of(b.gradient().with(ShapingOps.FLIP, b.attributes())));
    public static final Op UPSAMPLE_NEAREST_BACKWARD = Op.of(
            "upsample_nearest_backward",
            (inputs, attributes) -> inputs.get(0).with(attributes.shape("shape")),
            "torch.upsample_nearest2d_backward({0}, {size}, {shape}, None, None)");
    /** Each pixel of the last two axes repeated. */
    public static final Op UPSAMPLE_NEAREST = Op.of(
                    "upsample_nearest", ShapingOps::upsampled, "torch.upsample_nearest2d({0}, {size}, None, None)")
            .gradient(b -> upsampleBackward(b, UPSAMPLE_NEAREST_BACKWARD));

    public static final Op UPSAMPLE_BILINEAR_BACKWARD = Op.of(
            "upsample_bilinear_backward",
            (inputs, attributes) -> inputs.get(0).with(attributes.shape("shape")),
            "torch.upsample_bilinear2d_backward({0}, {size}, {shape}, False, None, None)");
    /** Pixels of the last two axes interpolated; corners are not aligned. */
    public static final Op UPSAMPLE_BILINEAR = Op.of(
                    "upsample_bilinear",
                    ShapingOps::upsampled,
                    "torch.upsample_bilinear2d({0}, {size}, False, None, None)")
            .gradient(b -> upsampleBackward(b, UPSAMPLE_BILINEAR_BACKWARD));

    static final List<Op> ROWS = List.of(
            RESHAPE,
            PERMUTE,
            EXPAND,
            PAD,
            TAKE,
            SLICE,
            CONCAT,
            FLIP,
            UPSAMPLE_NEAREST,
            UPSAMPLE_NEAREST_BACKWARD,
            UPSAMPLE_BILINEAR,
            UPSAMPLE_BILINEAR_BACKWARD);

    private ShapingOps() {}

    private static List<Tensor> upsampleBackward(Backward b, Op op) {
        return List.of(b.gradient()
                .with(op, b.attributes().with("shape", b.input(0).shape())));
    }

    private static TensorType reshaped(List<TensorType> inputs, Attributes attributes) {
        Shape from = inputs.get(0).shape();
        Shape to = attributes.shape("shape");
        if (from.count() != to.count()) {
            throw new ShapeException("shape " + from + " has " + from.countPerExample() + " values, shape " + to
                    + " has " + to.countPerExample() + ": a reshape keeps their number");
        }
        return inputs.get(0).with(to);
    }

    private static TensorType permuted(List<TensorType> inputs, Attributes attributes) {
        Shape shape = inputs.get(0).shape();
        List<Long> axes = attributes.integers("axes");
        if (axes.size() != shape.rank() || axes.stream().distinct().count() != axes.size()) {
            throw new ShapeException("the order " + axes + " does not name each axis of shape " + shape + " once");
        }
        return inputs.get(0)
                .with(Shape.of(axes.stream()
                        .mapToLong(axis -> shape.size(Math.toIntExact(axis)))
                        .toArray()));
    }

    /** The gradient of a slice as that of what it was cut from: zeros everywhere else. */
    static Tensor padded(Node slice, Tensor gradient) {
        int axis = Math.toIntExact(slice.attributes().integer("axis"));
        Shape shape = slice.inputs().get(0).shape();
        List<Long> amounts = new ArrayList<>();
        for (int i = shape.rank() - 1; i >= axis; i--) {
            amounts.add(i == axis ? slice.attributes().integer("from") : 0L);
            amounts.add(i == axis ? shape.size(axis) - slice.attributes().integer("to") : 0L);
        }
        return gradient.with(PAD, Attributes.of("amounts", List.copyOf(amounts)).with("value", 0.0));
    }

    private static TensorType padded(List<TensorType> inputs, Attributes attributes) {
        Shape shape = inputs.get(0).shape();
        List<Long> amounts = attributes.integers("amounts");
        for (int i = 0; i < amounts.size() / 2; i++) {
            shape = shape.with(-1 - i, shape.size(-1 - i) + amounts.get(2 * i) + amounts.get(2 * i + 1));
        }
        return inputs.get(0).with(shape);
    }

    private static TensorType sliced(List<TensorType> inputs, Attributes attributes) {
        Shape shape = inputs.get(0).shape();
        int axis = Math.toIntExact(attributes.integer("axis"));
        long from = attributes.integer("from");
        long to = attributes.integer("to");
        if (from < 0 || to <= from || to > shape.size(axis)) {
            throw new ShapeException(
                    "there is no slice from " + from + " to " + to + " along axis " + axis + " of shape " + shape);
        }
        return inputs.get(0).with(shape.with(axis, to - from));
    }

    private static TensorType joined(List<TensorType> inputs, Attributes attributes) {
        int axis = Math.toIntExact(attributes.integer("axis"));
        Shape first = inputs.get(0).shape();
        long size = 0;
        for (TensorType input : inputs) {
            Shape shape = input.shape();
            if (shape.rank() != first.rank() || !shape.with(axis, 1).equals(first.with(axis, 1))) {
                throw new ShapeException("shapes "
                        + inputs.stream().map(type -> type.shape().toString()).toList()
                        + " cannot be joined along axis "
                        + axis + ": every other size must be the same");
            }
            size += shape.size(axis);
        }
        return inputs.get(0).with(first.with(axis, size));
    }

    private static TensorType upsampled(List<TensorType> inputs, Attributes attributes) {
        Types.rank(inputs.get(0), 4, "channels, height and width");
        List<Long> size = attributes.integers("size");
        return inputs.get(0).with(inputs.get(0).shape().with(2, size.get(0)).with(3, size.get(1)));
    }
}
