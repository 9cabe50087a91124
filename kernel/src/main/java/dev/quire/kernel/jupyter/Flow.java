package dev.quire.kernel.jupyter;

import java.util.concurrent.TimeUnit;

/**
 * Holds back a cell that prints without end: a front end cannot read as fast as Java prints, and what waits for it fills
 * the memory. A burst passes freely.
 */
final class Flow {
    private static final long BURST = 64L << 20;
    private static final long BYTES_PER_SECOND = 20L << 20;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long PAUSE_NANOS = 1_000_000;

    private long room = BURST;
    private long seen = System.nanoTime();

    /** Counts bytes, and waits where there were too many. An interrupt ends the wait and stays set. */
    void passed(int bytes) {
        long wait = take(bytes);
        if (wait > PAUSE_NANOS) {
            try {
                TimeUnit.NANOSECONDS.sleep(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized long take(int bytes) {
        room -= bytes;
        if (room >= 0) {
            return 0;
        }
        long now = System.nanoTime();
        double seconds = (now - seen) / (double) NANOS_PER_SECOND;
        seen = now;
        room = (long) Math.min(BURST, room + seconds * BYTES_PER_SECOND);
        return room >= 0 ? 0 : -room * NANOS_PER_SECOND / BYTES_PER_SECOND;
    }
}
