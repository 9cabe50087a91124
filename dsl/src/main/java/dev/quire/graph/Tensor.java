package dev.quire.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A value in a graph that is being built: what a layer computes with. Nothing is calculated here; every method adds an
 * op and checks shapes. Axis 0 is the batch; negative axes count from the end.
 */
public record Tensor(Node node, int index) {
    public TensorType type() {
        return node.types().get(index);
    }

    public Shape shape() {
        return type().shape();
    }

    public DType dtype() {
        return type().dtype();
    }

    /** The size at an axis. */
    public long size(int axis) {
        return shape().size(axis);
    }

    /** Any op of the table with one output, this as its first operand. */
    public Tensor with(Op op, Attributes attributes, Tensor... more) {
        return op(op, attributes, more);
    }

    private Tensor op(Op op, Attributes attributes, Tensor... more) {
        Tensor[] operands = new Tensor[more.length + 1];
        operands[0] = this;
        System.arraycopy(more, 0, operands, 1, more.length);
        return node.builder().add(op, attributes, operands);
    }

    private Tensor op(Op op, Tensor... more) {
        return op(op, Attributes.NONE, more);
    }

    /** The sum; sizes of 1 stretch. */
    public Tensor add(Tensor other) {
        return op(ArithmeticOps.ADD, other);
    }

    public Tensor add(double value) {
        return op(ArithmeticOps.SHIFT, Attributes.of("value", value));
    }

    public Tensor sub(Tensor other) {
        return op(ArithmeticOps.SUBTRACT, other);
    }

    public Tensor sub(double value) {
        return add(-value);
    }

    /** The product, element by element; sizes of 1 stretch. */
    public Tensor mul(Tensor other) {
        return op(ArithmeticOps.MULTIPLY, other);
    }

    public Tensor mul(double value) {
        return op(ArithmeticOps.SCALE, Attributes.of("value", value));
    }

    public Tensor div(Tensor other) {
        return op(ArithmeticOps.DIVIDE, other);
    }

    public Tensor div(double value) {
        return mul(1 / value);
    }

    public Tensor neg() {
        return mul(-1);
    }

    public Tensor pow(double exponent) {
        return op(ArithmeticOps.POWER, Attributes.of("value", exponent));
    }

    public Tensor square() {
        return op(ArithmeticOps.MULTIPLY, this);
    }

    public Tensor sqrt() {
        return op(ArithmeticOps.SQRT);
    }

    public Tensor exp() {
        return op(ArithmeticOps.EXP);
    }

    /** The natural logarithm. */
    public Tensor log() {
        return op(ArithmeticOps.LOG);
    }

    public Tensor abs() {
        return op(ArithmeticOps.ABS);
    }

    public Tensor maximum(Tensor other) {
        return op(ArithmeticOps.MAXIMUM, other);
    }

    public Tensor minimum(Tensor other) {
        return op(ArithmeticOps.MINIMUM, other);
    }

    /** Values below {@code low} become {@code low}, those above {@code high} become {@code high}. */
    public Tensor clamp(double low, double high) {
        return op(ArithmeticOps.CLAMP, Attributes.of("low", low).with("high", high));
    }

    /** Where elements are equal, as booleans. */
    public Tensor eq(Tensor other) {
        return op(ArithmeticOps.EQUAL, other);
    }

    /** Where elements are greater than a value, as booleans. */
    public Tensor greater(double value) {
        return op(ArithmeticOps.GREATER, Attributes.of("value", value));
    }

    /** Where elements are less than a value, as booleans. */
    public Tensor less(double value) {
        return op(ArithmeticOps.LESS, Attributes.of("value", value));
    }

    /** Where this (of booleans) holds the first, elsewhere the second. */
    public Tensor where(Tensor then, Tensor otherwise) {
        return op(ArithmeticOps.WHERE, then, otherwise);
    }

    public Tensor relu() {
        return op(ActivationOps.RELU);
    }

    public Tensor sigmoid() {
        return op(ActivationOps.SIGMOID);
    }

    public Tensor tanh() {
        return op(ActivationOps.TANH);
    }

    /** The exact Gaussian error linear unit. */
    public Tensor gelu() {
        return op(ActivationOps.GELU, Attributes.of("approximate", "none"));
    }

    public Tensor silu() {
        return op(ActivationOps.SILU);
    }

    public Tensor softplus() {
        return op(ActivationOps.SOFTPLUS, Attributes.of("beta", 1.0).with("threshold", 20.0));
    }

    public Tensor softmax(int axis) {
        return op(ActivationOps.SOFTMAX, Attributes.of("axis", axis(axis)));
    }

    public Tensor logSoftmax(int axis) {
        return op(ActivationOps.LOG_SOFTMAX, Attributes.of("axis", axis(axis)));
    }

    /** The matrix product of the last two axes; the axes before them stretch. */
    public Tensor matmul(Tensor other) {
        return op(LinearOps.MATMUL, other);
    }

