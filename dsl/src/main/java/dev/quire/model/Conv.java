package dev.quire.model;

import dev.quire.graph.Attributes;
import dev.quire.graph.ConvolutionOps;
import dev.quire.graph.Init;
import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.Collections;
import java.util.List;

/**
 * A convolution over one axis or two. Input {@code [N, channels, length]} or {@code [N, channels, height, width]},
 * output likewise with {@code filters} channels. Starts as PyTorch's {@code Conv1d} and {@code Conv2d}.
 *
 * @param filters output channels, at least 1
 * @param window what it looks at; no padding unless told, see {@link Window}
 * @param groups parts that input and output channels are divided into, each convolved by itself
 * @param bias whether to add a bias
 */
public record Conv(int filters, Window window, int groups, boolean bias) implements Unary {
    public Conv {
        Check.positive("conv", "filters", filters);
        Check.positive("conv", "groups", groups);
        window.check("conv");
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        window.fits(input, remedy(window, input));
        return convolve(scope, input, window, filters, groups, bias);
    }

    static String remedy(Window window, Tensor input) {
        if (window.axes() == 2 && input.shape().rank() == 3) {
            return "use conv1d for sequences, or reshape(1, height, width) before it for images without channels";
        }
        return window.axes() == 1 && input.shape().rank() == 4 ? "use conv for images" : "put reshape(…) before it";
    }

    static Tensor convolve(Scope scope, Tensor input, Window window, int filters, int groups, boolean bias) {
        long in = input.size(1);
        if (in % groups != 0 || filters % groups != 0) {
            throw new ShapeException(
                    "groups(" + groups + ") must divide its " + in + " input channels and its " + filters + " filters");
        }
        long[] sizes = new long[window.axes() + 2];
        sizes[0] = filters;
        sizes[1] = in / groups;
        long fanIn = sizes[1];
        for (int i = 0; i < window.axes(); i++) {
            sizes[i + 2] = window.kernel().get(i);
            fanIn *= sizes[i + 2];
        }
        Tensor weight = scope.parameter("weight", Init.fanIn(fanIn), sizes);
        Window.Padded padded = window.pad(input, 0);
        Attributes attributes = attributes(window, padded.padding(), groups)
                .with("transposed", false)
                .with("output_padding", Collections.nCopies(window.axes(), 0L));
        return bias
                ? padded.input()
                        .with(
                                ConvolutionOps.CONVOLUTION,
                                attributes,
                                weight,
                                scope.parameter("bias", Init.fanIn(fanIn), filters))
                : padded.input().with(ConvolutionOps.CONVOLUTION, attributes, weight);
    }

    static Attributes attributes(Window window, List<Long> padding, int groups) {
        return Attributes.of("stride", Window.longs(window.stride()))
                .with("padding", padding)
                .with("dilation", Window.longs(window.dilation()))
                .with("groups", groups);
    }

    @Override
    public String toString() {
        return (window.axes() == 1 ? "conv1d(" : "conv(") + filters + ", " + window.size()
                + window.options(window.ones()) + (groups == 1 ? "" : ", groups(" + groups + ")")
                + (bias ? ")" : ", noBias())");
    }
}
