package dev.quire.model;

import dev.quire.graph.Init;
import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.List;

/**
 * A score for each number, by the rows of an embedding that is shared under a name: {@code x W^T}, Press and Wolf 2017.
 * {@code [N, ..., units]} to {@code [N, ..., count]}. It has no parameters beside those.
 *
 * @param name that of {@code shared(name, embedding(count, units))}
 * @param count how many numbers the embedding has
 */
public record Unembedding(String name, int count) implements Unary {
    public Unembedding {
        Check.name("unembedding", name);
        Check.positive("unembedding", "count", count);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        if (!input.dtype().isFloating()) {
            throw new ShapeException(
                    "expects units, got " + input.type().with(input.shape().unbatched()));
        }
        int units = Math.toIntExact(input.size(-1));
        Shared table = new Shared(name, new Embedding(count, units));
        return scope.shared(
                        name,
                        table,
                        inner -> List.of(input.linear(inner.parameter("weight", new Init.Normal(1), count, units))))
                .get(0);
    }

    @Override
    public String toString() {
        return "unembedding(\"" + name + "\", " + count + ")";
    }
}
