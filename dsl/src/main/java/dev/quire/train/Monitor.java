package dev.quire.train;

import dev.quire.QuireException;
import java.util.List;
import java.util.Optional;

/**
 * What is measured while a network trains, and what follows from it.
 *
 * @param metrics names of what is measured on the validation split besides; see {@code Metrics}
 * @param every epochs between two validations, at least 1; the last epoch is always validated
 * @param earlyStop when to stop before the last epoch, if ever
 * @param best which epoch's weights it ends with; the last where nothing is said
 */
public record Monitor(List<String> metrics, int every, Optional<EarlyStop> earlyStop, Optional<Best> best) {
    /** The usual metrics of the data, after each epoch. */
    public static final Monitor NONE = new Monitor(List.of(), 1, Optional.empty(), Optional.empty());

    public Monitor {
        metrics = List.copyOf(metrics);
        if (every < 1) {
            throw new QuireException("evaluateEvery must be at least 1 epoch, got " + every);
        }
    }

    public Monitor metrics(List<String> names) {
        return new Monitor(names, every, earlyStop, best);
    }

    public Monitor every(int epochs) {
        return new Monitor(metrics, epochs, earlyStop, best);
    }

    public Monitor earlyStop(EarlyStop value) {
        return new Monitor(metrics, every, Optional.of(value), best);
    }

    public Monitor best(Best value) {
        return new Monitor(metrics, every, earlyStop, Optional.of(value));
    }
}
