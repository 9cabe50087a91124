package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.metric.History;
import dev.quire.train.Keeper;
import dev.quire.train.Option;
import dev.quire.train.Plan;
import dev.quire.train.Snapshot;
import dev.quire.train.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * How a run is recorded, decided before it begins: in a folder of its own or in that of a run it goes on with, or not at
 * all.
 *
 * @param name of the run
 * @param folder where it is recorded; empty where it is not
 * @param key what decides how it comes out, as a hash
 * @param from where it goes on; empty to begin at the beginning
 * @param best the weights of the best epoch before, where it goes on
 * @param repeats an equal run before
 * @param everyEpoch whether each epoch is kept
 * @param isNewFolder whether the folder was made for it
 */
record Recording(
        String name,
        Optional<RunFolder> folder,
        String key,
        Optional<Snapshot> from,
        Optional<Weights> best,
        Optional<Repetition> repeats,
        boolean everyEpoch,
        boolean isNewFolder) {

    /**
     * @param unrecorded gives a name where there is no folder to name it by
     */
    static Recording of(Plan plan, List<Option> options, UnaryOperator<String> unrecorded) {
        String base = RunOption.find(options, RunOption.Named.class)
                .map(named -> RunName.safe(named.name()))
                .orElseGet(() -> RunName.of(plan));
        boolean everyEpoch = RunOption.find(options, RunOption.KeepEpochs.class).isPresent();
        Optional<RunOption.Resume> resume = RunOption.find(options, RunOption.Resume.class);
        if (RunOption.find(options, RunOption.Unrecorded.class).isPresent()) {
            Optional<Checkpoint> at = resume.map(said -> Checkpoint.read(Path.of(said.from())));
            return new Recording(
                    unrecorded.apply(base),
                    Optional.empty(),
                    "",
                    at.map(checkpoint -> checkpoint.snapshot(plan)),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    false);
        }
        String key = Identity.run(plan);
        Path root = RunOption.root(options);
        Optional<RunOption.GoOn> goOn = RunOption.find(options, RunOption.GoOn.class);
        if (goOn.isPresent()) {
            return goOn(plan, goOn.get().run(), key, root, everyEpoch);
        }
        List<StoredRun> equal = RunIndex.at(root).refresh().equal(key).stream()
                .flatMap(each -> stored(root, each).stream())
                .toList();
        if (resume.isPresent()) {
            return resumed(plan, resume.get(), key, base, root, everyEpoch);
        }
        boolean isFresh = RunOption.find(options, RunOption.Overwrite.class).isPresent();
        Optional<StoredRun> crashed =
                newest(equal, run -> !isFresh && run.state().equals("crashed"));
        if (crashed.isPresent()) {
            return goOn(plan, crashed.get(), key, everyEpoch);
        }
        Optional<Repetition> repeats = newest(
                        equal,
                        run -> run.state().equals("completed") || run.state().equals("early_stop"))
                .map(run -> new Repetition(run.name(), run.history()));
        String name = base;
        if (isFresh) {
            name = newest(equal, run -> true).map(StoredRun::name).orElse(base);
            equal.stream().filter(run -> !run.state().equals(Recorder.TRAINING)).forEach(Recording::delete);
        }
        RunFolder folder = RunFolder.create(root, name);
        return new Recording(
                folder.name(), Optional.of(folder), key, Optional.empty(), Optional.empty(), repeats, everyEpoch, true);
    }

    private static void delete(StoredRun run) {
        try {
            run.folder().delete();
        } catch (IOException e) {
            throw new QuireException("overwrite: run " + run.name() + " cannot be removed: " + e, e);
        }
    }

    /** The equal run that has come to its end, for {@code reuse()}. */
    static Optional<StoredRun> ended(Plan plan, Path root) {
        return newest(
                RunIndex.at(root).refresh().equal(Identity.run(plan)).stream()
                        .flatMap(each -> stored(root, each).stream())
                        .toList(),
                run -> run.state().equals("completed") || run.state().equals("early_stop"));
    }

    private static Recording resumed(
            Plan plan, RunOption.Resume resume, String key, String base, Path root, boolean everyEpoch) {
        boolean isWord = resume.from().equals("last") || resume.from().equals("best");
        if (!isWord) {
            Checkpoint at = Checkpoint.read(Path.of(resume.from()));
            RunFolder folder = RunFolder.create(root, base);
            return new Recording(
                    folder.name(),
                    Optional.of(folder),
                    key,
                    Optional.of(at.snapshot(plan)),
                    Optional.empty(),
                    Optional.empty(),
                    everyEpoch,
                    true);
        }
        StoredRun run = RunIndex.at(root)
                .select(
                        Optional.of(new Condition.Words(
                                "data", Condition.Comparison.EQUAL, plan.data().name())),
                        new RunOrder("started", true))
                .stream()
                .flatMap(each -> stored(root, each.name()).stream())
                .filter(each -> !each.state().equals(Recorder.TRAINING) && isSame(each, plan))
                .findFirst()
                .orElseThrow(() -> new QuireException("resume(\"" + resume.from() + "\"): no run of this network on "
                        + plan.data().name() + " is in " + root + ": leave resume out to begin one"));
        Path file = run.folder().checkpoint(resume.from());
        if (!Files.exists(file)) {
            throw new QuireException("resume: run " + run.name() + " has no checkpoint " + resume.from());
        }
        Checkpoint at = read(run, file);
        return goOn(plan, run, at, key, everyEpoch);
    }

    /** A damaged checkpoint is refused, and the other offered. */
    private static Checkpoint read(StoredRun run, Path file) {
        try {
            return Checkpoint.read(file);
        } catch (QuireException e) {
            Path other = file.equals(run.folder().last())
                    ? run.folder().best()
                    : run.folder().last();
            if (!Files.exists(other)) {
                throw e;
            }
            Checkpoint sound = Checkpoint.read(other);
            String word = other.equals(run.folder().last()) ? "last" : "best";
            throw new QuireException(
                    e.getMessage() + "; resume(\"" + word + "\") goes on from epoch " + sound.epoch()
                            + ", which is sound",
                    e);
        }
    }

    private static Recording goOn(Plan plan, String name, String key, Path root, boolean everyEpoch) {
        StoredRun run = StoredRun.of(new RunFolder(root.resolve(RunName.safe(name))));
        if (run.state().equals(Recorder.TRAINING)) {
            throw new QuireException("run " + name + " is being trained by another process: wait for it");
        }
        if (!isSame(run, plan)) {
            throw new QuireException("run " + name + " is of another network or other data: begin one of another name");
        }
        return goOn(plan, run, key, everyEpoch);
    }

    /** From the newest checkpoint; from the beginning where there is none. */
    private static Recording goOn(Plan plan, StoredRun run, String key, boolean everyEpoch) {
        return run.hasCheckpoint() ? goOn(plan, run, run.checkpoint(), key, everyEpoch) : again(run, key, everyEpoch);
    }

    private static boolean isSame(StoredRun run, Plan plan) {
        try {
            return Files.readString(run.folder().model()).equals(Identity.model(plan.model()))
                    && RunFolder.read(run.folder().data())
                            .path("identity")
                            .asText()
                            .equals(Identity.data(plan.data()));
        } catch (IOException halfWritten) {
            return false;
        }
    }

    private static Recording goOn(Plan plan, StoredRun run, Checkpoint at, String key, boolean everyEpoch) {
        Snapshot snapshot = at.snapshot(plan);
        Optional<Weights> best = plan.spec().monitor().best().isPresent()
                        && Files.exists(run.folder().best())
                ? Optional.of(Checkpoint.read(run.folder().best()).weights(plan))
                : Optional.empty();
        return new Recording(
                run.name(),
                Optional.of(run.folder()),
                key,
                Optional.of(snapshot),
                best,
                Optional.empty(),
                everyEpoch,
                false);
    }

    /** A run that crashed before its first checkpoint begins again in its folder. */
    private static Recording again(StoredRun run, String key, boolean everyEpoch) {
        return new Recording(
                run.name(),
                Optional.of(run.folder()),
                key,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                everyEpoch,
                false);
    }

    /** A record; empty where it is damaged, or gone since. */
    private static Optional<StoredRun> stored(Path root, String name) {
        try {
            return Optional.of(StoredRun.of(new RunFolder(root.resolve(name))));
        } catch (QuireException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<StoredRun> newest(List<StoredRun> runs, Predicate<StoredRun> test) {
        return runs.stream().filter(test).max(Comparator.comparing(StoredRun::started));
    }

    /** Opens the record; empty where there is none. */
    Optional<Recorder> open(Plan plan) {
        return folder.map(place -> isNewFolder
                ? Recorder.begin(place, plan, key)
                : Recorder.resume(
                        place,
                        plan,
                        from.map(Snapshot::history).orElse(History.empty()),
                        from.map(Snapshot::step).orElse(0L)));
    }

    /** What keeps its checkpoints. */
    Keeper keeper(Plan plan, Optional<Recorder> recorder) {
        Checkpoints.Before before =
                recorder.<Checkpoints.Before>map(book -> book::settle).orElse(() -> {});
        return folder.<Keeper>map(place -> new Checkpoints(place, plan, everyEpoch, before))
                .orElse(Keeper.NONE);
    }
}
