package dev.quire.run.replay;

import dev.quire.metric.History;
import dev.quire.run.StoredRun;
import dev.quire.store.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a run came out as its record says: step by step, metric by metric, and in its weights where both have them.
 *
 * @param isSame whether all is identical or within {@value #TOLERANCE}
 * @param lines the verdict first, then where each metric first differs
 */
public record Comparison(boolean isSame, List<String> lines) {
    /** How far apart two numbers may be, relative to the larger one where that is above 1. */
    public static final double TOLERANCE = 1e-6;

    private static final Set<String> TIMES = Set.of(History.EPOCH, History.SECONDS, History.EXAMPLES_PER_SECOND);

    private static final String WEIGHTS = "the weights";
    private static final String ENDED = "it ended after";

    /**
     * A pair of numbers that are not the same.
     *
     * @param after how many steps were done when they were measured
     * @param isMetric whether it is that of an epoch, which comes after the steps of it
     * @param what and where, as in {@code loss}
     * @param where as in {@code step 3}
     */
    private record Difference(long after, boolean isMetric, String what, String where, double before, double now) {
        double size() {
            return distance(before, now);
        }

        String words() {
            if (what.equals(ENDED)) {
                return "%s %,.0f steps instead of %,.0f".formatted(ENDED, now, before);
            }
            return what + " " + words(before, now);
        }

        private static String words(double before, double now) {
            for (int digits = 4; digits < 17; digits++) {
                String a = text(now, digits);
                String b = text(before, digits);
                if (!a.equals(b)) {
                    return a + " instead of " + b;
                }
            }
            return now + " instead of " + before;
        }

        private static String text(double value, int digits) {
            double size = Math.abs(value);
            return (size >= 1e-3 && size < 1e6) || value == 0
                    ? String.format(Locale.ROOT, "%." + digits + "f", value)
                    : String.format(Locale.ROOT, "%." + digits + "e", value);
        }
    }

    /**
     * Compares. Of a record that was stopped before its end, what there is of it.
     *
     * @param recorded what was
     * @param replayed what came out now
     */
    public static Comparison of(StoredRun recorded, StoredRun replayed) {
        boolean isWhole = Set.of("completed", "early_stop").contains(recorded.state());
        float[] before = recorded.losses();
        float[] now = replayed.losses();
        History history = recorded.history();
        History again = replayed.history();
        List<Difference> differences = new ArrayList<>();
        steps(differences, before, now, isWhole);
        long perEpoch = history.isEmpty() ? before.length : before.length / Math.max(1, history.epochs());
        List<String> columns = columns(history, again);
        for (String column : columns) {
            metric(differences, column, history, again, perEpoch, isWhole);
        }
        Optional<String> weights = isWhole ? weights(recorded, replayed, differences, before.length) : Optional.empty();
        String compared = "%,d %s, %,d %s%s"
                .formatted(
                        before.length,
                        before.length == 1 ? "step" : "steps",
                        columns.size(),
                        columns.size() == 1 ? "metric" : "metrics",
                        weights.map(word -> ", " + word).orElse(""));
        return verdict(differences, compared);
    }

    private static Comparison verdict(List<Difference> differences, String compared) {
        if (differences.isEmpty()) {
            return new Comparison(true, List.of("identical: " + compared));
        }
        List<Difference> large = differences.stream()
                .filter(each -> !(each.size() <= TOLERANCE))
                .sorted(Comparator.comparingLong(Difference::after).thenComparing(Difference::isMetric))
                .toList();
        if (large.isEmpty()) {
            Difference most = differences.stream()
                    .max(Comparator.comparingDouble(Difference::size))
                    .orElseThrow();
            return new Comparison(
                    true,
                    List.of("within 1e-6: %s; the largest difference is %.2g, %s of %s"
                            .formatted(compared, most.size(), most.what, most.where)));
        }
        List<String> lines = new ArrayList<>();
        Difference first = large.get(0);
        lines.add("diverged at " + first.where + ": " + first.words());
        large.stream()
                .filter(each -> each.isMetric && each != first && !each.where.equals(WEIGHTS))
                .forEach(each -> lines.add("  " + each.what + " from " + each.where + ": "
                        + each.words().substring(each.what.length() + 1)));
        return new Comparison(false, lines);
    }

    private static void steps(List<Difference> out, float[] before, float[] now, boolean isWhole) {
        boolean hasLarge = false;
        for (int i = 0; i < Math.min(before.length, now.length); i++) {
            // Behind the first large one there is nothing to learn from the rest.
            if (Float.compare(before[i], now[i]) != 0 && !hasLarge) {
                Difference found = new Difference(i + 1, false, "loss", "step %,d".formatted(i + 1), before[i], now[i]);
                out.add(found);
                hasLarge = !(found.size() <= TOLERANCE);
            }
        }
        if (now.length < before.length || (isWhole && now.length > before.length)) {
            int end = Math.min(before.length, now.length);
            out.add(new Difference(end + 1, false, ENDED, "step %,d".formatted(end + 1), before.length, now.length));
        }
    }

    private static void metric(
            List<Difference> out, String column, History before, History now, long perEpoch, boolean isWhole) {
        int epochs = isWhole ? Math.max(before.epochs(), now.epochs()) : before.epochs();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            double then = value(before, column, epoch);
            double value = value(now, column, epoch);
            if (Double.compare(then, value) != 0) {
                Difference found = new Difference(epoch * perEpoch, true, column, "epoch " + epoch, then, value);
                out.add(found);
                if (!(found.size() <= TOLERANCE)) {
                    return;
                }
            }
        }
    }

    private static double value(History history, String column, int epoch) {
        return epoch <= history.epochs() && history.has(column)
                ? history.rows().get(epoch - 1).get(history.columns().indexOf(column))
                : Double.NaN;
    }

    private static List<String> columns(History before, History now) {
        List<String> out = new ArrayList<>(before.columns());
        now.columns().stream().filter(column -> !out.contains(column)).forEach(out::add);
        out.removeAll(TIMES);
        return out;
    }

    /** Adds how far the weights are apart; a word where they could be compared. */
    private static Optional<String> weights(StoredRun recorded, StoredRun replayed, List<Difference> out, long steps) {
        Path before = recorded.folder().last();
        Path now = replayed.folder().last();
        if (!Files.exists(before) || !Files.exists(now)) {
            return Optional.empty();
        }
        try {
            Safetensors.Content then = Safetensors.readChecked(before);
            Safetensors.Content again = Safetensors.readChecked(now);
            for (Safetensors.Entry entry : then.entries()) {
                Optional<Safetensors.Entry> other = again.entries().stream()
                        .filter(each -> each.name().equals(entry.name())
                                && each.dtype().equals(entry.dtype())
                                && each.shape().equals(entry.shape()))
                        .findFirst();
                if (other.isEmpty()) {
                    out.add(new Difference(steps, true, entry.name(), WEIGHTS, 1, Double.NaN));
                } else if (!entry.content().equals(other.get().content())) {
                    out.add(difference(entry, other.get(), steps));
                }
            }
            return Optional.of("weights");
        } catch (IOException e) {
            return Optional.of("no weights, which cannot be read: " + e.getMessage());
        }
    }

    private static Difference difference(Safetensors.Entry before, Safetensors.Entry now, long steps) {
        double then = 1;
        double value = Double.NaN;
        if (before.dtype().equals("F32")) {
            float[] a = before.floats();
            float[] b = now.floats();
            then = a[0];
            value = b[0];
            for (int i = 1; i < a.length; i++) {
                if (distance(a[i], b[i]) > distance(then, value)) {
                    then = a[i];
                    value = b[i];
                }
            }
        }
        return new Difference(steps, true, before.name(), WEIGHTS, then, value);
    }

    private static double distance(double a, double b) {
        if (Double.compare(a, b) == 0) {
            return 0;
        }
        double difference = Math.abs(a - b) / Math.max(1, Math.max(Math.abs(a), Math.abs(b)));
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }
}
