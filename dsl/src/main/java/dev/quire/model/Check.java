package dev.quire.model;

import dev.quire.QuireException;

/** Checks of what a user writes: each error names the argument, what came and what fits. */
final class Check {
    private Check() {}

    static void positive(String layer, String argument, long value) {
        if (value < 1) {
            throw new QuireException(layer + ": " + argument + " must be at least 1, got " + value);
        }
    }

    static void atLeast(String layer, String argument, long value, long least) {
        if (value < least) {
            throw new QuireException(layer + ": " + argument + " must be at least " + least + ", got " + value);
        }
    }

    static void rate(String layer, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new QuireException(layer + ": the rate must be at least 0 and less than 1, got " + value);
        }
    }

    static void name(String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new QuireException(
                    "block: the name must be letters, digits and _, not starting with a digit, got \"" + name + "\"");
        }
    }
}
