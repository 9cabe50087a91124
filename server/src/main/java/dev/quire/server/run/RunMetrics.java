package dev.quire.server.run;

import dev.quire.metric.History;
import dev.quire.run.StoredRun;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured.
 *
 * @param columns their names, the epoch first
 * @param rows a row an epoch; null where something was not measured
 * @param maxEpoch the last
 * @param maxStep how many steps there were
 */
public record RunMetrics(
        String run,
        List<String> columns,
        List<List<@Nullable Double>> rows,
        int totalRows,
        int maxEpoch,
        long maxStep) {
    /** What was measured of a run. */
    public static RunMetrics of(StoredRun run) {
        History history = run.history();
        List<List<@Nullable Double>> rows = new ArrayList<>();
        history.rows().forEach(row -> {
            List<@Nullable Double> out = new ArrayList<>();
            row.forEach(value -> out.add(Double.isFinite(value) ? value : null));
            rows.add(out);
        });
        int last = history.isEmpty() ? 0 : (int) history.last(History.EPOCH);
        return new RunMetrics(run.name(), history.columns(), rows, rows.size(), last, run.losses().length);
    }
}
