package dev.quire.view;

import java.util.function.LongSupplier;

/** Holds drawing down to ten times a second: a person does not see more. */
final class Pace {
    private static final long BETWEEN = 100_000_000;

    private final LongSupplier nanos;
    private long next = Long.MIN_VALUE;

    Pace() {
        this(System::nanoTime);
    }

    Pace(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Whether it is time; if so the next time is a tenth of a second later. */
    boolean isDue() {
        long now = nanos.getAsLong();
        if (next != Long.MIN_VALUE && now - next < 0) {
            return false;
        }
        next = now + BETWEEN;
        return true;
    }
}
