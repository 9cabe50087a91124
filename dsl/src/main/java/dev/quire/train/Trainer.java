package dev.quire.train;

import dev.quire.data.Split;
import dev.quire.metric.History;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Trains a network: epochs of steps, validation after each, and an event for whoever listens. */
public final class Trainer {
    private final Network network;
    private final Plan plan;
    private final Consumer<RunEvent> listener;
    private final List<Callback> callbacks;
    private final BooleanSupplier wanted;
    private final Kept kept;
    private BooleanSupplier outOfTime = () -> false;
    private History history = History.empty();
    private long step;
    private int epoch;
    private @Nullable Stop stop;

    private record Stop(StopReason reason, String sentence) {}

    private Trainer(
            Network network, Consumer<RunEvent> listener, List<Callback> callbacks, BooleanSupplier stopWanted) {
        this.network = network;
        this.plan = network.plan();
        this.listener = listener;
        this.callbacks = callbacks;
        this.wanted = () -> Thread.currentThread().isInterrupted() || stopWanted.getAsBoolean();
        this.kept = new Kept(network);
    }

    /**
     * Trains until all epochs are done or something ends it before. A thread that is interrupted stops after the call
     * under way, with its interrupt status set again.
     *
     * @param listener is told every event, on this thread
     * @param callbacks likewise, and may stop the run
     * @return the last event, which the listener is told also when an error ends the run and is thrown
     */
    public static RunEvent.Ended train(Network network, Consumer<RunEvent> listener, List<Callback> callbacks) {
        return train(network, listener, callbacks, () -> false);
    }

    /**
     * As {@link #train(Network, Consumer, List)}.
     *
     * @param stopWanted is asked after each call, and ends the run as an interrupt does
     */
    public static RunEvent.Ended train(
            Network network, Consumer<RunEvent> listener, List<Callback> callbacks, BooleanSupplier stopWanted) {
        Trainer trainer = new Trainer(network, listener, callbacks, stopWanted);
        try {
            return trainer.run();
        } catch (RuntimeException | Error e) {
            listener.accept(RunEvent.Ended.failed(e, trainer.history));
            throw e;
        }
    }

    private RunEvent.Ended run() {
        TrainingSpec spec = plan.spec();
        network.forget();
        Optional<Split> validation = plan.data().validationSplit();
        try (Feed examples = network.feed(Split.TRAIN);
                Feed held = validation.map(network::feed).orElse(null)) {
            long stepsPerEpoch = Math.min(
                    (examples.count() + spec.batch() - 1) / spec.batch(),
                    spec.limits().batches().orElse(Long.MAX_VALUE));
            long begun = System.nanoTime();
            outOfTime = () -> seconds(begun) > spec.limits().seconds().orElse(Double.POSITIVE_INFINITY);
            tell(new RunEvent.Started(plan, stepsPerEpoch, network.device()));
            Pace pace = new Pace();
            for (epoch = 1; epoch <= spec.epochs() && stop == null; epoch++) {
                long began = System.nanoTime();
                examples.shuffled(Seeds.order(spec.seed(), epoch));
                Scores scores = epoch(examples, stepsPerEpoch, pace);
                double seconds = seconds(began);
                Map<String, Double> row = new LinkedHashMap<>(scores.means(""));
                if (held != null && stop == null) {
                    row.putAll(isValidated() ? validated(held) : unmeasured());
                }
                if (stop == null) {
                    row.put(History.LEARNING_RATE, rate(step - 1, stepsPerEpoch));
                    row.put(History.SECONDS, seconds(began));
                    row.put(History.EXAMPLES_PER_SECOND, scores.examples() / seconds);
                    history = history.append(row);
                    kept.after(history);
                    tell(new RunEvent.Epoch(epoch, history));
                    checkEarlyStop();
                }
            }
        }
        Stop end = stop != null ? stop : new Stop(StopReason.COMPLETED, StopReason.COMPLETED.sentence());
        network.settle();
        String which = kept.restore(history, end.reason());
        RunEvent.Ended ended = new RunEvent.Ended(end.reason(), end.sentence() + which, history);
        tell(ended);
        return ended;
    }

