package dev.quire.train;

import dev.quire.QuireException;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What ends training early, for a fast try.
 *
 * @param batches the most batches an epoch trains on, if any
 * @param seconds the most seconds training may take, if any; checked between native calls, a tenth of a second apart
 */
public record Limits(OptionalLong batches, OptionalDouble seconds) {
    /** No limits. */
    public static final Limits NONE = new Limits(OptionalLong.empty(), OptionalDouble.empty());

    public Limits {
        if (batches.isPresent() && batches.getAsLong() < 1) {
            throw new QuireException("maxBatches must be at least 1, got " + batches.getAsLong());
        }
        if (seconds.isPresent() && !(seconds.getAsDouble() > 0)) {
            throw new QuireException("timeBudget must be more than 0 seconds, got " + seconds.getAsDouble());
        }
    }

    public Limits batches(long most) {
        return new Limits(OptionalLong.of(most), seconds);
    }

    public Limits seconds(double most) {
        return new Limits(batches, OptionalDouble.of(most));
    }
}
