package dev.quire.model;

import dev.quire.QuireException;
import dev.quire.graph.Attributes;
import dev.quire.graph.ShapeException;
import dev.quire.graph.ShapingOps;
import dev.quire.graph.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a convolution or pooling looks at: one number for each axis it slides along, one axis for sequences and two for
 * images.
 *
 * <p>The convention of the whole library: there is no padding unless told. {@code padding(p)} adds {@code p} places on
 * both sides. {@code same()} adds {@code dilation * (kernel - 1)} places in all, half of them (rounded down) before, so
 * that the output has {@code ceil(size / stride)} places; for odd kernels that is {@code padding((kernel - 1) / 2)}.
 *
 * @param kernel places looked at
 * @param stride places moved on; empty for 1
 * @param padding places added on both sides; empty for none
 * @param same whether padding follows from the kernel
 * @param dilation distance of the places looked at; empty for 1
 */
public record Window(
        List<Integer> kernel, List<Integer> stride, List<Integer> padding, boolean same, List<Integer> dilation) {
    public Window {
        kernel = List.copyOf(kernel);
        stride = fill("stride", stride, kernel.size(), 1);
        padding = fill("padding", padding, kernel.size(), 0);
        dilation = fill("dilation", dilation, kernel.size(), 1);
    }

    private static List<Integer> fill(String word, List<Integer> values, int axes, int otherwise) {
        if (values.size() > 1 && values.size() != axes) {
            throw new QuireException(word + values + " has " + values.size() + " values, the kernel has " + axes
                    + ": give one value for all axes, or one for each");
        }
        return values.size() == axes
                ? List.copyOf(values)
                : Collections.nCopies(axes, values.isEmpty() ? otherwise : values.get(0));
    }

    /** A window of a kernel and the options a user gave. */
    static Window of(Options options, List<Integer> stride, int... kernel) {
        return new Window(
                java.util.stream.IntStream.of(kernel).boxed().toList(),
                options.has("stride") ? options.numbers("stride") : stride,
                options.numbers("padding"),
                options.has("same"),
                options.numbers("dilation"));
    }

    /** Refuses numbers that make no window. */
    void check(String layer) {
        if (kernel.isEmpty() || kernel.size() > 2) {
            throw new QuireException(layer + ": the kernel must have 1 or 2 sizes, got " + kernel);
        }
        kernel.forEach(value -> Check.positive(layer, "kernel", value));
        stride.forEach(value -> Check.positive(layer, "stride", value));
        dilation.forEach(value -> Check.positive(layer, "dilation", value));
        padding.forEach(value -> Check.atLeast(layer, "padding", value, 0));
        if (same && padding.stream().anyMatch(value -> value != 0)) {
            throw new QuireException(layer + ": padding(" + join(padding) + ") and same() exclude each other");
        }
    }

    /** The axes the window slides along. */
    int axes() {
        return kernel.size();
    }

    /** The places between the first and last looked at along an axis, both included. */
    long reach(int axis) {
        return (long) dilation.get(axis) * (kernel.get(axis) - 1) + 1;
    }

    /** Refuses an input of another rank. */
    void fits(Tensor input, String remedy) {
        if (input.shape().rank() != axes() + 2) {
            throw new ShapeException("expects " + (axes() == 1 ? "channels and length" : "channels, height and width")
                    + ", got " + input.shape().unbatched() + ": " + remedy);
        }
    }

    /**
     * An input with what must be padded by an op of its own, and the padding that is left to the op.
     *
     * @param value what uneven padding is filled with
     */
    Padded pad(Tensor input, double value) {
        if (!same) {
            return new Padded(input, longs(padding));
        }
        List<Long> half = new ArrayList<>();
        List<Long> amounts = new ArrayList<>();
        boolean even = true;
        for (int axis = axes() - 1; axis >= 0; axis--) {
            long total = reach(axis) - 1;
            half.add(0, total / 2);
            amounts.add(total / 2);
            amounts.add(total - total / 2);
            even &= total % 2 == 0;
        }
        if (even) {
            return new Padded(input, half);
        }
        Tensor padded = input.with(
                ShapingOps.PAD, Attributes.of("amounts", List.copyOf(amounts)).with("value", value));
        return new Padded(padded, Collections.nCopies(axes(), 0L));
    }

    record Padded(Tensor input, List<Long> padding) {}

    static List<Long> longs(List<Integer> values) {
        return values.stream().map(Integer::longValue).toList();
    }

    /** The kernel as arguments: {@code 3}, or {@code 3, 5}. */
    String size() {
        return join(kernel);
    }

    /** The options as arguments, each after a comma; a stride is left out where it is the usual one. */
    String options(List<Integer> usualStride) {
        StringBuilder out = new StringBuilder();
        if (!stride.equals(usualStride)) {
            out.append(", stride(").append(join(stride)).append(')');
        }
        if (same) {
            out.append(", same()");
        }
        if (padding.stream().anyMatch(value -> value != 0)) {
            out.append(", padding(").append(join(padding)).append(')');
        }
        if (dilation.stream().anyMatch(value -> value != 1)) {
            out.append(", dilation(").append(join(dilation)).append(')');
        }
        return out.toString();
    }

    List<Integer> ones() {
        return Collections.nCopies(axes(), 1);
    }

    static String join(List<Integer> values) {
        return values.stream().distinct().count() == 1
                ? String.valueOf(values.get(0))
                : values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
