package dev.quire.model;

import dev.quire.graph.Init;
import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;
import java.util.List;

/**
 * Puts a learned row before a sequence, where a vision transformer gathers what is to be said of it all, Dosovitskiy et
 * al. 2020: {@code [N, length, units]} to {@code [N, length + 1, units]}. The row starts standard normal.
 */
public record ClassToken() implements Unary {
    @Override
    public Tensor forward(Scope scope, Tensor input) {
        Sequences.expect(input);
        Tensor weight = scope.parameter("weight", new Init.Normal(1), 1, 1, input.size(2));
        Tensor row = weight.expand(Shape.of(input.size(0), 1, input.size(2)));
        return row.concat(1, List.of(input));
    }

    @Override
    public String toString() {
        return "classToken()";
    }
}
