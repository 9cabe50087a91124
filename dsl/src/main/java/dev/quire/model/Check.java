package dev.quire.model;

import dev.quire.QuireException;
import dev.quire.graph.Shape;
import java.util.List;

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

    static void positive(String layer, String argument, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new QuireException(layer + ": " + argument + " must be greater than 0, got " + value);
        }
    }

    static void finite(String layer, String argument, double value) {
        if (!Double.isFinite(value)) {
            throw new QuireException(layer + ": " + argument + " must be a finite number, got " + value);
        }
    }

    /** Between 0 and 1. */
    static void share(String layer, String argument, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new QuireException(layer + ": " + argument + " must be at least 0 and at most 1, got " + value);
        }
    }

    static void rate(String layer, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new QuireException(layer + ": the rate must be at least 0 and less than 1, got " + value);
        }
    }

    static void name(String layer, String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new QuireException(layer
                    + ": the name must be letters, digits and _, not starting with a digit, got \"" + name + "\"");
        }
    }

    static void some(String layer, String what, List<?> given) {
        if (given.isEmpty()) {
            throw new QuireException(layer + ": needs one " + what + " at least, got none");
        }
    }

    /** The shape of one example. */
    static Shape sizes(String layer, long... sizes) {
        for (long size : sizes) {
            positive(layer, "every size", size);
        }
        return Shape.of(sizes);
    }
}
