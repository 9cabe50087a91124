package dev.quire.metric;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Examples in the order of their scores: how many positives and negatives lie at or above each score. Examples of equal
 * score come together, so that their order cannot matter.
 */
final class Ranking {
    private final double[] thresholds;
    private final long[] truePositives;
    private final long[] falsePositives;

    private Ranking(double[] thresholds, long[] truePositives, long[] falsePositives) {
        this.thresholds = thresholds;
        this.truePositives = truePositives;
        this.falsePositives = falsePositives;
    }

    static Ranking of(int count, IntToDoubleFunction score, IntPredicate isPositive) {
        double[] scores = IntStream.range(0, count).mapToDouble(score).toArray();
        int[] order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] thresholds = new double[count];
        long[] positives = new long[count];
        long[] negatives = new long[count];
        int groups = 0;
        long positive = 0;
        for (int i = 0; i < count; i++) {
            positive += isPositive.test(order[i]) ? 1 : 0;
            if (i + 1 == count || scores[order[i + 1]] != scores[order[i]]) {
                thresholds[groups] = scores[order[i]];
                positives[groups] = positive;
                negatives[groups] = i + 1 - positive;
                groups++;
            }
        }
        return new Ranking(
                Arrays.copyOf(thresholds, groups), Arrays.copyOf(positives, groups), Arrays.copyOf(negatives, groups));
    }

    private long positives() {
        return thresholds.length == 0 ? 0 : truePositives[thresholds.length - 1];
    }

    private long negatives() {
        return thresholds.length == 0 ? 0 : falsePositives[thresholds.length - 1];
    }

    /**
     * The probability that a positive has a higher score than a negative, ties counting half (Hanley and McNeil 1982);
     * NaN without positives or negatives.
     */
    double areaUnderRoc() {
        double sum = 0;
        long beforePositive = 0;
        long beforeNegative = 0;
        for (int i = 0; i < thresholds.length; i++) {
            sum += (falsePositives[i] - beforeNegative) * 0.5 * (truePositives[i] + beforePositive);
            beforePositive = truePositives[i];
            beforeNegative = falsePositives[i];
        }
        double pairs = (double) positives() * negatives();
        return pairs == 0 ? Double.NaN : sum / pairs;
    }

    /** The mean of the precision at each positive, without interpolation; NaN without positives. */
    double averagePrecision() {
        double sum = 0;
        long before = 0;
        for (int i = 0; i < thresholds.length; i++) {
            sum += (truePositives[i] - before) * precision(i);
            before = truePositives[i];
        }
        return positives() == 0 ? Double.NaN : sum / positives();
    }

    private double precision(int i) {
        return (double) truePositives[i] / (truePositives[i] + falsePositives[i]);
    }

    /** From (0, 0) to (1, 1), without the points that lie on the line between their neighbours. */
    Curve roc(String name) {
        int[] corners =
                IntStream.range(0, thresholds.length).filter(this::isCorner).toArray();
        int n = corners.length + 1;
        double[] x = new double[n];
        double[] y = new double[n];
        double[] at = new double[n];
        at[0] = Double.POSITIVE_INFINITY;
        for (int i = 1; i < n; i++) {
            x[i] = (double) falsePositives[corners[i - 1]] / negatives();
            y[i] = (double) truePositives[corners[i - 1]] / positives();
            at[i] = thresholds[corners[i - 1]];
        }
        return new Curve(name, x, y, at, areaUnderRoc());
    }

    private boolean isCorner(int i) {
        if (i == 0 || i == thresholds.length - 1) {
            return true;
        }
        return truePositives[i + 1] - truePositives[i] != truePositives[i] - truePositives[i - 1]
                || falsePositives[i + 1] - falsePositives[i] != falsePositives[i] - falsePositives[i - 1];
    }

    /** Precision over recall, from recall 0 with precision 1 on. */
    Curve precisionRecall(String name) {
        int n = thresholds.length + 1;
        double[] x = new double[n];
        double[] y = new double[n];
        double[] at = new double[n];
        y[0] = 1;
        at[0] = Double.POSITIVE_INFINITY;
        for (int i = 1; i < n; i++) {
            x[i] = (double) truePositives[i - 1] / positives();
            y[i] = precision(i - 1);
            at[i] = thresholds[i - 1];
        }
        return new Curve(name, x, y, at, averagePrecision());
    }
}
