package dev.quire.data.transform;

import dev.quire.graph.DType;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;
import java.util.Arrays;
import java.util.List;

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
        long[] sizes = new long[x.shape().rank() - 1];
        Arrays.fill(sizes, 1);
        sizes[0] = means.size();
        List<Double> scales =
                deviations.stream().map(deviation -> 1 / deviation).toList();
        return x.sub(scope.constant(means, sizes)).mul(scope.constant(scales, sizes));
    }
}
