package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.engine.Device;
import dev.quire.engine.Torch;
import dev.quire.model.Layer;
import dev.quire.train.Callback;
import dev.quire.train.Network;
import dev.quire.train.Option;
import dev.quire.train.Plan;
import dev.quire.train.TrainingSpec;
import dev.quire.view.Screens;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
        Network network = start(plan);
        Run run = register(plan);
        run.train(() -> network, new Watch(Screens.current()), callbacks(options));
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
        Run run = register(plan);
        Watch watch = Watch.inBackground(Screens.current(), run.name(), plan);
        Thread thread = new Thread(
                () -> {
                    try {
                        run.train(() -> start(plan), watch, callbacks(options));
                    } catch (RuntimeException | Error said) {
                        // the run keeps it, its display has said it, and await() throws it
                    }
                },
                "quire-" + run.name());
        thread.setDaemon(true);
        thread.start();
        return run;
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

    private static synchronized Run register(Plan plan) {
        int number = NUMBERS.merge(plan.data().name(), 1, Integer::sum);
        Run run = new Run(plan.data().name() + "-" + number, plan);
        RUNS.addLast(run);
        if (RUNS.size() > KEPT) {
            RUNS.stream().filter(old -> !old.isTraining()).findFirst().ifPresent(RUNS::remove);
        }
        return run;
    }

    private static void releaseAll() {
        all().forEach(Run::release);
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
