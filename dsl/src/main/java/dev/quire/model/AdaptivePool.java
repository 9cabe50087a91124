package dev.quire.model;

import dev.quire.QuireException;
import dev.quire.graph.Attributes;
import dev.quire.graph.PoolingOps;
import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.List;

/**
 * The largest or the mean of windows chosen so that the output has a size of its own, whatever the input's. Input
 * {@code [N, channels, length]} or {@code [N, channels, height, width]}.
 *
 * @param kind the largest or the mean
 * @param size the output's size: one number for sequences, two for images
 */
public record AdaptivePool(Pool.Kind kind, List<Integer> size) implements Unary {
    public AdaptivePool {
        size = List.copyOf(size);
        if (size.isEmpty() || size.size() > 2) {
            throw new QuireException(word(kind) + ": the size must have 1 or 2 numbers, got " + size);
        }
        for (int value : size) {
            Check.positive(word(kind), "size", value);
        }
    }

    /** The word that makes it. */
    static String word(Pool.Kind kind) {
        return kind == Pool.Kind.MAX ? "adaptiveMaxPool" : "adaptiveAveragePool";
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        boolean flat = size.size() == 1;
        if (input.shape().rank() != size.size() + 2) {
            throw new ShapeException("expects " + (flat ? "channels and length" : "channels, height and width")
                    + ", got " + input.shape().unbatched()
                    + (input.shape().rank() == 3 ? ": use " + word(kind) + "1d for sequences" : ""));
        }
        if (kind == Pool.Kind.AVERAGE && size.stream().allMatch(value -> value == 1)) {
            return flat ? input.mean(true, 2) : input.mean(true, 2, 3);
        }
        Tensor image = flat ? Images.of(input) : input;
        List<Long> to = flat ? List.of(1L, (long) size.get(0)) : Window.longs(size);
        Tensor out = image.with(
                kind == Pool.Kind.MAX ? PoolingOps.ADAPTIVE_MAX_POOL : PoolingOps.ADAPTIVE_AVERAGE_POOL,
                Attributes.of("size", to));
        return flat ? Images.sequence(out) : out;
    }

    @Override
    public String toString() {
        return word(kind) + (size.size() == 1 ? "1d(" : "(") + Window.join(size) + ")";
    }
}
