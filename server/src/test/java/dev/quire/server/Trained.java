package dev.quire.server;

import static dev.quire.Quire.*;

import dev.quire.run.Run;

/** Runs that tests ask, trained once. */
final class Trained {
    private static Run digits;

    private Trained() {}

    /** A small network on the digits of 8x8, recorded where runs are. */
    static synchronized Run digits() {
        if (digits == null) {
            digits = train(
                    sequential(flatten(), dense(64), relu(), dense(10)),
                    dataset("digits"),
                    epochs(8),
                    batch(32),
                    adamW(3e-3),
                    seed(1),
                    overwrite());
        }
        return digits;
    }
}
