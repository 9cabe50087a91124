package dev.quire.kernel.terminal;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;

/**
 * Where a command prints.
 *
 * @param out standard output
 * @param isInteractive whether a line can be drawn over: a person looks at it
 * @param columns the width in characters
 * @param isUnicode whether ✓ and … can be shown
 */
public record Terminal(PrintStream out, boolean isInteractive, int columns, boolean isUnicode) {
    private static final int USUAL_COLUMNS = 80;

    /** That of this process, as the launcher describes it. */
    public static Terminal standard() {
        Map<String, String> environment = System.getenv();
        boolean isTerminal = Boolean.getBoolean("quire.terminal")
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Terminal(System.out, isTerminal, Integer.getInteger("quire.columns", USUAL_COLUMNS), canEncode());
    }

    private static boolean canEncode() {
        // JDK 17 knows the terminal's encoding under the second name only.
        String name = System.getProperty(
                "stdout.encoding",
                System.getProperty("sun.stdout.encoding", System.getProperty("native.encoding", "US-ASCII")));
        try {
            return Charset.forName(name).newEncoder().canEncode("✓…—");
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return false;
        }
    }

    /** A text cut to a width, with an ellipsis where something is missing. */
    public String shorten(String text, int width) {
        String ellipsis = isUnicode ? "…" : "...";
        return text.length() <= width
                ? text
                : text.substring(0, Math.max(0, width - ellipsis.length())).stripTrailing() + ellipsis;
    }
}
