package dev.quire.bench;

import java.util.function.Supplier;

/** Leaves a rewrite of the graph out while something is done. */
final class Switch {
    private static final String OFF = "quire.rewrites.off";

    private Switch() {}

    static <T> T without(String rewrite, Supplier<T> work) {
        System.setProperty(OFF, rewrite);
        try {
            return work.get();
        } finally {
            System.clearProperty(OFF);
        }
    }
}
