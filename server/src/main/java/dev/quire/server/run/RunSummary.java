package dev.quire.server.run;

import dev.quire.metric.Goal;
import dev.quire.metric.History;
import dev.quire.run.StoredRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The best and the last value of each metric.
 *
 * @param best metric to value
 * @param last metric to value
 */
public record RunSummary(
        String run, int epochs, long steps, Map<String, Double> best, Map<String, Double> last, List<String> columns) {
    /** The best and the last values of a run. */
    public static RunSummary of(StoredRun run) {
        History history = run.history();
        Map<String, Double> best = new LinkedHashMap<>();
        Map<String, Double> last = new LinkedHashMap<>();
        List<String> columns = history.metrics().stream()
                .flatMap(metric -> Stream.of(metric, History.VALIDATION + metric))
                .filter(history::has)
                .toList();
        for (String column : columns) {
            history.best(column, Goal.of(column)).ifPresent(epoch -> best.put(column, history.value(epoch, column)));
            if (Double.isFinite(history.last(column))) {
                last.put(column, history.last(column));
            }
        }
        return new RunSummary(run.name(), history.epochs(), run.losses().length, best, last, columns);
    }
}
