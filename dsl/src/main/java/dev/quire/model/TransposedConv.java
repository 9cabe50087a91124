package dev.quire.model;

import dev.quire.QuireException;
import dev.quire.graph.Attributes;
import dev.quire.graph.ConvolutionOps;
import dev.quire.graph.Init;
import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A transposed convolution, which makes its input larger by its stride. Along each axis the output has
 * {@code (in - 1) * stride - 2 * padding + dilation * (kernel - 1) + outputPadding + 1} places; {@code same()} chooses
 * both paddings such that it has {@code in * stride}. Starts as PyTorch's {@code ConvTranspose1d} and
 * {@code ConvTranspose2d}; the weight is {@code [in, filters / groups, kernel...]}.
 *
 * @param filters output channels, at least 1
 * @param window what one input place spreads to; no padding unless told
 * @param outputPadding places added at the end of each axis; empty for none
 * @param groups parts that input and output channels are divided into
 * @param bias whether to add a bias
 */
public record TransposedConv(int filters, Window window, List<Integer> outputPadding, int groups, boolean bias)
        implements Unary {
    public TransposedConv {
        Check.positive("transposedConv", "filters", filters);
        Check.positive("transposedConv", "groups", groups);
        window.check("transposedConv");
        outputPadding = outputPadding.size() == window.axes()
                ? List.copyOf(outputPadding)
                : Collections.nCopies(window.axes(), outputPadding.isEmpty() ? 0 : outputPadding.get(0));
        for (int i = 0; i < window.axes(); i++) {
            int largest = largestAdded(window, i);
            if (outputPadding.get(i) < 0 || outputPadding.get(i) > largest) {
                throw new QuireException("transposedConv: outputPadding must be at least 0 and less than the stride"
                        + " or the dilation, here at most " + largest + ", got " + outputPadding.get(i));
            }
        }
        if (window.same() && outputPadding.stream().anyMatch(value -> value != 0)) {
            throw new QuireException("transposedConv: same() chooses the output padding, leave out outputPadding("
                    + Window.join(outputPadding) + ")");
        }
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        window.fits(input, "put reshape(…) before it");
        long in = input.size(1);
        if (in % groups != 0 || filters % groups != 0) {
            throw new ShapeException(
                    "groups(" + groups + ") must divide its " + in + " input channels and its " + filters + " filters");
        }
        long[] sizes = new long[window.axes() + 2];
        sizes[0] = in;
        sizes[1] = filters / groups;
        long fanIn = sizes[1];
        List<Long> padding = new ArrayList<>();
        List<Long> added = new ArrayList<>();
        List<Integer> trimmed = new ArrayList<>();
        for (int i = 0; i < window.axes(); i++) {
            sizes[i + 2] = window.kernel().get(i);
            fanIn *= sizes[i + 2];
            long excess = window.reach(i) - window.stride().get(i);
            long cut = window.same()
                    ? Math.max(0, (excess + 1) / 2)
                    : window.padding().get(i);
            long more = window.same() ? 2 * cut - excess : outputPadding.get(i);
            // The op adds less than a stride or dilation: where that is nothing, a place is cut off at the start
            // instead.
            if (window.same() && more > largestAdded(window, i)) {
                trimmed.add(i + 2);
                cut--;
                more = 0;
            }
            padding.add(cut);
            added.add(more);
            long out = (input.size(i + 2) - 1) * window.stride().get(i) - 2 * cut + window.reach(i) + more;
            if (out < 1) {
                throw new ShapeException("padding(" + cut + ") leaves nothing of its output for the input "
                        + input.shape().unbatched() + ": use less padding");
            }
        }
        Tensor weight = scope.parameter("weight", Init.fanIn(fanIn), sizes);
        Attributes attributes = Conv.attributes(window, padding, groups)
                .with("transposed", true)
                .with("output_padding", added);
        Tensor out = bias
                ? input.with(
                        ConvolutionOps.CONVOLUTION,
                        attributes,
                        weight,
                        scope.parameter("bias", Init.fanIn(fanIn), filters))
                : input.with(ConvolutionOps.CONVOLUTION, attributes, weight);
        for (int axis : trimmed) {
            out = out.slice(axis, 1, out.size(axis));
        }
        return out;
    }

    private static int largestAdded(Window window, int axis) {
        return Math.max(window.stride().get(axis), window.dilation().get(axis)) - 1;
    }

    @Override
    public String toString() {
        return (window.axes() == 1 ? "transposedConv1d(" : "transposedConv(") + filters + ", " + window.size()
                + window.options(window.ones())
                + (outputPadding.stream().anyMatch(value -> value != 0)
                        ? ", outputPadding(" + Window.join(outputPadding) + ")"
                        : "")
                + (groups == 1 ? "" : ", groups(" + groups + ")") + (bias ? ")" : ", noBias())");
    }
}
