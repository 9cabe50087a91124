package dev.quire.view;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tells from how fast work has gone how long the rest will take. */
final class Stopwatch {
    /** Before so much is done a guess would jump about. */
    private static final double TOO_EARLY = 0.005;

    private final LongSupplier nanos;
    private final long begin;
    private final double doneBefore;

    /**
     * Starts now.
     *
     * @param done the part of the work done already, 0 to 1: that of a resumed run is not counted as quick work
     */
    Stopwatch(LongSupplier nanos, double done) {
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
        this.doneBefore = done;
    }

    Duration elapsed() {
        return Duration.ofNanos(nanos.getAsLong() - begin);
    }

    Optional<Duration> left(double done) {
        double progress = done - doneBefore;
        return progress < TOO_EARLY
                ? Optional.empty()
                : Optional.of(Duration.ofNanos((long) (elapsed().toNanos() * (1 - done) / progress)));
    }
}
