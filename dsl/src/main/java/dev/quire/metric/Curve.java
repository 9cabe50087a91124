package dev.quire.metric;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A curve over all thresholds, such as the receiver operating characteristic.
 *
 * @param name of what it is drawn for, a class or {@code micro}
 * @param x where its points are, each from 0 to 1: false positives for a ROC curve, recall for precision and recall
 * @param y true positives, or precision, each from 0 to 1
 * @param thresholds at and above which a score counts as positive, falling; infinity where nothing does
 * @param area below it, from 0 to 1; NaN where there are no positives, or no negatives for a ROC curve
 */
public record Curve(String name, double[] x, double[] y, double[] thresholds, double area) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Curve curve
                && name.equals(curve.name)
                && Arrays.equals(x, curve.x)
                && Arrays.equals(y, curve.y)
                && Arrays.equals(thresholds, curve.thresholds);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(thresholds);
    }

    @Override
    public String toString() {
        return "Curve[" + name + ", " + x.length + " points, area " + area + "]";
    }
}
