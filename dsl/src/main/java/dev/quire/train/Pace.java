package dev.quire.train;

/**
 * How many steps go into one native call: as many as take about a tenth of a second, so that a run can be watched and
 * stopped, and calls cost nothing to speak of.
 */
final class Pace {
    private static final double CALL_SECONDS = 0.1;
    private static final int MOST = 10_000;

    private int steps = 1;

    int steps() {
        return steps;
    }

    /** Learns from a call; grows by no more than four times, since first calls are slow. */
    void took(int done, double seconds) {
        double fitting = CALL_SECONDS / Math.max(seconds / done, 1e-7);
        steps = (int) Math.max(1, Math.min(Math.min(fitting, 4.0 * steps), MOST));
    }
}
