package dev.quire.train;

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
    private Weights last;
    private @Nullable Weights best;
    private int bestEpoch;

    Kept(Network network) {
        this.network = network;
        this.wish = network.plan().spec().monitor().best();
        this.column = wish.map(best -> best.column(network.plan().data())).orElse("");
        this.last = network.weights();
    }

    /** An epoch is over. */
    void after(History history) {
        last = network.weights();
        wish.ifPresent(option -> {
            OptionalInt now = history.best(column, option.goal());
            if (now.isPresent() && now.getAsInt() != bestEpoch) {
                bestEpoch = now.getAsInt();
                best = last;
            }
        });
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
