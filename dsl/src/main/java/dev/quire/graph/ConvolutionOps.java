package dev.quire.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Convolutions of one and two axes, plain and transposed: one op with libtorch's general attributes. */
public final class ConvolutionOps {
    private static final String WINDOW = "{stride}, {padding}, {dilation}, {transposed}, {output_padding}, {groups}";

    public static final Op CONVOLUTION_BACKWARD = Op.many(
            "convolution_backward",
            (inputs, attributes) ->
                    List.of(inputs.get(1), inputs.get(2), inputs.get(2).with(Shape.of(attributes.integer("filters")))),
            "torch.convolution_backward({0}, {1}, {2}, [{filters}], " + WINDOW + ", {mask})");

    public static final Op CONVOLUTION = Op.of(
                    "convolution",
                    ConvolutionOps::output,
                    "torch._convolution({0}, {1}, {2?}, " + WINDOW + ", False, False, True, True)")
            .gradient(b -> {
                boolean bias = b.node().inputs().size() > 2;
                Attributes attributes = b.attributes()
                        .with("filters", b.gradient().size(1))
                        .with("mask", List.of(b.needs(0), b.needs(1), bias && b.needs(2)));
                Node back = b.node()
                        .builder()
                        .node(CONVOLUTION_BACKWARD, attributes, List.of(b.gradient(), b.input(0), b.input(1)));
                return bias
                        ? Arrays.asList(back.output(0), back.output(1), back.output(2))
                        : Arrays.asList(back.output(0), back.output(1));
            });

    static final List<Op> ROWS = List.of(CONVOLUTION, CONVOLUTION_BACKWARD);

    private ConvolutionOps() {}

    private static TensorType output(List<TensorType> inputs, Attributes attributes) {
        Shape x = inputs.get(0).shape();
        Shape weight = inputs.get(1).shape();
        int axes = weight.rank() - 2;
        boolean transposed = attributes.flag("transposed");
        long groups = attributes.integer("groups");
        List<Long> sizes = new ArrayList<>();
        sizes.add(x.size(0));
        sizes.add(transposed ? weight.size(1) * groups : weight.size(0));
        for (int i = 0; i < axes; i++) {
            long in = x.size(i + 2);
            long kernel = weight.size(i + 2);
            long stride = attributes.integers("stride").get(i);
            long padding = attributes.integers("padding").get(i);
            long reach = attributes.integers("dilation").get(i) * (kernel - 1);
            sizes.add(
                    transposed
                            ? (in - 1) * stride
                                    - 2 * padding
                                    + reach
                                    + attributes.integers("output_padding").get(i)
                                    + 1
                            : windows(in, reach + 1, stride, padding, x));
        }
        return inputs.get(0)
                .with(Shape.of(sizes.stream().mapToLong(Long::longValue).toArray()));
    }

    private static long windows(long in, long reach, long stride, long padding, Shape x) {
        if (in + 2 * padding < reach) {
            throw new ShapeException("a kernel that reaches over " + reach + " places is larger than its input "
                    + x.unbatched() + (padding == 0 ? "" : " with padding " + padding)
                    + ": use a smaller kernel, padding, or less pooling before it");
        }
        return (in + 2 * padding - reach) / stride + 1;
    }
}
