package dev.quire.run;

import dev.quire.train.RunEvent;
import dev.quire.view.Screen;
import dev.quire.view.TrainingState;
import dev.quire.view.TrainingView;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows a run on a screen while it trains. */
final class Watch implements Consumer<RunEvent> {
    private final Screen screen;
    private TrainingState state = TrainingState.start(1, 1, "");
    private @Nullable TrainingView view;
    private int epoch;
    private double lossSum;
    private long steps;

    Watch(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void accept(RunEvent event) {
        if (event instanceof RunEvent.Started started) {
            state = TrainingState.start(started.plan().spec().epochs(), started.stepsPerEpoch(), started.device());
            view = TrainingView.on(screen, state);
        } else if (event instanceof RunEvent.Steps done) {
            show(done);
        } else if (event instanceof RunEvent.Epoch done) {
            state = state.with(done.history());
            update();
        } else if (event instanceof RunEvent.Ended ended && view != null) {
            state = state.with(ended.history());
            view.end(state, ended.sentence());
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
                .withSpeed(done.examples() / done.seconds(), done.rates()[done.rates().length - 1], state.bytes());
        update();
    }

    private void update() {
        if (view != null) {
            view.update(state);
        }
    }
}
