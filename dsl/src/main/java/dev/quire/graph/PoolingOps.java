package dev.quire.graph;

import java.util.List;

/** Pooling over the last two axes. One-axis pooling reshapes to it. */
public final class PoolingOps {
    private static final String WINDOW = "{kernel}, {stride}, {padding}";

    public static final Op MAX_POOL_BACKWARD = Op.of(
            "max_pool_backward",
            (inputs, attributes) -> inputs.get(1),
            "torch.max_pool2d_with_indices_backward({0}, {1}, " + WINDOW + ", {dilation}, {ceil}, {2})");
    /** The largest of each window, and where it was. */
    public static final Op MAX_POOL = Op.many(
                    "max_pool",
                    (inputs, attributes) -> {
                        TensorType out = pooled(inputs, attributes);
                        return List.of(out, out.with(DType.INT64));
                    },
                    "torch.max_pool2d_with_indices({0}, " + WINDOW + ", {dilation}, {ceil})")
            .gradient(b -> List.of(b.gradient().with(MAX_POOL_BACKWARD, b.attributes(), b.input(0), b.output(1))));

    public static final Op AVERAGE_POOL_BACKWARD = Op.of(
            "average_pool_backward",
            (inputs, attributes) -> inputs.get(1),
            "torch.avg_pool2d_backward({0}, {1}, " + WINDOW + ", {ceil}, {count_padding}, None)");
    public static final Op AVERAGE_POOL = Op.of(
                    "average_pool",
                    PoolingOps::pooled,
                    "torch.avg_pool2d({0}, " + WINDOW + ", {ceil}, {count_padding}, None)")
            .gradient(b -> List.of(b.gradient().with(AVERAGE_POOL_BACKWARD, b.attributes(), b.input(0))));
    public static final Op ADAPTIVE_AVERAGE_POOL_BACKWARD = Op.of(
            "adaptive_average_pool_backward",
            (inputs, attributes) -> inputs.get(1),
            "torch._adaptive_avg_pool2d_backward({0}, {1})");
    public static final Op ADAPTIVE_AVERAGE_POOL = Op.of(
                    "adaptive_average_pool", PoolingOps::adaptive, "torch.adaptive_avg_pool2d({0}, {size})")
            .gradient(b -> List.of(b.gradient().with(ADAPTIVE_AVERAGE_POOL_BACKWARD, Attributes.NONE, b.input(0))));
    public static final Op ADAPTIVE_MAX_POOL_BACKWARD = Op.of(
            "adaptive_max_pool_backward",
            (inputs, attributes) -> inputs.get(1),
            "torch.adaptive_max_pool2d_backward({0}, {1}, {2})");
    public static final Op ADAPTIVE_MAX_POOL = Op.many(
                    "adaptive_max_pool",
                    (inputs, attributes) -> {
                        TensorType out = adaptive(inputs, attributes);
                        return List.of(out, out.with(DType.INT64));
                    },
                    "torch.adaptive_max_pool2d({0}, {size})")
            .gradient(b ->
                    List.of(b.gradient().with(ADAPTIVE_MAX_POOL_BACKWARD, Attributes.NONE, b.input(0), b.output(1))));

    static final List<Op> ROWS = List.of(
            MAX_POOL,
            MAX_POOL_BACKWARD,
            AVERAGE_POOL,
            AVERAGE_POOL_BACKWARD,
            ADAPTIVE_AVERAGE_POOL,
            ADAPTIVE_AVERAGE_POOL_BACKWARD,
            ADAPTIVE_MAX_POOL,
            ADAPTIVE_MAX_POOL_BACKWARD);

    private PoolingOps() {}

    static TensorType pooled(List<TensorType> inputs, Attributes attributes) {
        TensorType input = inputs.get(0);
        Types.rank(input, 4, "channels, height and width");
        Shape shape = input.shape();
        for (int i = 0; i < 2; i++) {
            long in = shape.size(i + 2);
            long kernel = attributes.integers("kernel").get(i);
            long stride = attributes.integers("stride").get(i);
            long padding = attributes.integers("padding").get(i);
            if (in + 2 * padding < kernel) {
                throw new ShapeException("a window of " + kernel + " is larger than its input "
                        + input.shape().unbatched() + ": use a smaller window, or less pooling before it");
            }
            long room = in + 2 * padding - kernel;
            long count = room / stride + 1;
            // libtorch lets a last window hang over, if it starts inside the input or its left padding
            if (attributes.flag("ceil") && room % stride != 0 && count * stride < in + padding) {
                count++;
            }
            shape = shape.with(i + 2, count);
        }
        return input.with(shape);
    }

    private static TensorType adaptive(List<TensorType> inputs, Attributes attributes) {
        TensorType input = inputs.get(0);
        Types.rank(input, 4, "channels, height and width");
        List<Long> size = attributes.integers("size");
        return input.with(input.shape().with(2, size.get(0)).with(3, size.get(1)));
    }
}
