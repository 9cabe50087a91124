package dev.quire.kernel.session.weave;

import dev.quire.QuireException;

/** Stands in for calls that would end the process, and every cell's work with it. */
public final class Refusals {
    private static volatile String remedy = "restart the kernel to begin anew, or return from a method to end it early";

    private Refusals() {}

    /** Says how the user leaves instead, where there is a better way than the one of a notebook. */
    public static void remedy(String words) {
        remedy = words;
    }

    /** In place of {@link System#exit}. */
    public static void exit(int status) {
        throw refused("System.exit(" + status + ")");
    }

    /** In place of {@link Runtime#exit}. */
    public static void exit(Runtime runtime, int status) {
        throw refused("Runtime.exit(" + status + ")");
    }

    /** In place of {@link Runtime#halt}. */
    public static void halt(Runtime runtime, int status) {
        throw refused("Runtime.halt(" + status + ")");
    }

    private static QuireException refused(String call) {
        return new QuireException(call + " would end this session and lose its variables and runs: " + remedy);
    }
}
