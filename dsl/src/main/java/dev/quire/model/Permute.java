package dev.quire.model;

import dev.quire.QuireException;
import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Each example's axes in another order: {@code permute(2, 3, 1)} puts channels last, {@code permute(3, 1, 2)} puts them
 * first again.
 *
 * @param axes each of 1 to the number of axes once; the batch is axis 0 and stays
 */
public record Permute(List<Integer> axes) implements Unary {
    public Permute {
        axes = List.copyOf(axes);
        List<Integer> all = IntStream.rangeClosed(1, axes.size()).boxed().toList();
        if (axes.isEmpty() || !axes.stream().sorted().toList().equals(all)) {
            throw new QuireException("permute: expected each axis from 1 on once, as in permute(2, 3, 1), got " + axes);
        }
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        if (input.shape().rank() != axes.size() + 1) {
            throw new ShapeException("orders " + axes.size() + " axes, got "
                    + input.shape().unbatched() + ": name each of its axes once");
        }
        int[] to = new int[axes.size() + 1];
        for (int i = 0; i < axes.size(); i++) {
            to[i + 1] = axes.get(i);
        }
        return input.permute(to);
    }

    @Override
    public String toString() {
        return axes.stream().map(String::valueOf).collect(Collectors.joining(", ", "permute(", ")"));
    }
}
