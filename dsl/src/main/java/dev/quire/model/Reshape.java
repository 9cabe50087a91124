package dev.quire.model;

import dev.quire.QuireException;
import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Each example's values in another shape.
 *
 * @param sizes without the batch; one of them may be -1, for whatever is left
 */
public record Reshape(List<Integer> sizes) implements Unary {
    public Reshape {
        sizes = List.copyOf(sizes);
        if (sizes.isEmpty()) {
            throw new QuireException("reshape: needs one size at least, as in reshape(1, 28, 28)");
        }
        if (sizes.stream().anyMatch(size -> size < 1 && size != -1)
                || sizes.stream().filter(size -> size == -1).count() > 1) {
            throw new QuireException(
                    "reshape: sizes must be at least 1, and one of them may be -1 for what is left, got " + sizes);
        }
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        long values = input.shape().unbatched().count();
        long known = sizes.stream()
                .mapToLong(Integer::longValue)
                .filter(size -> size > 0)
                .reduce(1, Math::multiplyExact);
        boolean open = sizes.contains(-1);
        if (open ? values % known != 0 : values != known) {
            throw new ShapeException("gives " + (open ? "a multiple of " : "") + known + " values, got "
                    + input.shape().unbatched() + " with " + values + ": a reshape keeps their number");
        }
        long[] to = new long[sizes.size() + 1];
        to[0] = input.size(0);
        for (int i = 0; i < sizes.size(); i++) {
            to[i + 1] = sizes.get(i) == -1 ? values / known : sizes.get(i);
        }
        return input.reshape(Shape.of(to));
    }

    @Override
    public String toString() {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(", ", "reshape(", ")"));
    }
}
