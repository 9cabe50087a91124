package dev.quire.run.record;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The time while the cells of a record run again: their runs go to a folder of their own, so that they neither find nor
 * replace those there are, and exports are left out, so that none overwrites the record.
 */
public final class Replaying implements AutoCloseable {
    private static final String RUNS = "quire.runs";
    private static volatile boolean isUnderWay;

    private final @Nullable String before;

    private Replaying(@Nullable String before) {
        this.before = before;
    }

    /**
     * Begins it, for this process.
     *
     * @param runs where runs are recorded until it is closed
     */
    public static Replaying in(Path runs) {
        Replaying replaying = new Replaying(System.getProperty(RUNS));
        System.setProperty(RUNS, runs.toString());
        isUnderWay = true;
        return replaying;
    }

    /** Whether one is replayed now. */
    public static boolean isUnderWay() {
        return isUnderWay;
    }

    @Override
    public void close() {
        isUnderWay = false;
        if (before == null) {
            System.clearProperty(RUNS);
        } else {
            System.setProperty(RUNS, before);
        }
    }
}