    private boolean isValidated() {
        return epoch % plan.spec().monitor().every() == 0
                || epoch == plan.spec().epochs();
    }

    private Map<String, Double> validated(Feed held) {
        Map<String, Double> out = network.evaluate(held, wanted).means(History.VALIDATION);
        stopIfWanted();
        return out;
    }

    private Map<String, Double> unmeasured() {
        Map<String, Double> out = new LinkedHashMap<>();
        Monitored.columns(plan.data(), plan.metrics(), plan.examined()).stream()
                .filter(column -> column.startsWith(History.VALIDATION))
                .forEach(column -> out.put(column, Double.NaN));
        return out;
    }

    private Scores epoch(Feed examples, long stepsPerEpoch, Pace pace) {
        Scores scores = new Scores(plan.metrics(), plan.predictionsPerExample());
        long began = System.nanoTime();
        long last = epoch * stepsPerEpoch;
        while (step < last && stop == null) {
            long begin = System.nanoTime();
            Feed.Piece piece = examples.next(plan.spec().batch(), (int) Math.min(pace.steps(), last - step));
            if (piece.steps() == 0) {
                stopIfWanted();
                break;
            }
            double[] rates = new double[piece.steps()];
            long[] seeds = new long[piece.steps()];
            for (int i = 0; i < piece.steps(); i++) {
                rates[i] = rate(step + i, stepsPerEpoch);
                seeds[i] = Seeds.step(plan.spec().seed(), step + i);
            }
            Network.Rows rows = network.train(piece, rates, seeds);
            pace.took(piece.steps(), seconds(begin));
            scores.add(rows.losses(), rows.sums(), plan.spec().batch(), piece.examples());
            long first = step;
            step += piece.steps();
            tell(new RunEvent.Steps(epoch, first, rows.losses(), rates, scores.examples(), seconds(began)));
            checkFinite(first, rows.losses());
            stopIfWanted();
            if (outOfTime.getAsBoolean()) {
                stop(StopReason.TIME, "the time budget was used up in epoch " + epoch);
            }
        }
        return scores;
    }

    private void stopIfWanted() {
        if (wanted.getAsBoolean()) {
            stop(StopReason.STOPPED, "stopped in epoch " + epoch);
        }
    }

    private double rate(long at, long stepsPerEpoch) {
        TrainingSpec spec = plan.spec();
        return spec.schedule().rate(spec.optimizer().learningRate(), at, stepsPerEpoch * spec.epochs());
    }

    private void checkFinite(long first, float[] losses) {
        for (int i = 0; i < losses.length; i++) {
            if (!Float.isFinite(losses[i])) {
                stop(
                        StopReason.NON_FINITE,
                        "the loss was " + losses[i] + " at step " + (first + i + 1)
                                + ": try a smaller learning rate, clip(1.0), or look for extreme values in the data");
                return;
            }
        }
    }

    private void checkEarlyStop() {
        plan.spec().monitor().earlyStop().ifPresent(early -> {
            int best = history.best(early.metric(), early.goal()).orElse(history.epochs());
            if (history.epochs() - best >= early.patience()) {
                stop(
                        StopReason.EARLY_STOP,
                        early.metric() + " has not become better since epoch " + best + ", " + early.patience()
                                + (early.patience() == 1 ? " epoch ago" : " epochs ago"));
            }
        });
    }

    private void stop(StopReason reason, String sentence) {
        if (stop == null) {
            stop = new Stop(reason, sentence);
        }
    }

    private void tell(RunEvent event) {
        listener.accept(event);
        for (Callback callback : callbacks) {
            callback.on(event, why -> stop(StopReason.CALLBACK, Objects.requireNonNull(why)));
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) * 1e-9;
    }
}
