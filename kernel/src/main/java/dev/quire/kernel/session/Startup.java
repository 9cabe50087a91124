package dev.quire.kernel.session;

import java.util.regex.Pattern;

/**
 * What a session begins with. The words come first, in one import; the imports of types take several times as long
 * together, and can wait until a cell names a type or nobody needs the compiler.
 *
 * @param now what is evaluated before the first cell
 * @param later what is not needed by a cell that names no type; empty when nothing is left
 */
record Startup(String now, String later) {
    /** Nothing is left to do. */
    static final Startup DONE = new Startup("", "");

    /** A type, or a word of the server. */
    private static final Pattern LATER = Pattern.compile("\\b(?:[A-Z]|(?:serve|draw)\\b)");

    static Startup whole(String script) {
        return new Startup(script, "");
    }

    /** The first line at once, the others later. */
    static Startup inTwo(String script) {
        int end = script.indexOf('\n') + 1;
        return new Startup(script.substring(0, end), script.substring(end));
    }

    /** Whether a cell may name something that is not imported yet. */
    boolean isNeededBy(String source) {
        return !later.isEmpty() && LATER.matcher(source).find();
    }
}
