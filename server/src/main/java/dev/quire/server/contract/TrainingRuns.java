package dev.quire.server.contract;

import dev.quire.run.RunRow;
import dev.quire.run.StoredRun;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.SafeName;
import dev.quire.server.http.Schema;
import dev.quire.server.run.Records;
import dev.quire.server.run.RunMetrics;
import dev.quire.server.run.RunSummary;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the training service tells of runs and of what was measured of them.
 *
 * @param records where they are found
 */
record TrainingRuns(Records records) {
    /**
     * What was measured of a run, a row an epoch.
     *
     * @param data a value for each column that was measured
     */
    record Metrics(
            String runId,
            List<String> availableColumns,
            int totalRows,
            int maxEpoch,
            long maxStep,
            List<Map<String, Double>> data,
            String csvFile,
            Instant lastModified) {}

    /**
     * A run.
     *
     * @param status {@code completed} or {@code in_progress}
     */
    record Listed(
            String runId,
            Instant createdAt,
            Instant modifiedAt,
            String status,
            boolean hasMetrics,
            String metricsFile) {}

    record Summary(
            String runId,
            int totalEpochs,
            long totalSteps,
            Map<String, Double> bestMetrics,
            Map<String, Double> finalMetrics,
            List<String> availableColumns) {}

    List<Route> routes() {
        return List.of(
                Errors.answered(
                        Route.get("/training/metrics/latest", "What was measured of the newest run")
                                .answers(200, Schema.of(Metrics.class)),
                        context ->
                                context.json(metrics(records.find(rows().get(0).name())))),
                Errors.answered(
                        Route.get("/training/metrics/runs", "Lists runs, the newest first")
                                .answers(200, Schema.listOf(Listed.class)),
                        context -> context.json(listed())),
                Errors.answered(
                        Route.get("/training/metrics/runs/{run_id}", "What was measured of a run")
                                .answers(200, Schema.of(Metrics.class)),
                        context -> context.json(metrics(run(context)))),
                Errors.answered(
                        Route.get("/training/metrics/runs/{run_id}/summary", "The best and the last of each metric")
                                .answers(200, Schema.of(Summary.class)),
                        context -> context.json(summary(run(context)))));
    }

    private List<RunRow> rows() {
        List<RunRow> rows = records.rows().stream()
                .filter(each -> each.started().isPresent())
                .toList();
        if (rows.isEmpty()) {
            throw Errors.exactly(404, "No training runs found");
        }
        return rows;
    }

    private List<Listed> listed() throws IOException {
        List<Listed> out = new ArrayList<>();
        for (RunRow row : rows()) {
            StoredRun run = records.find(row.name());
            Path csv = run.folder().metrics();
            out.add(new Listed(
                    row.name(),
                    row.started().orElseThrow(),
                    modified(run),
                    row.state().equals("training") ? "in_progress" : "completed",
                    Files.isRegularFile(csv) && row.epochs() > 0,
                    file(row.name(), csv)));
        }
        return out;
    }

    private static String file(String run, Path csv) {
        return run + "/" + csv.getFileName();
    }

    /** When a row was last added; before the first, when the run began. */
    private static Instant modified(StoredRun run) throws IOException {
        Path csv = run.folder().metrics();
        return Files.isRegularFile(csv) ? Files.getLastModifiedTime(csv).toInstant() : run.started();
    }

    private StoredRun run(Context context) {
        String name = SafeName.of("the id of the run", context.pathParam("run_id"));
        try {
            return records.find(name);
        } catch (Problem none) {
            throw none.status() == 404 ? Errors.exactly(404, "Run " + name + " not found") : none;
        }
    }

    private static Metrics metrics(StoredRun run) throws IOException {
        RunMetrics measured = RunMetrics.of(run);
        List<String> columns = columns(measured.columns());
        List<Map<String, Double>> data = new ArrayList<>();
        for (List<@Nullable Double> row : measured.rows()) {
            Map<String, Double> out = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                Double value = row.get(i);
                if (value != null) {
                    out.put(columns.get(i), value);
                }
            }
            data.add(out);
        }
        return new Metrics(
                run.name(),
                columns,
                measured.totalRows(),
                measured.maxEpoch(),
                measured.maxStep(),
                data,
                file(run.name(), run.folder().metrics()),
                modified(run));
    }

    private static Summary summary(StoredRun run) {
        RunSummary told = RunSummary.of(run);
        return new Summary(
                run.name(),
                told.epochs(),
                told.steps(),
                named("best_", told.best()),
                named("final_", told.last()),
                columns(told.columns()));
    }

    private static Map<String, Double> named(String prefix, Map<String, Double> values) {
        Map<String, Double> out = new LinkedHashMap<>();
        values.forEach((column, value) -> out.put(prefix + Words.ofSplit(column, "val_"), value));
        return out;
    }

    private static List<String> columns(List<String> columns) {
        return columns.stream().map(each -> Words.ofSplit(each, "val_")).toList();
    }
}
