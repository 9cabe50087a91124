package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;

/**
 * A convolution of each channel by itself: a {@link Conv} with as many groups as channels. Input
 * {@code [N, channels, length]} or {@code [N, channels, height, width]}, output with {@code multiplier} times the
 * channels.
 *
 * @param multiplier filters for each channel, at least 1
 * @param window what it looks at; no padding unless told, see {@link Window}
 * @param bias whether to add a bias
 */
public record DepthwiseConv(int multiplier, Window window, boolean bias) implements Unary {
    public DepthwiseConv {
        Check.positive("depthwiseConv", "multiplier", multiplier);
        window.check("depthwiseConv");
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        window.fits(input, Conv.remedy(window, input));
        int channels = Math.toIntExact(input.size(1));
        return Conv.convolve(scope, input, window, Math.multiplyExact(channels, multiplier), channels, bias);
    }

    @Override
    public String toString() {
        return (window.axes() == 1 ? "depthwiseConv1d(" : "depthwiseConv(")
                + window.size()
                + window.options(window.ones())
                + (multiplier == 1 ? "" : ", multiplier(" + multiplier + ")")
                + (bias ? ")" : ", noBias())");
    }
}
