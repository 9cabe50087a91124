package dev.quire.metric;

import dev.quire.QuireException;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Numbers that were predicted, and what they should have been. */
public final class Regression {
    private final float[] predicted;
    private final float[] truth;

    private Regression(float[] predicted, float[] truth) {
        this.predicted = predicted;
        this.truth = truth;
    }

    /**
     * What was predicted, and what is true.
     *
     * @throws QuireException when there are not as many of one as of the other
     */
    public static Regression of(float[] predicted, float[] truth) {
        if (predicted.length != truth.length) {
            throw new QuireException(predicted.length + " predictions, " + truth.length + " targets");
        }
        return new Regression(predicted.clone(), truth.clone());
    }

    /** What was predicted. */
    public float[] predicted() {
        return predicted.clone();
    }

    /** What it should have been. */
    public float[] truth() {
        return truth.clone();
    }

    /** The mean squared error, in squared units of the target. */
    public double mse() {
        return squares() / truth.length;
    }

    /** The root of {@link #mse}, in units of the target. */
    public double rmse() {
        return Math.sqrt(mse());
    }

    /** The mean absolute error, in units of the target. */
    public double mae() {
        return IntStream.range(0, truth.length)
                .mapToDouble(i -> Math.abs((double) predicted[i] - truth[i]))
                .average()
                .orElse(Double.NaN);
    }

    /**
     * The coefficient of determination: 1 for predictions without error, 0 for always the mean of the targets; NaN
     * where all targets are the same.
     */
    public double r2() {
        double mean = IntStream.range(0, truth.length)
                .mapToDouble(i -> truth[i])
                .average()
                .orElse(Double.NaN);
        double spread = IntStream.range(0, truth.length)
                .mapToDouble(i -> (truth[i] - mean) * (truth[i] - mean))
                .sum();
        return spread == 0 ? Double.NaN : 1 - squares() / spread;
    }

    private double squares() {
        return IntStream.range(0, truth.length)
                .mapToDouble(i -> (double) predicted[i] - truth[i])
                .map(difference -> difference * difference)
                .sum();
    }

    @Override
    public String toString() {
        return "Regression[" + truth.length + " values, rmse " + rmse() + ", first "
                + Arrays.toString(Arrays.copyOf(predicted, Math.min(3, predicted.length))) + "]";
    }
}
