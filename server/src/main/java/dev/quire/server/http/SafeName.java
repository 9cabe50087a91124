package dev.quire.server.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A name from a client that may become the name of a file: letters, digits, dot, dash and underscore, beginning with a
 * letter, a digit or an underscore, up to 120 characters. Nothing else from a client reaches a file system.
 */
public record SafeName(String value) {
    private static final int LONGEST = 120;
    private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Nd}_][\\p{L}\\p{Nd}._-]*");
    /** Names that Windows keeps for devices. */
    private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul", "com1", "lpt1");

    private static final String REMEDY = "use letters, digits, dot, dash and underscore, at most " + LONGEST
            + " characters, and begin with a letter or a digit";

    public SafeName {
        if (!isSafe(value)) {
            throw Problem.bad("this is no name: '" + SafeText.shown(value) + "'", REMEDY);
        }
    }

    /** Whether it could be one. */
    public static boolean isSafe(String value) {
        return value.length() <= LONGEST
                && ALLOWED.matcher(value).matches()
                && !value.contains("..")
                && !value.endsWith(".")
                && !RESERVED.contains(value.toLowerCase(Locale.ROOT));
    }

    /**
     * A name that says what it is the name of.
     *
     * @param what such as {@code "the name of the run"}
     * @throws Problem 400 when it is none
     */
    public static String of(String what, String value) {
        if (!isSafe(value)) {
            throw Problem.bad(what + " cannot be '" + SafeText.shown(value) + "'", REMEDY);
        }
        return value;
    }

    @Override
    public String toString() {
        return value;
    }
}
