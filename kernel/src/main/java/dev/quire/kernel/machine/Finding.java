package dev.quire.kernel.machine;

import java.util.List;

/**
 * One line of the doctor's report.
 *
 * @param mark how it is
 * @param name what it is about
 * @param text what was found
 * @param remedies what to do, a line each; empty where nothing is to be done
 */
record Finding(Mark mark, String name, String text, List<String> remedies) {
    enum Mark {
        /** As it should be. */
        GOOD("✓", "ok"),
        /** Quire works, and could do better. */
        NOTE("!", "! "),
        /** Quire does not work. */
        BAD("✗", "XX");

        final String sign;
        final String plain;

        Mark(String sign, String plain) {
            this.sign = sign;
            this.plain = plain;
        }
    }

    Finding {
        remedies = List.copyOf(remedies);
    }

    static Finding good(String name, String text) {
        return new Finding(Mark.GOOD, name, text, List.of());
    }

    static Finding note(String name, String text, String... remedies) {
        return new Finding(Mark.NOTE, name, text, List.of(remedies));
    }

    static Finding bad(String name, String text, String... remedies) {
        return new Finding(Mark.BAD, name, text, List.of(remedies));
    }
}
