package dev.quire.run;

import dev.quire.metric.Goal;
import dev.quire.metric.History;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a list says of a run.
 *
 * @param name of the run, and of its folder where it is recorded
 * @param started when it began; empty where its record is damaged
 * @param state {@code completed}, {@code failed}, {@code training}, {@code crashed}, {@code damaged}, ...
 * @param sentence why it ended, or what is wrong with its record
 * @param key what decides how it comes out, as a hash
 * @param data the name of its data
 * @param model the kind of its network
 * @param epochs how many are done
 * @param seconds they took
 * @param device it was trained on
 * @param figures metric to value, after the last epoch; under {@code best_} and the metric, in its best epoch
 */
public record RunRow(
        String name,
        Optional<Instant> started,
        String state,
        String sentence,
        String key,
        String data,
        String model,
        int epochs,
        double seconds,
        String device,
        Map<String, Double> figures) {
    /** What the best value of a metric begins with. */
    public static final String BEST = "best_";

    static final String DAMAGED = "damaged";

    public RunRow {
        figures = Map.copyOf(figures);
    }

    /** A record as it is; one that cannot be read is a damaged one, with the reason. */
    static RunRow of(RunFolder folder) {
        try {
            StoredRun run = StoredRun.of(folder);
            History history = run.history();
            return new RunRow(
                    run.name(),
                    Optional.of(run.started()),
                    run.state(),
                    run.sentence(),
                    run.key(),
                    run.data(),
                    run.kind(),
                    history.epochs(),
                    history.seconds(),
                    run.device(),
                    figures(history));
        } catch (RuntimeException damaged) {
            String why =
                    String.valueOf(damaged.getMessage()).lines().findFirst().orElse("");
            return new RunRow(folder.name(), Optional.empty(), DAMAGED, why, "", "", "", 0, 0, "", Map.of());
        }
    }

    /** A run of this session that is not recorded. */
    static RunRow of(Run run) {
        History history = run.history();
        return new RunRow(
                run.name(),
                Optional.of(run.begun()),
                run.reason()
                        .map(reason -> reason.name().toLowerCase(Locale.ROOT))
                        .orElse(Recorder.TRAINING),
                run.sentence(),
                "",
                run.data().name(),
                RunName.model(run.plan()),
                history.epochs(),
                history.seconds(),
                "",
                figures(history));
    }

    private static Map<String, Double> figures(History history) {
        Map<String, Double> out = new LinkedHashMap<>();
        if (history.isEmpty()) {
            return out;
        }
        for (String column : history.columns()) {
            double last = history.last(column);
            if (!column.equals(History.EPOCH) && !column.equals(History.SECONDS) && Double.isFinite(last)) {
                out.put(column, last);
            }
        }
        for (String metric : history.metrics()) {
            for (String column : new String[] {metric, History.VALIDATION + metric}) {
                OptionalInt best = history.has(column) ? history.best(column, Goal.of(column)) : OptionalInt.empty();
                if (best.isPresent() && Double.isFinite(history.value(best.getAsInt(), column))) {
                    out.put(BEST + column, history.value(best.getAsInt(), column));
                }
            }
        }
        return out;
    }

    /** The names of a figure, the one that counts first: validation before training. */
    static String[] names(String column) {
        if (column.startsWith(BEST)) {
            return new String[] {BEST + History.VALIDATION + column.substring(BEST.length()), column};
        }
        return new String[] {History.VALIDATION + column, column};
    }

    /** A figure, of the validation where there is one; NaN where it was not measured. */
    public double figure(String column) {
        for (String name : names(column)) {
            Double value = figures.get(name);
            if (value != null) {
                return value;
            }
        }
        return Double.NaN;
    }
}
