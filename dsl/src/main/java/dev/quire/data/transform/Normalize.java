package dev.quire.data.transform;

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
}
