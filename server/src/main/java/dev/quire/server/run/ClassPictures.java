package dev.quire.server.run;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Split;
import dev.quire.inference.Model;
import dev.quire.inference.Models;
import dev.quire.metric.Classification;
import dev.quire.run.Run;
import dev.quire.run.StoredRun;
import dev.quire.server.http.Problem;
import dev.quire.train.StopReason;
import dev.quire.view.Charts;
import dev.quire.view.MetricCharts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * The confusion matrix and the ROC curves of runs whose records have none, as those of short runs: the network is loaded
 * from the record and shown the split that its metrics were measured on. Drawn once, when first asked for, and kept in
 * memory: a record is not touched after its end.
 */
final class ClassPictures implements AutoCloseable {
    private static final Set<String> NAMES = Set.of("confusion", "roc");
    private static final int KEPT = 32;

    private final Function<StoredRun, Run> load;
    private final ExecutorService drawing = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "quire-pictures");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Drawn> kept = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * Pictures by name.
     *
     * @param ended when the record last changed: a run that was stopped can go on, and another can take its name
     */
    private record Drawn(FileTime ended, CompletableFuture<Map<String, String>> pictures) {}

    ClassPictures(Function<StoredRun, Run> load) {
        this.load = load;
    }

    /** Whether a picture of this name can be drawn of a run. */
    static boolean canBe(String name, StoredRun run) {
        return NAMES.contains(name)
                && run.reason()
                        .filter(why -> why != StopReason.FAILED && why != StopReason.NON_FINITE)
                        .isPresent();
    }

    /**
     * A picture as SVG; completes with a {@link Problem} where the run has no classes, or no weights.
     *
     * @param name for which {@link #canBe} holds
     */
    CompletableFuture<String> draw(String name, StoredRun run) {
        return pictures(run)
                .thenApply(pictures -> Objects.requireNonNull(pictures.get(name)))
                .exceptionally(failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause instanceof QuireException said) {
                        throw Problem.missing(
                                "run " + run.name() + " has no figure '" + name + "': " + said.getMessage(),
                                "GET /v1/runs/" + run.name() + " names those it has");
                    }
                    throw new CompletionException(cause);
                });
    }

    private synchronized CompletableFuture<Map<String, String>> pictures(StoredRun run) {
        FileTime ended = ended(run);
        Drawn known = kept.get(run.name());
        if (known != null && known.ended().equals(ended) && !known.pictures().isCompletedExceptionally()) {
            return known.pictures();
        }
        Drawn fresh = new Drawn(ended, CompletableFuture.supplyAsync(() -> drawn(run), drawing));
        kept.put(run.name(), fresh);
        if (kept.size() > KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        return fresh.pictures();
    }

    private static FileTime ended(StoredRun run) {
        try {
            return Files.getLastModifiedTime(run.folder().run());
        } catch (IOException gone) {
            throw Problem.missing("there is no run " + run.name(), "GET /v1/runs lists them");
        }
    }

    private Map<String, String> drawn(StoredRun stored) {
        Run run = load.apply(stored);
        Dataset data = run.data();
        try (Model model = Models.of(run)) {
            Classification said =
                    model.classification(data.part(data.validationSplit().orElse(Split.TRAIN)));
            return Map.of(
                    "confusion", Charts.confusion(said.confusion()).svg(),
                    "roc", MetricCharts.roc(said).svg());
        }
    }

    @Override
    public void close() {
        drawing.shutdown();
    }
}
