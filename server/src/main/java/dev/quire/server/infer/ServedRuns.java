package dev.quire.server.infer;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.inference.Model;
import dev.quire.run.Run;
import dev.quire.run.RunFolder;
import dev.quire.run.Runs;
import dev.quire.run.StoredRun;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Runs as models, loaded when they are first asked and again when they have changed; the last few stay loaded. */
public final class ServedRuns implements AutoCloseable {
    private static final int KEPT = 4;
    private static final String UNTRAINED = "train it again, or ask another run";

    private final Path root;
    private final Function<String, Dataset> data;
    private final Executor loading;
    private final Executor answering;
    private final BatchRule rule;
    private final ServingFigures figures;
    private final Map<String, Loaded> loaded = new LinkedHashMap<>(16, 0.75f, true);
    private boolean isClosed;

    /** What is loaded, or will be, and of which state of the run. */
    private record Loaded(Object state, CompletableFuture<Served> model) {}

    /**
     * @param root where runs are recorded
     * @param data the dataset of a name
     * @param loading loads models
     * @param answering writes answers
     */
    public ServedRuns(
            Path root,
            Function<String, Dataset> data,
            BatchRule rule,
            Executor loading,
            Executor answering,
            ServingFigures figures) {
        this.root = root;
        this.data = data;
        this.rule = rule;
        this.loading = loading;
        this.answering = answering;
        this.figures = figures;
    }

    /**
     * A run that answers.
     *
     * @throws Problem 400 when this is no name of a run, 404 when there is no such run; 503 where it has no weights yet and
     *     409 where it never will comes with the answer
     */
    public CompletableFuture<Served> of(String run) {
        SafeName.of("the name of the run", run);
        Optional<FileTime> changed = changed(run);
        Optional<Run> held = held(run, changed.isPresent());
        Object state = held.<Object>map(each -> each.history().epochs())
                .orElseGet(() -> changed.orElseThrow(() -> missing(run)));
        synchronized (this) {
            if (isClosed) {
                throw new Problem(503, "the server ends", "ask again when it is back");
            }
            Loaded known = loaded.get(run);
            if (known != null && known.state().equals(state) && !known.model().isCompletedExceptionally()) {
                return known.model();
            }
            CompletableFuture<Served> fresh =
                    CompletableFuture.supplyAsync(() -> serve(run, model(run, held)), loading);
            loaded.put(run, new Loaded(state, fresh));
            if (known != null) {
                release(known);
            }
            makeRoom();
            return fresh;
        }
    }

    /** The run with its weights: held by this process, or from its record. */
    public Model load(String run) {
        SafeName.of("the name of the run", run);
        Optional<FileTime> changed = changed(run);
        Optional<Run> held = held(run, changed.isPresent());
        if (held.isEmpty() && changed.isEmpty()) {
            throw missing(run);
        }
        return model(run, held);
    }

    private Model model(String run, Optional<Run> held) {
        return held.map(ServedRuns::live).orElseGet(() -> stored(run));
    }

    /** A run of this process, which may not have begun yet. */
    private static Model live(Run run) {
        try {
            return Quickest.of(run);
        } catch (QuireException without) {
            throw run.isTraining() ? notYet(run.name()) : Problem.conflict(without.getMessage() + "", UNTRAINED);
        }
    }

    private Served serve(String run, Model model) {
        Served served = new Served(figures.of("run", run));
        served.change(new Served.Version(
                new Which("run", run, 1, run), new Batcher(model, rule, answering, served.figures())));
        return served;
    }

    private Model stored(String run) {
        RunFolder folder = new RunFolder(root.resolve(run));
        StoredRun stored = StoredRun.of(folder);
        if (!Files.exists(folder.last()) && !Files.exists(folder.best())) {
            throw stored.state().equals("training")
                    ? notYet(run)
                    : Problem.conflict("run " + run + " has no weights, it is " + stored.state(), UNTRAINED);
        }
        return Quickest.of(stored.reload(data.apply(stored.data())));
    }

    /** A run of this process: the one that is recorded here, or where nothing is, one without a record. */
    private Optional<Run> held(String name, boolean isRecorded) {
        Optional<RunFolder> wanted = isRecorded ? Optional.of(new RunFolder(root.resolve(name))) : Optional.empty();
        return Runs.all().stream()
                .filter(run -> run.name().equals(name) && run.folder().equals(wanted))
                .reduce((older, newer) -> newer);
    }

    /** When its record last changed: the one question to the disk of a request. Empty where there is no record. */
    private Optional<FileTime> changed(String run) {
        try {
            return Optional.of(Files.getLastModifiedTime(new RunFolder(root.resolve(run)).run()));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Where a run takes the place of another it has no record for a moment, and before that not even a folder. */
    private synchronized Problem missing(String run) {
        Loaded before = loaded.remove(run);
        if (before != null) {
            release(before);
            return new Problem(
                    503,
                    "run " + run + " is not there at this moment",
                    "ask again in a second: it may be trained anew");
        }
        if (Files.isDirectory(root.resolve(run))) {
            return notYet(run);
        }
        return Problem.missing("there is no run " + run, "see GET /v1/runs for those there are");
    }

    private static Problem notYet(String run) {
        return new Problem(503, "run " + run + " has just begun and has no weights yet", "ask again in a second");
    }

    /** Closes it once it is loaded; where it could not be, there is nothing to close. */
    private static void release(Loaded loaded) {
        var unused = loaded.model().whenComplete((served, failure) -> {
            if (served != null) {
                served.close();
            }
        });
    }

    private void makeRoom() {
        Iterator<Loaded> oldest = loaded.values().iterator();
        while (loaded.size() > KEPT) {
            Loaded out = oldest.next();
            oldest.remove();
            release(out);
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        loaded.values().forEach(ServedRuns::release);
        loaded.clear();
    }
}
