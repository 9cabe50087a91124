package dev.quire.run;

/**
 * An example, what the network said of it, and how wrong that was.
 *
 * @param prediction what was said
 * @param loss for classes minus the logarithm of the probability of the true one; for numbers the mean squared error
 */
public record Judged(Prediction prediction, double loss) {
    @Override
    public String toString() {
        return prediction.example() + ", said " + prediction + ", loss "
                + String.format(java.util.Locale.ROOT, "%.4g", loss);
    }
}
