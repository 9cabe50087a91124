package dev.quire.train;

import dev.quire.metric.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Loss and metrics summed over batches; the mean weighs each batch by its examples. */
final class Scores {
    private final List<Metric> metrics;
    private final long predictionsPerExample;
    private final double[] sums;
    private double loss;
    private long examples;

    Scores(List<Metric> metrics, long predictionsPerExample) {
        this.metrics = metrics;
        this.predictionsPerExample = predictionsPerExample;
        this.sums = new double[metrics.size()];
    }

    /** Adds batches of up to {@code batch} examples each, the last of which may be smaller. */
    void add(float[] losses, float[] metricSums, int batch, long count) {
        long left = count;
        for (int i = 0; i < losses.length; i++) {
            long size = Math.min(batch, left);
            loss += (double) losses[i] * size;
            for (int j = 0; j < sums.length; j++) {
                sums[j] += metricSums[i * sums.length + j];
            }
            left -= size;
        }
        examples += count;
    }

    long examples() {
        return examples;
    }

    /** The means so far, each name with a prefix. */
    Map<String, Double> means(String prefix) {
        Map<String, Double> out = new LinkedHashMap<>();
        out.put(prefix + "loss", loss / examples);
        for (int i = 0; i < sums.length; i++) {
            out.put(prefix + metrics.get(i).name(), sums[i] / (examples * predictionsPerExample));
        }
        return out;
    }
}
