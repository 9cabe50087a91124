package dev.quire.train;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Who attends to a training run, and where it begins.
 *
 * @param listener is told every event, on the thread that trains
 * @param callbacks likewise, and may stop the run
 * @param stopWanted is asked after each call, and ends the run as an interrupt does
 * @param keeper keeps snapshots
 * @param from where it goes on; empty to begin at the beginning
 * @param bestWeights those of the best epoch before, where it goes on and they are asked for
 */
public record Attended(
        Consumer<RunEvent> listener,
        List<Callback> callbacks,
        BooleanSupplier stopWanted,
        Keeper keeper,
        Optional<Snapshot> from,
        Optional<Weights> bestWeights) {
    public Attended {
        callbacks = List.copyOf(callbacks);
    }

    /** By a listener and callbacks alone, from the beginning. */
    public static Attended by(Consumer<RunEvent> listener, List<Callback> callbacks) {
        return new Attended(listener, callbacks, () -> false, Keeper.NONE, Optional.empty(), Optional.empty());
    }

    public Attended keeper(Keeper value) {
        return new Attended(listener, callbacks, stopWanted, value, from, bestWeights);
    }

    /** Going on from a snapshot, with the weights of the best epoch before it where they are known. */
    public Attended from(Snapshot value, Optional<Weights> best) {
        return new Attended(listener, callbacks, stopWanted, keeper, Optional.of(value), best);
    }
}
