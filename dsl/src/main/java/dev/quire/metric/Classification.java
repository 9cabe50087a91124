package dev.quire.metric;

import dev.quire.QuireException;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a classifier said of examples, and what they are. All figures are exact: nothing is binned or sampled, and they
 * do not depend on how the examples were batched.
 */
public final class Classification {
    /** How many bins {@link #calibrationError()} has, as in Guo et al. 2017. */
    public static final int BINS = 15;

    /** A probability that stands for 0 in {@link #logLoss()}: the resolution of a 32-bit number. */
    private static final double SMALLEST = 0x1p-23;

    private final List<String> classes;
    private final float[] probabilities;
    private final int[] truth;

    private Classification(List<String> classes, float[] probabilities, int[] truth) {
        this.classes = classes;
        this.probabilities = probabilities;
        this.truth = truth;
    }

    /**
     * From probabilities.
     *
     * @param classes the class names, at least two
     * @param probabilities of each class, 0 to 1, one example after another
     * @param truth the class number of each example
     * @throws QuireException when the numbers do not fit each other
     */
    public static Classification of(List<String> classes, float[] probabilities, int[] truth) {
        int width = classes.size();
        if (width < 2) {
            throw new QuireException("a classification has " + width + " classes: it needs at least two");
        }
        if (probabilities.length != (long) width * truth.length) {
            throw new QuireException(String.format(
                    Locale.ROOT,
                    "%,d probabilities for %,d examples of %d classes: expected %,d",
                    probabilities.length,
                    truth.length,
                    width,
                    (long) width * truth.length));
        }
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] < 0 || truth[i] >= width) {
                throw new QuireException(
                        "example " + i + " is of class " + truth[i] + ": classes are 0 to " + (width - 1));
            }
        }
        return new Classification(List.copyOf(classes), probabilities.clone(), truth.clone());
    }

    /** From the numbers before the softmax; otherwise as {@link #of}. */
    public static Classification ofLogits(List<String> classes, float[] logits, int[] truth) {
        float[] probabilities = logits.clone();
        for (int i = 0; i + classes.size() <= probabilities.length; i += classes.size()) {
            softmax(probabilities, i, classes.size());
        }
        return of(classes, probabilities, truth);
    }

    /** From the numbers before the sigmoid, one an example: of two classes, the second's. */
    public static Classification ofLogit(List<String> classes, float[] logits, int[] truth) {
        float[] probabilities = new float[2 * logits.length];
        for (int i = 0; i < logits.length; i++) {
            double second = 1 / (1 + Math.exp(-logits[i]));
            probabilities[2 * i] = (float) (1 - second);
            probabilities[2 * i + 1] = (float) second;
        }
        return of(classes, probabilities, truth);
    }

    private static void softmax(float[] values, int from, int count) {
        double most = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + count; i++) {
            most = Math.max(most, values[i]);
        }
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += Math.exp(values[i] - most);
        }
        for (int i = from; i < from + count; i++) {
            values[i] = (float) (Math.exp(values[i] - most) / sum);
        }
    }

    public List<String> classes() {
        return classes;
    }

    /** How many examples there are. */
    public int count() {
        return truth.length;
    }

    /** The class number of an example. */
    public int truth(int example) {
        return truth[example];
    }

    /** The class number with the largest probability, the first of equals. */
    public int predicted(int example) {
        int best = 0;
        for (int i = 1; i < classes.size(); i++) {
            if (probability(example, i) > probability(example, best)) {
                best = i;
            }
        }
        return best;
    }

    /** The probability of a class, 0 to 1. */
    public float probability(int example, int number) {
        return probabilities[example * classes.size() + number];
    }

    /** The loss of one example: minus the logarithm of the probability of its class. */
    public double loss(int example) {
        return -Math.log(Math.max(SMALLEST, probability(example, truth[example])));
    }

    /** How often each class was taken for each; gives accuracy, precision, recall, F1, kappa and Matthews. */
    public ConfusionMatrix confusion() {
        return ConfusionMatrix.of(
                classes,
                truth,
                IntStream.range(0, truth.length).map(this::predicted).toArray());
    }

    /** The fraction that was right, 0 to 1. */
    public double accuracy() {
        return topK(1);
    }

    /**
     * The fraction whose class is among the k of the largest probability; of equals, the first.
     *
     * @param k at least 1
     */
    public double topK(int k) {
        if (k < 1) {
            throw new QuireException("top-k accuracy: k must be at least 1, got " + k);
        }
        return IntStream.range(0, truth.length).filter(i -> rank(i) < k).count() / (double) truth.length;
    }

    /** How many classes come before the true one. */
    private int rank(int example) {
        int own = truth[example];
        int before = 0;
        for (int i = 0; i < classes.size(); i++) {
            float other = probability(example, i);
            float mine = probability(example, own);
            before += other > mine || (other == mine && i < own) ? 1 : 0;
        }
        return before;
    }

    /** The mean of {@link #loss} over the examples. */
    public double logLoss() {
        return IntStream.range(0, truth.length)
                .mapToDouble(this::loss)
                .average()
                .orElse(Double.NaN);
    }

    /** {@link #calibrationError(int)} with 15 bins. */
    public double calibrationError() {
        return calibrationError(BINS);
    }

    /**
     * The expected calibration error (Guo et al. 2017): examples are put into bins of equal width by the largest
     * probability; the mean over the examples of the distance between a bin's accuracy and its mean probability.
     */
    public double calibrationError(int bins) {
        return calibration(bins).stream()
                        .mapToDouble(bin -> bin.count() * Math.abs(bin.accuracy() - bin.confidence()))
                        .sum()
                / truth.length;
    }

    /**
     * What a classifier was sure of, and how often it was right, for the predictions of one bin.
     *
     * @param from the smallest probability of the bin, itself not in it
     * @param to the largest probability of the bin
     * @param count the predictions in it
     * @param confidence the mean of their probabilities, 0 to 1
     * @param accuracy the fraction of them that was right, 0 to 1
     */
    public record Bin(double from, double to, long count, double confidence, double accuracy) {}

    /**
     * Predictions in bins of equal width by their probability, empty ones left out.
     *
     * @param bins how many, at least 1
     */
    public List<Bin> calibration(int bins) {
        double[] confidence = new double[bins];
        long[] right = new long[bins];
        long[] counts = new long[bins];
        for (int i = 0; i < truth.length; i++) {
            int predicted = predicted(i);
            double probability = probability(i, predicted);
            // A bin holds its upper edge, as in the paper.
            int bin = Math.max(0, Math.min(bins - 1, (int) Math.ceil(probability * bins) - 1));
            confidence[bin] += probability;
            right[bin] += predicted == truth[i] ? 1 : 0;
            counts[bin]++;
        }
        return IntStream.range(0, bins)
                .filter(i -> counts[i] > 0)
                .mapToObj(i -> new Bin(
                        (double) i / bins,
                        (i + 1.0) / bins,
                        counts[i],
                        confidence[i] / counts[i],
                        (double) right[i] / counts[i]))
                .toList();
    }

    private Ranking ranking(int number) {
        return Ranking.of(truth.length, i -> probability(i, number), i -> truth[i] == number);
    }

    /** Every pair of example and class as a case of its own. */
    private Ranking micro() {
        int width = classes.size();
        return Ranking.of(probabilities.length, i -> probabilities[i], i -> truth[i / width] == i % width);
    }

    /** The area under the ROC curve of a class against the others; NaN where it has no examples, or all of them. */
    public double auroc(int number) {
        return ranking(number).areaUnderRoc();
    }

    /** The mean of {@link #auroc(int)} over the classes that have one. */
    public double auroc() {
        return mean(this::auroc);
    }

    /** The area under the ROC curve over all pairs of example and class. */
    public double aurocMicro() {
        return micro().areaUnderRoc();
    }

    /** The area under precision and recall of a class against the others; NaN where it has no examples. */
    public double averagePrecision(int number) {
        return ranking(number).averagePrecision();
    }

    /** The mean of {@link #averagePrecision(int)} over the classes that have one. */
    public double averagePrecision() {
        return mean(this::averagePrecision);
    }

    /** The receiver operating characteristic of a class against the others. */
    public Curve roc(int number) {
        return ranking(number).roc(classes.get(number));
    }

    /** The receiver operating characteristic over all pairs of example and class. */
    public Curve rocMicro() {
        return micro().roc("micro");
    }

    /** Precision and recall of a class against the others. */
    public Curve precisionRecall(int number) {
        return ranking(number).precisionRecall(classes.get(number));
    }

    /** Precision and recall over all pairs of example and class. */
    public Curve precisionRecallMicro() {
        return micro().precisionRecall("micro");
    }

    private double mean(IntToDoubleFunction of) {
        return IntStream.range(0, classes.size())
                .mapToDouble(of)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "Classification[%d classes, %,d examples, accuracy %.4f]",
                classes.size(),
                count(),
                accuracy());
    }
}
