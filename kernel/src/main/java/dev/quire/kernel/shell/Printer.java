package dev.quire.kernel.shell;

import dev.quire.kernel.session.CellError;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints what comes of snippets and commands.
 *
 * @param out where values and answers go
 * @param err where errors and notes go; in a terminal the same
 * @param isColored whether sequences for colours may be printed
 */
record Printer(PrintStream out, PrintStream err, boolean isColored) {
    private static final String RED = "\u001b[31m";
    private static final String CYAN = "\u001b[36m";
    private static final String FAINT = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    /** A value or an answer. */
    void say(String text) {
        out.println(text);
        out.flush();
    }

    /** What the user should know. */
    void note(String text) {
        out.flush();
        err.println(faint(text));
        err.flush();
    }

    /** What was wrong, of the user's own doing. */
    void wrong(String text) {
        out.flush();
        err.println(colored(RED, text));
        err.flush();
    }

    /** The place, and what was wrong there. */
    void error(CellError error, Origin origin) {
        List<String> lines = new ArrayList<>(error.text().lines().toList());
        int message = lines.size() - (int) error.message().strip().lines().count();
        if (message >= 0 && message < lines.size()) {
            lines.set(message, colored(RED, lines.get(message)));
        }
        if (!error.places().isEmpty() && lines.size() > 1) {
            lines.set(0, colored(CYAN, lines.get(0)));
        }
        out.flush();
        err.println(origin.worded(String.join("\n", lines)));
        err.flush();
    }

    String faint(String text) {
        return colored(FAINT, text);
    }

    private String colored(String color, String text) {
        return isColored ? color + text + PLAIN : text;
    }
}
