package dev.quire.train;

import dev.quire.QuireException;
import dev.quire.metric.Goal;

/**
 * Stops when a metric has not become better for some epochs.
 *
 * @param patience epochs to wait for a better one, at least 1
 * @param metric the column that decides: validation's where there is a validation split
 */
public record EarlyStop(int patience, String metric) implements Option {
    public EarlyStop {
        if (patience < 1) {
            throw new QuireException("earlyStop: the patience must be at least 1 epoch, got " + patience);
        }
    }

    @Override
    public TrainingSpec applyTo(TrainingSpec spec) {
        return spec.monitor(spec.monitor().earlyStop(this));
    }

    /** What is better: errors and losses are made small, all else large. */
    public Goal goal() {
        return Goal.of(metric);
    }
}
