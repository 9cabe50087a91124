package dev.quire.view;

import java.util.function.LongSupplier;

/** Holds drawing down to ten times a second: a person does not see more. What is slow to draw is drawn less often. */
final class Pace {
    private static final long BETWEEN = 100_000_000;

    /** Drawing takes no more than one part in so many of the time. */
    private static final long SHARE = 100;

    /** Longer without a sign of life, and training seems to stand still. */
    private static final long LONGEST = 2_000_000_000;

    private final LongSupplier nanos;
    private long next = Long.MIN_VALUE;
    private long before;

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

    /**
     * Draws, and waits the longer the longer that took. The lesser of the last two times counts: the first one loads
     * classes too, and a pause of the machine is not the drawing's.
     */
    void draw(Runnable drawing) {
        long began = nanos.getAsLong();
        drawing.run();
        long now = nanos.getAsLong();
        long took = now - began;
        next = Math.max(next, now + Math.min(LONGEST, SHARE * Math.min(took, before)));
        before = took;
    }
}
