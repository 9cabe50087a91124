package dev.quire.train;

import java.util.function.Consumer;

/** Keeps snapshots of training somewhere safe. Training waits for the copy to main memory alone. */
public interface Keeper extends AutoCloseable {
    /** Keeps nothing. */
    Keeper NONE = giving(snapshot -> {});

    /** Gives the snapshot after each epoch away. */
    static Keeper giving(Consumer<Snapshot> taker) {
        return new Keeper() {
            @Override
            public boolean isDue() {
                return false;
            }

            @Override
            public void keep(Snapshot snapshot, boolean isBest) {
                taker.accept(snapshot);
            }

            @Override
            public void close() {}
        };
    }

    /** Whether a snapshot inside an epoch is wanted now; asked after each native call. */
    boolean isDue();

    /**
     * Takes a snapshot and returns at once: after each epoch, and inside one where it {@link #isDue}.
     *
     * @param isBest whether it ends the best epoch so far
     * @throws dev.quire.QuireException when one given before could not be kept
     */
    void keep(Snapshot snapshot, boolean isBest);

    /**
     * Waits until all is kept; closing again does nothing more.
     *
     * @throws dev.quire.QuireException when something could not be kept
     */
    @Override
    void close();
}
