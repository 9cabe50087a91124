package dev.quire.graph;

import java.util.List;

/** Ops that reduce axes. */
public final class ReductionOps {
    public static final Op SUM = Op.of("sum", ReductionOps::reduced, "torch.sum({0}, {axes}, {keep}, dtype=None)")
            .gradient(b -> List.of(stretched(b)));
    /** The number of elements of the operand over that of the result, as a float: the divisor of a mean. */
    public static final Op MEAN_BACKWARD =
            Op.of("mean_backward", (inputs, attributes) -> inputs.get(0), "torch.div({0}, {divisor:count})");

    public static final Op MEAN = Op.of("mean", ReductionOps::reduced, "torch.mean({0}, {axes}, {keep}, dtype=None)")
            .gradient(b -> {
                Shape shape = b.input(0).shape();
                long divisor = 1;
                boolean batch = false;
                for (long axis : b.attributes().integers("axes")) {
                    long size = shape.size(Math.toIntExact(axis));
                    divisor *= Math.abs(size);
                    batch |= size < 0;
                }
                return List.of(stretched(b)
                        .with(MEAN_BACKWARD, Attributes.of("divisor", Shape.of(batch ? -divisor : divisor))));
            });
    /** Equals share the gradient, as they do in PyTorch. */
    public static final Op MAX = Op.of("max", ReductionOps::oneAxis, "torch.amax({0}, [{axis}], {keep})")
            .gradient(b -> {
                int axis = Math.toIntExact(b.attributes().integer("axis"));
                Shape kept = b.input(0).shape().with(axis, 1);
                Tensor largest = b.input(0)
                        .eq(b.output(0).reshape(kept))
                        .cast(b.gradient().dtype());
                return List.of(largest.mul(b.gradient().reshape(kept).div(largest.sum(true, axis))));
            });

    public static final Op ARGMAX = Op.of(
            "argmax",
            (inputs, attributes) -> without(inputs.get(0), attributes).with(DType.INT64),
            "torch.argmax({0}, {axis})");

    static final List<Op> ROWS = List.of(SUM, MEAN, MEAN_BACKWARD, MAX, ARGMAX);

    private ReductionOps() {}

    private static TensorType reduced(List<TensorType> inputs, Attributes attributes) {
        TensorType input = inputs.get(0);
        List<Long> axes = attributes.integers("axes");
        long[] sizes = new long[input.shape().rank()];
        int kept = 0;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (!axes.contains((long) axis)) {
                sizes[kept++] = input.shape().size(axis);
            } else if (attributes.flag("keep")) {
                sizes[kept++] = 1;
            }
        }
        TensorType out = input.with(Shape.of(java.util.Arrays.copyOf(sizes, kept)));
        return input.dtype() == DType.BOOL ? out.with(DType.INT64) : out;
    }

    private static TensorType oneAxis(List<TensorType> inputs, Attributes attributes) {
        return attributes.flag("keep")
                ? inputs.get(0).with(inputs.get(0).shape().with(Math.toIntExact(attributes.integer("axis")), 1))
                : without(inputs.get(0), attributes);
    }

    private static TensorType without(TensorType input, Attributes attributes) {
        int axis = Math.toIntExact(attributes.integer("axis"));
        long[] sizes = new long[input.shape().rank() - 1];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = input.shape().size(i < axis ? i : i + 1);
        }
        return input.with(Shape.of(sizes));
    }

    private static Tensor stretched(Backward b) {
        Shape kept = b.input(0).shape();
        for (long axis : b.attributes().integers("axes")) {
            kept = kept.with(Math.toIntExact(axis), 1);
        }
        return b.gradient().reshape(kept).expand(b.input(0).shape());
    }
}
