package dev.quire.server.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.run.RunFolder;
import dev.quire.run.RunRow;
import dev.quire.run.StoredRun;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.SafeName;
import dev.quire.server.http.SafeText;
import dev.quire.server.http.Schema;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs: list, metrics, summary, figures, files, exports. */
public final class RunRoutes implements Routes {
    /** What a file of a record may do in a browser: be shown, and nothing else. */
    private static final String POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private static final List<String> FORMATS = List.of("java", "py", "pt", "onnx", "int8.onnx", "safetensors", "json");
    private static final String BYTES = "application/octet-stream";

    private final Records records;

    /**
     * A run in a list.
     *
     * @param state {@code training}, {@code crashed}, or why it ended
     * @param metrics after the last epoch
     * @param configuration how it was trained
     */
    record View(
            String name,
            String state,
            String dataset,
            String model,
            Map<String, Double> metrics,
            int epochs,
            double seconds,
            @Nullable Instant created,
            @Nullable String reason,
            @Nullable ObjectNode configuration,
            @Nullable ObjectNode environment,
            @Nullable List<String> figures) {}

    public RunRoutes(Records records) {
        this.records = records;
    }

    @Override
    public String group() {
        return "runs";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/v1/runs", "Lists runs, the newest first")
                        .answers(200, Schema.listOf(View.class))
                        .by(context -> context.json(records.rows().stream()
                                .map(row -> view(row, false))
                                .toList())),
                Route.get("/v1/runs/latest", "Shows the newest run")
                        .answers(200, Schema.of(View.class))
                        .by(context -> context.json(view(
                                records.rows().stream()
                                        .findFirst()
                                        .orElseThrow(() -> Problem.missing(
                                                "there is no run yet", "POST /v1/jobs has one trained")),
                                true))),
                Route.get("/v1/runs/{name}", "Shows a run")
                        .answers(200, Schema.of(View.class))
                        .by(context -> context.json(view(records.row(context.pathParam("name")), true))),
                Route.get("/v1/runs/{name}/metrics", "What was measured, a row an epoch")
                        .answers(200, Schema.of(RunMetrics.class))
                        .by(context -> context.json(RunMetrics.of(run(context)))),
                Route.get("/v1/runs/{name}/summary", "The best and the last value of each metric")
                        .answers(200, Schema.of(RunSummary.class))
                        .by(context -> context.json(RunSummary.of(run(context)))),
                Route.get(
                                "/v1/runs/{name}/figures/{figure}",
                                "A picture of the record, such as curves; confusion and roc are drawn where it has none")
                        .answers(200, Schema.text("image/svg+xml"))
                        .by(this::figure),
                Route.get("/v1/runs/{name}/files", "Lists the files of the record")
                        .answers(200, Schema.listOf(Records.Part.class))
                        .by(context -> context.json(records.parts(run(context)))),
                Route.get("/v1/runs/{name}/files/{file}", "A file of the record")
                        .answers(200, Schema.bytes(BYTES))
                        .by(context -> send(context, run(context), context.pathParam("file"))),
                Route.get("/v1/runs/{name}/files/{folder}/{file}", "A file of the record, such as a checkpoint")
                        .answers(200, Schema.bytes(BYTES))
                        .by(context -> send(
                                context, run(context), context.pathParam("folder") + "/" + context.pathParam("file"))),
                Route.get("/v1/runs/{name}/tensorboard", "The file that TensorBoard reads")
                        .answers(200, Schema.bytes(BYTES))
                        .by(this::tensorboard),
                Route.get("/v1/runs/{name}/record", "The whole record, which ./quire replay runs again")
                        .answers(200, Schema.bytes("application/zip"))
                        .by(context -> {
                            StoredRun run = run(context);
                            made(
                                    context,
                                    "application/zip",
                                    folder -> run.record(
                                            folder.resolve(run.name() + ".zip").toString()));
                        }),
                Route.get("/v1/runs/{name}/export", "The network as a file that others open")
                        .query("format", Route.Parameter.Kind.STRING, String.join(", ", FORMATS))
                        .answers(200, Schema.bytes(BYTES))
                        .by(this::export));
    }

    private StoredRun run(Context context) {
        return records.find(context.pathParam("name"));
    }

    private View view(RunRow row, boolean isWhole) {
        RunFolder folder = records.find(row.name()).folder();
        return new View(
                row.name(),
                row.state(),
                row.data(),
                row.model(),
                row.figures(),
                row.epochs(),
                row.seconds(),
                row.started().orElse(null),
                row.sentence().isEmpty() ? null : row.sentence(),
                json(folder.spec()),
                isWhole ? json(folder.environment()) : null,
                isWhole ? figures(folder.figures()) : null);
    }

    private static @Nullable ObjectNode json(Path file) {
        try {
            return Files.exists(file) ? RunFolder.read(file) : null;
        } catch (IOException damaged) {
            return null;
        }
    }

    private static List<String> figures(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> String.valueOf(each.getFileName()))
                    .filter(name -> name.endsWith(".svg"))
                    .map(name -> name.substring(0, name.length() - ".svg".length()))
                    .sorted()
                    .toList();
        } catch (IOException gone) {
            return List.of();
        }
    }

    private void figure(Context context) throws IOException {
        StoredRun run = run(context);
        String figure = SafeName.of("the name of the figure", context.pathParam("figure"));
        Path file = run.folder().figures().resolve(figure + ".svg");
        if (Files.isRegularFile(file)) {
            picture(context, Files.readAllBytes(file));
        } else if (ClassPictures.canBe(figure, run)) {
            context.future(() -> records.pictures()
                    .draw(figure, run)
                    .thenAccept(svg -> picture(context, svg.getBytes(StandardCharsets.UTF_8))));
        } else {
            throw Problem.missing(
                    "run " + run.name() + " has no figure '" + figure + "'",
                    "GET /v1/runs/" + run.name() + " names those it has");
        }
    }

    private static void picture(Context context, byte[] svg) {
        context.header("Content-Security-Policy", POLICY);
        context.contentType("image/svg+xml").result(svg);
    }

    private void tensorboard(Context context) throws IOException {
        StoredRun run = run(context);
        String name = records.parts(run).stream()
                .map(Records.Part::name)
                .filter(each -> each.startsWith("events.out.tfevents."))
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> Problem.missing(
                        "run " + run.name() + " has no file for TensorBoard", "ask again when it has begun"));
        send(context, run, name);
    }

    private void export(Context context) throws IOException {
        StoredRun run = run(context);
        String format = context.queryParam("format");
        if (format == null || !FORMATS.contains(format)) {
            throw Problem.bad(
                    format == null ? "there is no format" : "there is no format '" + SafeText.shown(format) + "'",
                    "ask for ?format= with one of " + String.join(", ", FORMATS));
        }
        made(context, BYTES, folder -> records.export(run, format, folder));
    }

    /** Makes a file in a folder of its own. */
    @FunctionalInterface
    private interface Making {
        Path make(Path folder) throws IOException;
    }

    /** Sends a file that is made for it, and leaves nothing behind. */
    private static void made(Context context, String type, Making making) throws IOException {
        Path folder = Files.createTempDirectory("quire-export");
        try {
            Path file = making.make(folder);
            context.header("Content-Disposition", "attachment; filename=\"" + file.getFileName() + "\"");
            context.contentType(type);
            context.header("Content-Length", Files.size(file) + "");
            try (InputStream in = Files.newInputStream(file)) {
                in.transferTo(context.outputStream());
            }
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /** As a download: a browser shows none of it. */
    private void send(Context context, StoredRun run, String name) throws IOException {
        Path file = records.part(run, name);
        context.header("Content-Security-Policy", POLICY);
        context.header("Content-Disposition", "attachment; filename=\"" + name.replaceAll(".*/|[\"\\\\]", "") + "\"");
        context.contentType(BYTES).result(Files.newInputStream(file));
    }
}
