package dev.quire.train;

import dev.quire.metric.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Loss and metrics summed over batches; the mean weighs each batch by its examples. */
final class Scores {
    private final List<Metric> metrics;
    private final long predictionsPerExample;
    private final double[] sums;
    private double loss;
    private final Examined examined;
    private final List<float[]> outputs = new ArrayList<>();
    private final List<float[]> targets = new ArrayList<>();
    private long examples;

    Scores(List<Metric> metrics, long predictionsPerExample) {
        this(metrics, new Examined(List.of(), List.of()), predictionsPerExample);
    }

    Scores(List<Metric> metrics, Examined examined, long predictionsPerExample) {
        this.examined = examined;
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

    /** Adds what was added up before. */
    void add(Snapshot.Sums before) {
        examples += before.examples();
        loss += before.loss();
        for (int i = 0; i < before.metrics().size(); i++) {
            sums[i] += before.metrics().get(i);
        }
    }

    /** What was added up so far. */
    Snapshot.Sums sums() {
        return new Snapshot.Sums(examples, loss, DoubleStream.of(sums).boxed().toList());
    }

    /** Adds what the network said of those examples, and what they are. */
    void add(float[] said, float[] truth) {
        outputs.add(said);
        targets.add(truth);
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
        if (!examined.isEmpty() && !outputs.isEmpty()) {
            out.putAll(examined.figures(prefix, joined(outputs), joined(targets)));
        }
        return out;
    }

    private static float[] joined(List<float[]> pieces) {
        float[] out = new float[pieces.stream().mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (float[] piece : pieces) {
            System.arraycopy(piece, 0, out, at, piece.length);
            at += piece.length;
        }
        return out;
    }
}
