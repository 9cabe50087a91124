package dev.quire.metric;

import dev.quire.QuireException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How often each class was taken for each.
 *
 * @param classes the class names
 * @param counts examples by true class (rows) and predicted class (columns)
 */
public record ConfusionMatrix(List<String> classes, long[][] counts) {
    /** Examples of one class that were taken for another. */
    public record Confusion(String truth, String predicted, long count) {}

    public ConfusionMatrix {
        classes = List.copyOf(classes);
        int n = classes.size();
        counts = copy(counts);
        if (counts.length != n || Arrays.stream(counts).anyMatch(row -> row.length != n)) {
            throw new QuireException("a confusion matrix of " + n + " classes needs " + n + "x" + n + " counts");
        }
    }

    /**
     * Counts class numbers.
     *
     * @param truth the class of each example
     * @param predicted what was predicted for it
     */
    public static ConfusionMatrix of(List<String> classes, int[] truth, int[] predicted) {
        if (truth.length != predicted.length) {
            throw new QuireException(truth.length + " true classes, " + predicted.length + " predicted ones");
        }
        long[][] counts = new long[classes.size()][classes.size()];
        for (int i = 0; i < truth.length; i++) {
            if (Math.min(truth[i], predicted[i]) < 0 || Math.max(truth[i], predicted[i]) >= classes.size()) {
                throw new QuireException("example %d is of class %d and was taken for %d: classes are 0 to %d"
                        .formatted(i, truth[i], predicted[i], classes.size() - 1));
            }
            counts[truth[i]][predicted[i]]++;
        }
        return new ConfusionMatrix(classes, counts);
    }

    @Override
    public long[][] counts() {
        return copy(counts);
    }

    /** The examples of a class taken for a class. */
    public long count(int truth, int predicted) {
        return counts[truth][predicted];
    }

    /** The examples of a class. */
    public long count(int truth) {
        return Arrays.stream(counts[truth]).sum();
    }

    /** All examples. */
    public long total() {
        return IntStream.range(0, counts.length).mapToLong(this::count).sum();
    }

    /** The fraction that was right, 0 to 1; NaN without examples. */
    public double accuracy() {
        long right =
                IntStream.range(0, counts.length).mapToLong(i -> counts[i][i]).sum();
        return (double) right / total();
    }

    /** Of what was taken for the class, the fraction that is; 0 when nothing was taken for it. */
    public double precision(int i) {
        return ratio(counts[i][i], predicted(i));
    }

    /** Of what is of the class, the fraction that was found; 0 when there is none. */
    public double recall(int i) {
        return ratio(counts[i][i], count(i));
    }

    /** The harmonic mean of precision and recall. */
    public double f1(int i) {
        double sum = precision(i) + recall(i);
        return sum == 0 ? 0 : 2 * precision(i) * recall(i) / sum;
    }

    /** The mean of the precision over the classes, each with the same weight. */
    public double precision() {
        return mean(this::precision);
    }

    /** The mean of the recall over the classes, each with the same weight. */
    public double recall() {
        return mean(this::recall);
    }

    /** The mean of F1 over the classes, each with the same weight. */
    public double f1() {
        return mean(this::f1);
    }

    /**
     * Cohen's kappa: the agreement beyond what chance would give with these totals; 1 where all agree, 0 for chance, NaN
     * where chance alone would agree always.
     */
    public double kappa() {
        double expected = 0;
        for (int i = 0; i < counts.length; i++) {
            expected += (double) count(i) * predicted(i);
        }
        expected /= (double) total() * total();
        return expected == 1 ? Double.NaN : (accuracy() - expected) / (1 - expected);
    }

    /**
     * The correlation of Matthews, for several classes as in Gorodkin 2004: from -1 to 1, 0 for chance, also where only
     * one class was predicted.
     */
    public double matthews() {
        double total = total();
        double right = accuracy() * total;
        double both = 0;
        double truthSquares = 0;
        double predictedSquares = 0;
        for (int i = 0; i < counts.length; i++) {
            both += (double) count(i) * predicted(i);
            truthSquares += (double) count(i) * count(i);
            predictedSquares += (double) predicted(i) * predicted(i);
        }
        double spread = Math.sqrt((total * total - truthSquares) * (total * total - predictedSquares));
        return spread == 0 ? 0 : (right * total - both) / spread;
    }

    /** The examples that were taken for a class. */
    public long predicted(int i) {
        return Arrays.stream(counts).mapToLong(row -> row[i]).sum();
    }

    /** What was most often taken for something else: at most n, the most frequent first. */
    public List<Confusion> mostConfused(int n) {
        List<Confusion> out = new ArrayList<>();
        for (int truth = 0; truth < counts.length; truth++) {
            for (int predicted = 0; predicted < counts.length; predicted++) {
                if (truth != predicted && counts[truth][predicted] > 0) {
                    out.add(new Confusion(classes.get(truth), classes.get(predicted), counts[truth][predicted]));
                }
            }
        }
        out.sort(Comparator.comparingLong(Confusion::count).reversed());
        return List.copyOf(out.subList(0, Math.min(n, out.size())));
    }

    private double mean(IntToDoubleFunction of) {
        return IntStream.range(0, counts.length).mapToDouble(of).average().orElse(Double.NaN);
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static long[][] copy(long[][] of) {
        return Arrays.stream(of).map(long[]::clone).toArray(long[][]::new);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConfusionMatrix matrix
                && classes.equals(matrix.classes)
                && Arrays.deepEquals(counts, matrix.counts);
    }

    @Override
    public int hashCode() {
        return 31 * classes.hashCode() + Arrays.deepHashCode(counts);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "ConfusionMatrix[%d classes, %,d examples, accuracy %.4f]",
                classes.size(),
                total(),
                accuracy());
    }
}
