package dev.quire.bench;

import dev.quire.engine.Torch;
import dev.quire.train.Callback;
import dev.quire.train.Network;
import dev.quire.train.Plan;
import dev.quire.train.RunEvent;
import dev.quire.train.Trainer;
import java.util.List;

/** Quire's own Trainer. A round is a run, stopped by a callback; its beginning, while calls grow, is not counted. */
final class QuireContestant implements Contestant {
    private static final double WARM_UP = 0.25;

    private final String name;
    private final Plan plan;
    private final double unitsPerStep;
    private final String without;

    /**
     * @param without the name of a rewrite to leave out, or nothing
     */
    QuireContestant(String name, Plan plan, double unitsPerStep, String without) {
        this.name = name;
        this.plan = plan;
        this.unitsPerStep = unitsPerStep;
        this.without = without;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double round(double seconds) {
        Clock clock = new Clock(seconds);
        try (Network network = Switch.without(without, () -> Network.start(plan, Torch.device()))) {
            Trainer.train(network, event -> {}, List.of(clock));
        }
        return clock.stepsPerSecond() * unitsPerStep;
    }

    @Override
    public void close() {}

    private static final class Clock implements Callback {
        private final double seconds;
        private long began;
        private long counting;
        private long last;
        private long steps;

        Clock(double seconds) {
            this.seconds = seconds;
        }

        @Override
        public void on(RunEvent event, Control control) {
            long now = System.nanoTime();
            if (event instanceof RunEvent.Started) {
                began = now;
            } else if (event instanceof RunEvent.Steps done) {
                last = now;
                if (counting > 0) {
                    steps += done.losses().length;
                } else if (now - began > seconds * WARM_UP * 1e9) {
                    counting = now;
                }
                if (now - began > (1 + WARM_UP) * seconds * 1e9 && steps > 0) {
                    control.stop("the round is over");
                }
            }
        }

        double stepsPerSecond() {
            return steps / ((last - counting) * 1e-9);
        }
    }
}
