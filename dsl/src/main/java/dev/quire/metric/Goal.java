package dev.quire.metric;

import java.util.List;

/** Which way a metric gets better. */
public enum Goal {
    /** Smaller is better, as for a loss or an error. */
    MIN,
    /** Larger is better, as for an accuracy. */
    MAX;

    private static final List<String> SMALLER_IS_BETTER = List.of("loss", "error", "mae", "mse");

    /** What is meant when nothing is said: {@code MIN} for losses and errors, by their name, else {@code MAX}. */
    public static Goal of(String metric) {
        return SMALLER_IS_BETTER.stream().anyMatch(metric::endsWith) ? MIN : MAX;
    }

    /** Whether a value is better than another; anything is better than NaN, and NaN than nothing. */
    public boolean isBetter(double value, double than) {
        if (Double.isNaN(value) || Double.isNaN(than)) {
            return !Double.isNaN(value);
        }
        return this == MIN ? value < than : value > than;
    }
}
