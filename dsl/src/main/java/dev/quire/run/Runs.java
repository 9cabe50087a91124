package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.table.Nearest;
import dev.quire.engine.Device;
import dev.quire.engine.Torch;
import dev.quire.model.Layer;
import dev.quire.train.Callback;
import dev.quire.train.Network;
import dev.quire.train.Option;
import dev.quire.train.Plan;
import dev.quire.train.TrainingSpec;
import dev.quire.view.Screens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The runs of this session. A cell that fails or is stopped leaves its variable empty, so runs are found here. The
 * newest stays on the device, and those that still train; the ones before keep their weights in main memory, and no more
 * than {@link #KEPT} of them are held.
 */
public final class Runs {
    /** How many runs a session holds. */
    public static final int KEPT = 20;

    private static final Deque<Run> RUNS = new ArrayDeque<>();
    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    private Runs() {}

    /**
     * Trains a network and waits for it.
     *
     * @throws QuireException when network, data and options do not fit; nothing native has been loaded then
     */
    public static Run train(Layer model, Dataset data, List<Option> options) {
        Plan plan = Plan.of(model, data, TrainingSpec.of(options));
        Optional<Run> earlier = reused(plan, options);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Network network = start(plan);
        Recording recording = Recording.of(plan, options, Runs::numbered);
        Run run = register(plan, recording);
        run.train(() -> network, new Watch(Screens.current()), callbacks(options), recording);
        return run;
    }

    /**
     * Trains a network on a thread of its own and returns at once. Runs that train at the same time take turns, a
     * tenth of a second each, and come out as they would alone.
     *
     * @throws QuireException when network, data and options do not fit
     */
    public static Run trainAsync(Layer model, Dataset data, List<Option> options) {
        Plan plan = Plan.of(model, data, TrainingSpec.of(options));
        Optional<Run> earlier = reused(plan, options);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        Recording recording = Recording.of(plan, options, Runs::numbered);
        Run run = register(plan, recording);
        Cells.Told told = Cells.told();
        Watch watch = Watch.inBackground(Screens.current(), run.name(), plan);
        Thread thread = new Thread(
                () -> {
                    try {
                        Cells.during(told, () -> run.train(() -> start(plan), watch, callbacks(options), recording));
                    } catch (RuntimeException | Error said) {
                        // the run keeps it, its display has said it, and await() throws it
                    }
                },
                "quire-" + run.name());
        thread.setDaemon(true);
        thread.start();
        return run;
    }

    /**
     * The newest run that has come to its end and would come out as this one: what {@code reuse()} gives back.
     *
     * @throws QuireException when network, data and options do not fit
     */
    public static Optional<StoredRun> ended(Layer model, Dataset data, List<Option> options) {
        Plan plan = Plan.of(model, data, TrainingSpec.of(options));
        return Recording.ended(plan, RunOption.root(options));
    }

    /** The run that {@code reuse()} gives back without training. */
    private static Optional<Run> reused(Plan plan, List<Option> options) {
        if (RunOption.find(options, RunOption.Reuse.class).isEmpty()) {
            return Optional.empty();
        }
        Optional<Run> earlier = Recording.ended(plan, RunOption.root(options)).map(stored -> stored.reload(plan));
        earlier.ifPresent(Runs::hold);
        return earlier;
    }

    private static Network start(Plan plan) {
        Device device = Torch.device();
        releaseAll();
        return Network.start(plan, device);
    }

    private static List<Callback> callbacks(List<Option> options) {
        return options.stream()
                .filter(Callback.class::isInstance)
                .map(Callback.class::cast)
                .toList();
    }

    private static Run register(Plan plan, Recording recording) {
        Run run = Run.begin(recording.name(), plan, recording.folder());
        hold(run);
        return run;
    }

    private static synchronized void hold(Run run) {
        RUNS.addLast(run);
        if (RUNS.size() > KEPT) {
            RUNS.stream().filter(old -> !old.isTraining()).findFirst().ifPresent(RUNS::remove);
        }
    }

    /** The name of a run that is not recorded. */
    private static synchronized String numbered(String base) {
        int number = NUMBERS.merge(base, 1, Integer::sum);
        return number == 1 ? base : base + "-v" + (number - 1);
    }

    private static void releaseAll() {
        all().forEach(Run::release);
    }

    /**
     * A recorded run, of this session or an earlier one, by its name.
     *
     * @throws QuireException when there is none; the nearest names are offered
     */
    public static StoredRun recorded(String name) {
        return recorded(RunFolder.root(), name);
    }

    /** As {@link #recorded(String)}, below another folder. */
    public static StoredRun recorded(Path root, String name) {
        RunFolder folder = new RunFolder(root.resolve(RunName.safe(name)));
        if (!Files.exists(folder.run())) {
            try {
                List<String> names =
                        RunFolder.all(root).stream().map(RunFolder::name).toList();
                throw new QuireException("there is no run '" + name + "' in " + root
                        + (names.isEmpty() ? "" : Nearest.of(name, names, ", did you mean", "; there are")));
            } catch (IOException e) {
                throw new QuireException("the runs in " + root + " cannot be listed: " + e, e);
            }
        }
        return StoredRun.of(folder);
    }

    /** All recorded runs and those of this session. */
    public static RunList list() {
        return RunList.of(RunFolder.root(), all());
    }

    /** All recorded runs below another folder. */
    public static RunList list(Path root) {
        return RunList.of(root, List.of());
    }

    /** All runs that are held, oldest first. */
    public static synchronized List<Run> all() {
        return new ArrayList<>(RUNS);
    }

    /**
     * The newest run.
     *
     * @throws QuireException when there is none
     */
    public static synchronized Run last() {
        if (RUNS.isEmpty()) {
            throw new QuireException("there is no run yet in this session: start one with train(net, data, epochs(3))");
        }
        return RUNS.getLast();
    }
}
