package dev.quire.train;

import dev.quire.metric.Goal;
import dev.quire.metric.History;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The weights of a run that may be wanted again: those after the last epoch, and those of the best. */
final class Kept {
    private final Network network;
    private final Optional<Best> wish;
    private final String column;
    private final Goal goal;
    private Weights last;
    private @Nullable Weights best;
    private int bestEpoch;

    Kept(Network network) {
        this.network = network;
        this.wish = network.plan().spec().monitor().best();
        this.column = network.plan().monitored();
        this.goal = wish.map(Best::goal).orElse(Goal.MIN);
        this.last = network.weights();
    }

    /** Training goes on after these epochs; the weights of the best are known where they were asked for. */
    void resume(int epoch, Optional<Weights> weights) {
        bestEpoch = epoch;
        best = weights.orElse(null);
    }

    /**
     * An epoch is over.
     *
     * @return whether it is the best so far
     */
    boolean after(History history) {
        last = network.weights();
        OptionalInt now = history.has(column) ? history.best(column, goal) : OptionalInt.empty();
        if (now.isEmpty() || now.getAsInt() == bestEpoch) {
            return false;
        }
        bestEpoch = now.getAsInt();
        best = wish.isPresent() ? last : null;
        return true;
    }

    /** The best epoch so far, from 1; 0 before the first. */
    int bestEpoch() {
        return bestEpoch;
    }

    /**
     * Puts the best weights back where they were asked for, else those of the last epoch where the present ones are
     * broken.
     *
     * @return which weights they are, to be added to why the run ended
     */
    String restore(History history, StopReason reason) {
        if (best != null) {
            network.restore(best);
            return "; the weights are those of epoch " + bestEpoch + ", the best by " + column
                    + String.format(Locale.ROOT, " (%.4g)", history.value(bestEpoch, column));
        }
        if (reason == StopReason.NON_FINITE) {
            network.restore(last);
            return "; the weights are those "
                    + (history.isEmpty() ? "it began with" : "after epoch " + history.epochs());
        }
        if (wish.isPresent()) {
            return "; the weights are the last, as no epoch was measured by " + column;
        }
        return reason == StopReason.COMPLETED ? "" : "; the weights are the last";
    }
}
