package dev.quire.server.deploy;

import java.util.Locale;

/**
 * What a version is made of.
 *
 * @param kind a recorded run, or a file below the data root
 * @param name of the run or the file
 */
public record Source(Kind kind, String name) {
    /** Kinds of source. */
    public enum Kind {
        RUN,
        FILE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String toString() {
        return kind.word() + " " + name;
    }
}
