package dev.quire.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.engine.Torch;
import dev.quire.metric.Classification;
import dev.quire.metric.History;
import dev.quire.store.Appended;
import dev.quire.store.EventFile;
import dev.quire.store.WholeFile;
import dev.quire.train.Plan;
import dev.quire.train.RunEvent;
import dev.quire.train.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run down while it goes on, on a thread of its own: an interrupt, which stops the thread that trains, would
 * close the files that it writes. What cannot be written ends the run with the reason; what was written before stays as
 * it is.
 */
final class Recorder implements Consumer<RunEvent>, AutoCloseable {
    private static final int VERSION = 1;
    static final String TRAINING = "training";

    private final RunFolder folder;
    private final Plan plan;
    private final ObjectNode state;
    private final RecordLock lock;
    private final Appended metrics;
    private final Appended steps;
    private final long firstStep;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "quire-record");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable EventFile events;
    private volatile @Nullable QuireException failure;

    private Recorder(RunFolder folder, Plan plan, ObjectNode state, long firstStep) throws IOException {
        this.folder = folder;
        this.plan = plan;
        this.state = state;
        this.firstStep = firstStep;
        this.metrics = Appended.at(folder.metrics());
        this.steps = Appended.at(folder.steps());
        this.lock = RecordLock.take(folder);
    }

    /** Begins a new record, and writes all that is known before the first step. */
    static Recorder begin(RunFolder folder, Plan plan, String key) {
        Recorder recorder = null;
        try {
            Cells.Told told = Cells.told();
            ObjectNode state = JsonNodeFactory.instance.objectNode().put("version", VERSION);
            state.put("name", folder.name()).put("state", TRAINING).put("key", key);
            state.put("data", plan.data().name()).put("loss", plan.loss().name());
            state.put("model", RunName.model(plan));
            state.put("monitored", plan.monitored());
            state.put("started", Instant.now().toString());
            recorder = new Recorder(folder, plan, state, 0);
            Description.write(folder, plan, told);
            RunFolder.write(folder.run(), state);
            return recorder;
        } catch (IOException e) {
            QuireException said = failed(folder, e);
            abandon(recorder, said);
            remove(folder, said);
            throw said;
        }
    }

    /**
     * Goes on with a record where training does.
     *
     * @param history of the epochs that are kept
     * @param step the first step that is still to be done
     */
    static Recorder resume(RunFolder folder, Plan plan, History history, long step) {
        Recorder recorder = null;
        try {
            ObjectNode state = RunFolder.read(folder.run());
            state.put("state", TRAINING);
            state.withArray("resumed")
                    .addObject()
                    .put("at", Instant.now().toString())
                    .put("step", step);
            recorder = new Recorder(folder, plan, state, step);
            recorder.sweep();
            recorder.cutBack(history, step);
            RunFolder.write(folder.run(), state);
            return recorder;
        } catch (IOException e) {
            QuireException said = failed(folder, e);
            abandon(recorder, said);
            throw said;
        }
    }

    /** Lets go of a record that cannot be begun. */
    private static void abandon(@Nullable Recorder recorder, QuireException because) {
        if (recorder != null) {
            recorder.writer.shutdown();
            try {
                recorder.lock.close();
            } catch (IOException e) {
                because.addSuppressed(e);
            }
        }
    }

    /** A folder that says nothing is no record. */
    private static void remove(RunFolder folder, QuireException because) {
        try {
            folder.delete();
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /** Removes what a killed process has left; the lock says that nobody else writes here. */
    private void sweep() throws IOException {
        for (Path place : List.of(folder.path(), folder.checkpoints(), folder.figures())) {
            if (Files.isDirectory(place)) {
                WholeFile.clear(place);
            }
        }
        Manifest.remove(folder);
    }

    /** Waits until the steps told so far lie on disk. */
    void settle() {
        inTurn(steps::force);
    }

    /** Rows of steps that will be done again are left out. */
    private void cutBack(History history, long step) throws IOException {
        List<String> kept = steps.lines().stream()
                .skip(1)
                .filter(line -> Long.parseLong(line.substring(0, line.indexOf(','))) < step)
                .toList();
        List<String> lines = new ArrayList<>(List.of(Csv.STEPS));
        lines.addAll(kept);
        WholeFile.write(folder.steps(), String.join("\n", lines) + "\n");
        List<String> rows = new ArrayList<>();
        if (!history.isEmpty()) {
            rows.add(Csv.header(history));
            for (int i = 0; i < history.epochs(); i++) {
                rows.add(Csv.row(history, i));
            }
        }
        WholeFile.write(folder.metrics(), rows.isEmpty() ? "" : String.join("\n", rows) + "\n");
    }

    @Override
    public void accept(RunEvent event) {
        QuireException before = failure;
        boolean saysThatItFailed = event instanceof RunEvent.Ended ended && ended.reason() == StopReason.FAILED;
        if (before != null && !saysThatItFailed) {
            throw before;
        }
        if (event instanceof RunEvent.Ended) {
            inTurn(() -> write(event));
        } else {
            writer.execute(() -> {
                try {
                    write(event);
                } catch (IOException e) {
                    failure = failed(folder, e);
                } catch (QuireException e) {
                    failure = e;
                }
            });
        }
    }

    /** Something to write. */
    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    /** Writes after all that waits, and waits for it, whatever interrupts. */
    private void inTurn(Writing writing) {
        Future<?> result = writer.submit(() -> {
            writing.run();
            return true;
        });
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    result.get();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IOException io) {
                throw failed(folder, io);
            }
            throw cause instanceof QuireException own ? own : new IllegalStateException(cause);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        QuireException before = failure;
        if (before != null) {
            throw before;
        }
    }

    private void write(RunEvent event) throws IOException {
        if (event instanceof RunEvent.Started started) {
            ObjectNode environment = Environment.describe(started.on(), Math.min(plan.threads(), Torch.threads()));
            environment.put("seed", plan.spec().seed());
            RunFolder.write(folder.environment(), environment);
            state.put("steps_per_epoch", started.stepsPerEpoch()).put("device", started.device());
            RunFolder.write(folder.run(), state);
            open();
        } else if (event instanceof RunEvent.Steps done) {
            write(done);
        } else if (event instanceof RunEvent.Epoch done) {
            History history = done.history();
            metrics.append(isEmpty -> isEmpty
                    ? List.of(Csv.header(history), Csv.row(history, history.epochs() - 1))
                    : List.of(Csv.row(history, history.epochs() - 1)));
            scalars(done);
        } else if (event instanceof RunEvent.Ended ended) {
            end(ended);
        }
    }

    private void open() throws IOException {
        events = EventFile.open(folder.path()
                .resolve("events.out.tfevents." + Instant.now().getEpochSecond() + "." + firstStep + ".quire"));
        if (firstStep > 0) {
            events.restart(firstStep);
        } else {
            events.text(0, "run", "```\n" + plan.model() + "\n" + plan.spec().words() + "\n```");
        }
    }

    private void write(RunEvent.Steps done) throws IOException {
        steps.append(isEmpty -> {
            List<String> lines = new ArrayList<>(isEmpty ? List.of(Csv.STEPS) : List.of());
            for (int i = 0; i < done.losses().length; i++) {
                lines.add(Csv.step(done.first() + i, done.epoch(), done.losses()[i], done.rates()[i]));
            }
            return lines;
        });
        if (events != null) {
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("step/loss", (double) done.losses()[done.losses().length - 1]);
            values.put("step/learning_rate", done.rates()[done.rates().length - 1]);
            events.scalars(done.last(), values);
        }
    }

    private void scalars(RunEvent.Epoch done) throws IOException {
        if (events != null) {
            Map<String, Double> values = new LinkedHashMap<>();
            for (String column : done.history().columns()) {
                double value = done.history().last(column);
                if (!column.equals(History.EPOCH) && Double.isFinite(value)) {
                    values.put("epoch/" + column, value);
                }
            }
            events.scalars(done.epoch(), values);
        }
    }

    private static String word(StopReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private void end(RunEvent.Ended ended) throws IOException {
        state.put("state", word(ended.reason())).put("sentence", Environment.withoutHome(ended.sentence()));
        state.put("ended", Instant.now().toString())
                .put("epochs", ended.history().epochs());
        Environment.git().ifPresent(git -> state.set("git", git));
        if (ended.reason() != StopReason.FAILED && !ended.history().isEmpty()) {
            Files.createDirectories(folder.figures());
            Figures.curves(ended.history(), folder.figures(), Optional.ofNullable(events));
        }
    }

    /** Notes something that went wrong and does no harm. */
    void remark(String sentence) {
        inTurn(() -> state.withArray("remarks").add(sentence));
    }

    /** Adds the pictures of what was said of each class. */
    void picture(Classification said) {
        inTurn(() -> {
            Files.createDirectories(folder.figures());
            Figures.classes(said, folder.figures());
        });
    }

    /**
     * Ends the record: nothing more is written. The list of its parts comes before the state: what is killed in between
     * has not ended, and goes on.
     */
    @Override
    public void close() {
        try {
            inTurn(this::finish);
        } finally {
            writer.shutdown();
        }
    }

    private void finish() throws IOException {
        try (lock) {
            try {
                if (events != null) {
                    events.close();
                }
                Manifest.write(folder, RunFolder.text(state));
            } catch (IOException e) {
                state.put("state", word(StopReason.FAILED)).put("sentence", Environment.withoutHome(why(folder, e)));
                throw e;
            } finally {
                RunFolder.write(folder.run(), state);
            }
        }
    }

    private static QuireException failed(RunFolder folder, IOException e) {
        return new QuireException(why(folder, e), e);
    }

    private static String why(RunFolder folder, IOException e) {
        return "the record " + folder.path() + " cannot be written: " + e.getMessage()
                + ": make room, set QUIRE_RUNS to another folder, or add unrecorded()";
    }
}