    /** {@code x W^T + b} over the last axis; {@code weight} is {@code [out, in]}, {@code bias} {@code [out]}. */
    public Tensor linear(Tensor weight, Tensor... bias) {
        return bias.length == 0 ? op(LinearOps.LINEAR, weight) : op(LinearOps.LINEAR, weight, bias[0]);
    }

    /** The same elements in another shape; a negative size is a multiple of the batch. */
    public Tensor reshape(Shape shape) {
        return shape.equals(shape()) ? this : op(ShapingOps.RESHAPE, Attributes.of("shape", shape));
    }

    /** The axes from {@code from} on as one. */
    public Tensor flatten(int from) {
        long[] sizes = Arrays.copyOf(shape().sizes(), from + 1);
        sizes[from] = LongStream.of(shape().sizes()).skip(from).reduce(1, Math::multiplyExact);
        return reshape(Shape.of(sizes));
    }

    /** The axes in another order. */
    public Tensor permute(int... axes) {
        return op(
                ShapingOps.PERMUTE,
                Attributes.of(
                        "axes", IntStream.of(axes).mapToObj(axis -> (long) axis).toList()));
    }

    /** Two axes exchanged. */
    public Tensor transpose(int first, int second) {
        int[] axes = IntStream.range(0, shape().rank()).toArray();
        int a = Math.toIntExact(axis(first));
        int b = Math.toIntExact(axis(second));
        axes[a] = b;
        axes[b] = a;
        return permute(axes);
    }

    /** The elements from {@code from} up to, but not with, {@code to} along an axis. */
    public Tensor slice(int axis, long from, long to) {
        return op(
                ShapingOps.SLICE,
                Attributes.of("axis", axis(axis)).with("from", from).with("to", to));
    }

    /** This and others joined along an axis. */
    public Tensor concat(int axis, List<Tensor> others) {
        return op(ShapingOps.CONCAT, Attributes.of("axis", axis(axis)), others.toArray(Tensor[]::new));
    }

    /** Sizes of 1 stretched to a shape. */
    public Tensor expand(Shape shape) {
        return shape.equals(shape()) ? this : op(ShapingOps.EXPAND, Attributes.of("shape", shape));
    }

    /** The sum over axes, which are kept with size 1 if told to. */
    public Tensor sum(boolean keep, int... axes) {
        return op(ReductionOps.SUM, reduction(keep, axes));
    }

    /** The mean over axes, which are kept with size 1 if told to; no axes for the mean of everything. */
    public Tensor mean(boolean keep, int... axes) {
        return op(ReductionOps.MEAN, reduction(keep, axes));
    }

    /** The mean of all elements, batch included. */
    public Tensor mean() {
        return mean(false, IntStream.range(0, shape().rank()).toArray());
    }

    /** The sum of all elements, batch included. */
    public Tensor sum() {
        return sum(false, IntStream.range(0, shape().rank()).toArray());
    }

    /** The largest value along an axis, which goes. */
    public Tensor max(int axis) {
        return op(ReductionOps.MAX, Attributes.of("axis", axis(axis)).with("keep", false));
    }

    /** Where along an axis the largest value is, as 64-bit integers; the axis goes. */
    public Tensor argmax(int axis) {
        return op(ReductionOps.ARGMAX, Attributes.of("axis", axis(axis)));
    }

    /**
     * Class numbers as rows of zeros with a one in their place: 32-bit floats, with a last axis more.
     *
     * @param classes how long a row is, at least 1; a number outside of 0 to {@code classes - 1} ends the run
     * @throws ShapeException when these are not 64-bit integers
     */
    public Tensor oneHot(long classes) {
        if (dtype() != DType.INT64) {
            throw new ShapeException("oneHot needs class numbers, 64-bit integers, got " + type());
        }
        return op(SequenceOps.ONE_HOT, Attributes.of("classes", classes)).cast(DType.FLOAT32);
    }

    /** The same values as another element type. */
    public Tensor cast(DType dtype) {
        return dtype == dtype() ? this : op(ArithmeticOps.CAST, Attributes.of("dtype", dtype));
    }

    /** Summed down to a shape that stretches to this one: the gradient of stretching. */
    Tensor sumTo(Shape shape) {
        if (shape.equals(shape())) {
            return this;
        }
        int lead = shape().rank() - shape.rank();
        int[] axes = IntStream.range(0, shape().rank())
                .filter(axis -> axis < lead || (shape.size(axis - lead) == 1 && size(axis) != 1))
                .toArray();
        return sum(true, axes).reshape(shape);
    }

    private Attributes reduction(boolean keep, int... axes) {
        return Attributes.of(
                        "axes", IntStream.of(axes).mapToObj(axis -> axis(axis)).toList())
                .with("keep", keep);
    }

    /** A negative axis made positive. */
    public long axis(int axis) {
        int rank = shape().rank();
        if (axis < -rank || axis >= rank) {
            throw new ShapeException("there is no axis " + axis + " in shape " + shape() + ", which has " + rank
                    + (rank == 1 ? " axis" : " axes"));
        }
        return axis < 0 ? axis + rank : axis;
    }

    @Override
    public String toString() {
        return "%" + node.id() + (index == 0 ? "" : "." + index);
    }
}
