package dev.quire.model;

import dev.quire.graph.Attributes;
import dev.quire.graph.Init;
import dev.quire.graph.NormalizationOps;
import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Normalisation of each example over its last axes, Ba, Kiros and Hinton 2016. Output is shaped as the input.
 *
 * @param axes how many of the last axes, usually 1
 * @param eps added to the variance, usually 1e-5
 */
public record LayerNorm(int axes, double eps) implements Unary {
    public LayerNorm {
        Check.positive("layerNorm", "axes", axes);
        Check.positive("layerNorm", "eps", eps);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        int rank = input.shape().rank();
        if (axes >= rank) {
            throw new ShapeException("normalises the last " + axes + " axes, got "
                    + input.shape().unbatched() + " with " + (rank - 1) + ": use layerNorm(" + Math.max(1, rank - 1)
                    + ")");
        }
        List<Long> normalized = new ArrayList<>();
        for (int i = rank - axes; i < rank; i++) {
            normalized.add(input.size(i));
        }
        long[] sizes = normalized.stream().mapToLong(Long::longValue).toArray();
        Tensor weight = scope.parameter("weight", Init.ones(), sizes);
        Tensor bias = scope.parameter("bias", Init.zeros(), sizes);
        Attributes attributes = Attributes.of("sizes", List.copyOf(normalized)).with("eps", eps);
        return scope.node(NormalizationOps.LAYER_NORM, attributes, List.of(input, weight, bias))
                .output(0);
    }

    @Override
    public String toString() {
        String standard = axes == 1 ? "layerNorm()" : "layerNorm(" + axes + ")";
        return eps == 1e-5 ? standard : "layerNorm(" + axes + ", " + eps + ")";
    }
}
