package dev.quire.train;

import dev.quire.data.Dataset;
import dev.quire.metric.Goal;
import dev.quire.metric.History;

/**
 * Which weights a run ends with: those of the epoch that was best by a metric.
 *
 * @param metric a column of the history; {@code accuracy} means that of the validation split where there is one
 * @param goal which way it gets better
 */
public record Best(String metric, Goal goal) implements Option {
    @Override
    public TrainingSpec applyTo(TrainingSpec spec) {
        return spec.monitor(spec.monitor().best(this));
    }

    /** The column that decides: nobody wants the weights that know the training examples best. */
    String column(Dataset data) {
        return data.validationSplit().isPresent() && !metric.startsWith(History.VALIDATION)
                ? History.VALIDATION + metric
                : metric;
    }
}
