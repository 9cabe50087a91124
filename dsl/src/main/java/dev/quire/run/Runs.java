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
 * newest stays on the device; the ones before it keep their weights in main memory, and no more than {@link #KEPT} of
 * them are held.
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
        List<Callback> callbacks = options.stream()
                .filter(Callback.class::isInstance)
                .map(Callback.class::cast)
                .toList();
        Device device = Torch.device();
        releaseAll();
        Network network = Network.start(plan, device);
        Run run = register(plan, device);
        run.train(network, new Watch(Screens.current()), callbacks);
        return run;
    }

    private static synchronized Run register(Plan plan, Device device) {
        int number = NUMBERS.merge(plan.data().name(), 1, Integer::sum);
        Run run = new Run(plan.data().name() + "-" + number, plan, device);
        RUNS.addLast(run);
        if (RUNS.size() > KEPT) {
            RUNS.removeFirst();
        }
        return run;
    }

    private static synchronized void releaseAll() {
        RUNS.forEach(Run::release);
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
