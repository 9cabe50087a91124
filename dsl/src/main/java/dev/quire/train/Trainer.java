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
    private final Attended attended;
    private final BooleanSupplier wanted;
    private final Kept kept;
    private BooleanSupplier outOfTime = () -> false;
    private Scores scores;
    private History history = History.empty();
    private long step;
    private int epoch = 1;
    private @Nullable Stop stop;

    private record Stop(StopReason reason, String sentence) {}

    private Trainer(Network network, Attended attended) {
        this.network = network;
        this.plan = network.plan();
        this.attended = attended;
        this.wanted = () ->
                Thread.currentThread().isInterrupted() || attended.stopWanted().getAsBoolean();
        this.kept = new Kept(network);
        this.scores = fresh();
    }

    /** As {@link #train(Network, Attended)}, by a listener and callbacks alone. */
    public static RunEvent.Ended train(Network network, Consumer<RunEvent> listener, List<Callback> callbacks) {
        return train(network, Attended.by(listener, callbacks));
    }

    /**
     * Trains until all epochs are done or something ends it before. A thread that is interrupted stops after the call
     * under way, with its interrupt status set again.
     *
     * @return the last event, which the listener is told also when an error ends the run and is thrown
     */
    public static RunEvent.Ended train(Network network, Attended attended) {
        Trainer trainer = new Trainer(network, attended);
        try (Keeper keeper = attended.keeper()) {
            return trainer.run();
        } catch (RuntimeException | Error e) {
            attended.listener().accept(RunEvent.Ended.failed(e, trainer.history));
            throw e;
        }
    }

    private RunEvent.Ended run() {
        TrainingSpec spec = plan.spec();
        network.forget();
        attended.from().ifPresent(this::goOn);
        Optional<Split> validation = plan.data().validationSplit();
        try (Feed examples = network.feed(Split.TRAIN);
                Feed held = validation.map(network::feed).orElse(null)) {
            long stepsPerEpoch = Math.min(
                    (examples.count() + spec.batch() - 1) / spec.batch(),
                    spec.limits().batches().orElse(Long.MAX_VALUE));
            long begun = System.nanoTime();
            outOfTime = () -> seconds(begun) > spec.limits().seconds().orElse(Double.POSITIVE_INFINITY);
            tell(new RunEvent.Started(plan, stepsPerEpoch, network.device()));
            if (!history.isEmpty() && scores.examples() == 0) {
                checkEarlyStop();
            }
            Pace pace = new Pace();
            for (; epoch <= spec.epochs() && stop == null; epoch++) {
                long began = System.nanoTime();
                examples.shuffled(Seeds.order(spec.seed(), epoch));
                examples.skip(scores.examples());
                epoch(examples, stepsPerEpoch, pace);
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
                    boolean isBest = kept.after(history);
                    scores = fresh();
                    tell(new RunEvent.Epoch(epoch, history));
                    keep(epoch + 1, isBest);
                    checkEarlyStop();
                }
            }
        }
        Stop end = stop != null ? stop : new Stop(StopReason.COMPLETED, StopReason.COMPLETED.sentence());
        if (end.reason() == StopReason.STOPPED
                || end.reason() == StopReason.TIME
                || end.reason() == StopReason.CALLBACK) {
            // So that it can go on from the very step.
            keep(history.epochs() + 1, false);
        }
        network.settle();
        // Whoever reads that it has ended finds its last checkpoint.
        attended.keeper().close();
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

    /** Training goes on where a snapshot was taken. */
    private void goOn(Snapshot from) {
        network.resume(from);
        history = from.history();
        epoch = from.epoch();
        step = from.step();
        scores.add(from.sums());
        kept.resume(from.bestEpoch(), attended.bestWeights());
    }

    private void keep(int at, boolean isBest) {
        attended.keeper().keep(network.snapshot(at, step, scores.sums(), history, kept.bestEpoch()), isBest);
    }

    private Scores fresh() {
        return new Scores(plan.metrics(), plan.predictionsPerExample());
    }

    private void epoch(Feed examples, long stepsPerEpoch, Pace pace) {
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
            if (stop == null && step < last && attended.keeper().isDue()) {
                keep(epoch, false);
            }
            stopIfWanted();
            if (outOfTime.getAsBoolean()) {
                stop(StopReason.TIME, "the time budget was used up in epoch " + epoch);
            }
        }
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
        attended.listener().accept(event);
        for (Callback callback : attended.callbacks()) {
            callback.on(event, why -> stop(StopReason.CALLBACK, Objects.requireNonNull(why)));
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) * 1e-9;
    }
}
