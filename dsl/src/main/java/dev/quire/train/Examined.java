package dev.quire.train;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.table.Nearest;
import dev.quire.graph.DType;
import dev.quire.metric.Classification;
import dev.quire.metric.Metric;
import dev.quire.metric.Regression;
import dev.quire.metric.ScoreMetrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is measured over all predictions of a split at once.
 *
 * @param names of the metrics, in the order they were asked for
 * @param classes of the data; empty for numbers
 */
record Examined(List<String> names, List<String> classes) {
    /** What every run measures anyway. */
    private static final List<String> USUAL =
            List.of(Metric.accuracy().name(), Metric.meanAbsoluteError().name(), "loss");

    Examined {
        names = List.copyOf(names);
        classes = List.copyOf(classes);
    }

    static Examined of(List<String> asked, Dataset data, Loss loss) {
        List<String> names =
                asked.stream().filter(name -> !USUAL.contains(name)).distinct().toList();
        if (names.isEmpty()) {
            return new Examined(List.of(), List.of());
        }
        boolean isClass = data.target().type() == DType.INT64;
        List<String> known = isClass ? ScoreMetrics.classificationNames() : ScoreMetrics.regressionNames();
        if (isClass && (data.target().shape().rank() != 0 || data.classes().size() < 2)) {
            throw new QuireException("metrics: " + String.join(", ", names) + " need one class an example, "
                    + data.name() + " has none: leave them out");
        }
        for (String name : names) {
            boolean isKnown = isClass
                    ? ScoreMetrics.ofClassification(name).isPresent()
                    : ScoreMetrics.ofRegression(name).isPresent();
            if (!isKnown) {
                throw new QuireException("metrics: there is no metric '" + name + "' for "
                        + (isClass ? "classes" : "numbers")
                        + Nearest.of(name, known, ", did you mean", "; there are"));
            }
        }
        if (data.validationSplit().isEmpty()) {
            throw new QuireException(
                    "metrics: " + String.join(", ", names) + " are measured on a validation split, and " + data.name()
                            + " has none: make one with data.validation(0.1)");
        }
        return new Examined(names, isClass ? data.classes() : List.of());
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** The figures, each name with a prefix. */
    Map<String, Double> figures(String prefix, float[] outputs, float[] targets) {
        Map<String, Double> out = new LinkedHashMap<>();
        if (classes.isEmpty()) {
            Regression regression = Regression.of(outputs, targets);
            names.forEach(name -> ScoreMetrics.ofRegression(name)
                    .ifPresent(metric -> out.put(prefix + name, metric.applyAsDouble(regression))));
        } else {
            Classification said = Answers.classification(classes, outputs, labels(targets));
            names.forEach(name -> ScoreMetrics.ofClassification(name)
                    .ifPresent(metric -> out.put(prefix + name, metric.applyAsDouble(said))));
        }
        return out;
    }

    private static int[] labels(float[] targets) {
        int[] out = new int[targets.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.round(targets[i]);
        }
        return out;
    }
}
