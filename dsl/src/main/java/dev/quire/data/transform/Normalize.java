package dev.quire.data.transform;

import dev.quire.graph.DType;
import dev.quire.graph.Init;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * {@code (x - mean) / deviation}, with one mean and deviation for each channel (the first size of an example), or one
 * for all.
 *
 * @param means as many as channels or features, or one
 * @param deviations as many as means, each above 0
 */
public record Normalize(List<Double> means, List<Double> deviations) implements Transform {
    public Normalize {
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
        if (means.isEmpty() || means.size() != deviations.size()) {
            throw new IllegalArgumentException("normalize: " + means.size() + " means and " + deviations.size()
                    + " deviations: there must be as many of each, and at least one");
        }
        for (double deviation : deviations) {
            if (!(deviation > 0)) {
                throw new IllegalArgumentException(
                        "normalize: a deviation of " + deviation + ": every deviation must be above 0");
            }
        }
    }

    @Override
    public Tensor apply(Scope scope, Tensor input) {
        Tensor x = input.cast(DType.FLOAT32);
        if (means.size() == 1) {
            return x.sub(means.get(0)).div(deviations.get(0));
        }
        Tensor mean = constant(scope, "normalize_mean", x, means, value -> value);
        Tensor scale = constant(scope, "normalize_scale", x, deviations, value -> 1 / value);
        return x.sub(mean).mul(scale);
    }

    private static Tensor constant(
            Scope scope, String name, Tensor x, List<Double> values, DoubleUnaryOperator change) {
        long[] sizes = new long[x.shape().rank() - 1];
        java.util.Arrays.fill(sizes, 1);
        sizes[0] = values.size();
        List<Float> floats = values.stream()
                .map(value -> (float) change.applyAsDouble(value))
                .toList();
        return scope.buffer(name, DType.FLOAT32, new Init.Values(floats), sizes);
    }
}
