package dev.quire.model;

import dev.quire.QuireException;
import dev.quire.graph.Attributes;
import dev.quire.graph.PoolingOps;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;
import java.util.List;

/**
 * The largest or the mean of each window. Input {@code [N, channels, length]} or {@code [N, channels, height, width]}.
 * The stride is the window's size unless told. A mean counts padding as zeros, as PyTorch's does.
 *
 * @param kind the largest or the mean
 * @param window no padding unless told, see {@link Window}
 * @param ceil whether a last window may hang over the end
 */
public record Pool(Kind kind, Window window, boolean ceil) implements Unary {
    /** What comes out of a window. */
    public enum Kind {
        MAX("maxPool"),
        AVERAGE("averagePool");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word that makes it. */
        public String word() {
            return word;
        }
    }

    public Pool {
        window.check(kind.word);
        if (window.dilation().stream().anyMatch(value -> value != 1)) {
            throw new QuireException(kind.word + ": dilation does not apply to it");
        }
        for (int i = 0; i < window.axes(); i++) {
            if (window.padding().get(i) > window.kernel().get(i) / 2) {
                throw new QuireException(kind.word + ": padding must be at most half the window of "
                        + window.kernel().get(i) + ", got " + window.padding().get(i));
            }
        }
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        window.fits(
                input, input.shape().rank() == 3 ? "use " + kind.word + "1d for sequences" : "put it before flatten()");
        // the least float: infinity cannot be written in a program
        Window.Padded padded = window.pad(input, kind == Kind.MAX ? -Float.MAX_VALUE : 0);
        boolean flat = window.axes() == 1;
        Tensor image = flat ? Images.of(padded.input()) : padded.input();
        Attributes attributes = Attributes.of("kernel", two(Window.longs(window.kernel()), 1L))
                .with("stride", two(Window.longs(window.stride()), 1L))
                .with("padding", two(padded.padding(), 0L))
                .with("ceil", ceil);
        Tensor out = kind == Kind.MAX
                ? image.with(PoolingOps.MAX_POOL, attributes.with("dilation", List.of(1L, 1L)))
                : image.with(PoolingOps.AVERAGE_POOL, attributes.with("count_padding", true));
        return flat ? Images.sequence(out) : out;
    }

    private static List<Long> two(List<Long> values, long first) {
        return values.size() == 2 ? values : List.of(first, values.get(0));
    }

    @Override
    public String toString() {
        return kind.word
                + (window.axes() == 1 ? "1d(" : "(")
                + window.size()
                + window.options(window.kernel())
                + (ceil ? ", ceil())" : ")");
    }
}
