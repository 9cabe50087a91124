package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Layers with a way past them: {@code x + body(x)}, He et al. 2015. The body must keep the shape. Its parameters are
 * named by position.
 *
 * @param body one after another
 */
public record Residual(List<Layer> body) implements Unary {
    public Residual {
        body = List.copyOf(body);
        Check.some("residual", "layer", body);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        Tensor out = Placement.one(new Sequential(body).apply(scope, List.of(input)));
        if (!out.shape().equals(input.shape())) {
            throw new ShapeException("its body gives " + out.shape().unbatched() + ", expected its input's shape "
                    + input.shape().unbatched()
                    + ": change the body, or use add(sequential(…), conv(…, 1)) with a layer on the way past too");
        }
        return input.add(out);
    }

    @Override
    public String toString() {
        return body.stream().map(Object::toString).collect(Collectors.joining(", ", "residual(", ")"));
    }
}
