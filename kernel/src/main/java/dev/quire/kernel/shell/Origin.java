package dev.quire.kernel.shell;

import java.util.regex.Pattern;

/**
 * Where a snippet was read, in the words of errors.
 *
 * @param name what stands before the number of a line: a file; empty for the input of this process
 * @param line its first line there, from 1; 0 for a snippet that was typed, which has a number of its own
 */
record Origin(String name, int line) {
    /** A snippet that was typed at the prompt. */
    static final Origin TYPED = new Origin("", 0);

    private static final Pattern CELL = Pattern.compile("Cell In\\[\\d+\\], (?=line \\d)");

    /** The snippet with each line at its place. */
    String placed(String source) {
        return line > 1 ? "\n".repeat(line - 1) + source : source;
    }

    /** The words of an error or a note, which name cells. */
    String worded(String text) {
        return line == 0 ? text : CELL.matcher(text).replaceAll(name.isEmpty() ? "" : name + ", ");
    }
}
