package dev.quire.run;

import dev.quire.engine.Device;
import dev.quire.engine.Memory;
import dev.quire.train.Plan;
import dev.quire.train.RunEvent;
import dev.quire.train.StopReason;
import dev.quire.view.Screen;
import dev.quire.view.TrainingState;
import dev.quire.view.TrainingView;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows a run on a screen while it trains. */
final class Watch implements Consumer<RunEvent> {
    private static final long BETWEEN_LOOKS = 500_000_000;

    private final Screen screen;
    private TrainingState state = TrainingState.start(1, 1, "");
    private Device device = Device.CPU;
    private @Nullable TrainingView view;
    private int epoch;
    private double lossSum;
    private long steps;
    private long looked;

    Watch(Screen screen) {
        this.screen = screen;
    }

    /** Opened by the cell that starts the run, to which its display belongs. */
    static Watch inBackground(Screen screen, String name, Plan plan) {
        Watch watch = new Watch(screen);
        watch.state = TrainingState.start(plan.spec().epochs(), 1, "");
        watch.view = TrainingView.inBackground(screen, watch.state, name);
        return watch;
    }

    @Override
    public void accept(RunEvent event) {
        if (event instanceof RunEvent.Started started) {
            device = started.on();
            state = TrainingState.start(started.plan().spec().epochs(), started.stepsPerEpoch(), started.device());
            if (view == null) {
                view = TrainingView.on(screen, state);
            }
        } else if (event instanceof RunEvent.Steps done) {
            show(done);
        } else if (event instanceof RunEvent.Epoch done) {
            state = state.with(done.history());
            update();
        } else if (event instanceof RunEvent.Ended ended && view != null) {
            state = state.with(ended.history());
            view.end(state, (ended.reason() == StopReason.FAILED ? "it failed: " : "") + ended.sentence());
        }
    }

    private void show(RunEvent.Steps done) {
        if (done.epoch() != epoch) {
            epoch = done.epoch();
            lossSum = 0;
            steps = 0;
        }
        for (float loss : done.losses()) {
            lossSum += loss;
        }
        steps += done.losses().length;
        state = state.at(epoch, steps, lossSum / steps)
                .withSpeed(done.examples() / done.seconds(), done.rates()[done.rates().length - 1], memory());
        update();
    }

    private long memory() {
        long now = System.nanoTime();
        if (state.bytes() > 0 && now - looked < BETWEEN_LOOKS) {
            return state.bytes();
        }
        looked = now;
        return Memory.used(device);
    }

    private void update() {
        if (view != null) {
            view.update(state);
        }
    }
}
