package dev.quire.server.job;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Progress;
import dev.quire.model.Layer;
import dev.quire.model.json.Networks;
import dev.quire.run.Run;
import dev.quire.run.RunFolder;
import dev.quire.run.RunOption;
import dev.quire.run.Runs;
import dev.quire.run.StoredRun;
import dev.quire.server.dataset.Shelf;
import dev.quire.server.live.Live;
import dev.quire.server.live.Message;
import dev.quire.train.Option;
import dev.quire.train.StopReason;
import dev.quire.train.TrainingSpec;
import dev.quire.train.json.SpecJson;
import dev.quire.view.Screens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Does one job, on the thread that calls: the same training as in a notebook, the same records. */
final class Training {
    private static final Silence SILENCE = new Silence();
    private static final long PATIENCE = 60;

    private final Shelf shelf;
    private final Path runs;
    private final Live live;
    private final JobStore store;

    /**
     * How a job ended.
     *
     * @param detail in words
     */
    record Ending(Job.State state, String detail) {}

    Training(Shelf shelf, Path runs, Live live, JobStore store) {
        this.shelf = shelf;
        this.runs = runs;
        this.live = live;
        this.store = store;
    }

    /**
     * Trains, or goes on with what was begun before.
     *
     * @param started is given the run, which can be stopped from then on
     */
    Ending work(Job job, Consumer<Run> started) {
        try {
            Optional<StoredRun> before = before(job);
            Optional<Ending> known = before.flatMap(Training::ending);
            return known.isPresent() ? known.get() : train(job, before, started);
        } catch (QuireException e) {
            return new Ending(Job.State.FAILED, String.valueOf(e.getMessage()));
        }
    }

    /** The record that the job began before the server was stopped. */
    private Optional<StoredRun> before(Job job) {
        String run = job.run();
        if (run == null) {
            return Optional.empty();
        }
        RunFolder folder = new RunFolder(runs.resolve(run));
        return Files.exists(folder.run()) ? Optional.of(StoredRun.of(folder)) : Optional.empty();
    }

    /** That of a record that came to its end while nobody could note it. */
    private static Optional<Ending> ending(StoredRun run) {
        return run.reason()
                .filter(reason -> reason != StopReason.STOPPED)
                .map(reason -> ending(reason, run.sentence()));
    }

    static Ending ending(StopReason reason, String sentence) {
        Job.State state = switch (reason) {
            case COMPLETED, EARLY_STOP, TIME, CALLBACK -> Job.State.DONE;
            case STOPPED -> Job.State.STOPPED;
            case NON_FINITE, FAILED -> Job.State.FAILED;
        };
        return new Ending(state, sentence);
    }

    private Ending train(Job job, Optional<StoredRun> before, Consumer<Run> started) {
        CompletableFuture<String> name = new CompletableFuture<>();
        Follower follower = new Follower(job, live, () -> note(job, name));
        TrainingSpec spec = SpecJson.read(job.configuration());
        Dataset data = shelf.load(job.dataset(), progress(follower));
        Layer network = Networks.read(job.network(), data).layer();
        before.ifPresent(run -> follower.log("goes on with run " + run.name()));
        List<Option> options = new ArrayList<>(List.of(given -> spec, follower, new RunOption.Below(runs)));
        Optional.ofNullable(job.name()).map(RunOption.Named::new).ifPresent(options::add);
        before.map(run -> new RunOption.GoOn(run.name())).ifPresent(options::add);
        if (job.overwrite() && before.isEmpty()) {
            options.add(new RunOption.Overwrite());
        }
        if (job.keepEpochs()) {
            options.add(new RunOption.KeepEpochs());
        }
        Run run;
        try {
            run = Screens.on(SILENCE, () -> Runs.trainAsync(network, data, options));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        name.complete(run.name());
        started.accept(run);
        try {
            run.await();
        } catch (QuireException e) {
            return new Ending(Job.State.FAILED, run.sentence());
        }
        return ending(run.reason().orElse(StopReason.FAILED), run.sentence());
    }

    /** The job knows its record before the first step: after a crash it goes on with that one, and with no other. */
    private void note(Job job, CompletableFuture<String> name) {
        String run = name.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
        store.begun(job.id(), run);
        Message message = Message.of(job.id(), "state");
        message.content().put("state", Job.State.RUNNING.word()).put("run", run);
        live.tell(message);
    }

    private static Progress progress(Follower follower) {
        return new Progress() {
            private String last = "";

            @Override
            public void update(String what, long done, long total, Unit unit) {
                if (!what.equals(last)) {
                    last = what;
                    follower.log("reads " + what);
                }
            }

            @Override
            public void close() {}
        };
    }
}
