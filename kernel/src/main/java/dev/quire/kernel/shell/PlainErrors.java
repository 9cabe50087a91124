package dev.quire.kernel.shell;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What JShell prints, without its word for an exception that has no name: those of {@link ShellControl}. To the error
 * that {@code help(conv)} is, it adds what to write instead: the tool reads its input itself.
 */
final class PlainErrors extends FilterOutputStream {
    private static final String NAMELESS = "Exception : ";
    private static final Pattern UNKNOWN = Pattern.compile("symbol:\\s+variable (\\w+)");
    private static final Pattern CARET = Pattern.compile("(?m)^\\|\\s+\\^-*\\^?\\s*$");

    private String unknown = "";
    private boolean asksForHelp;

    PlainErrors(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        // JShell prints a message in one piece.
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        if (text.contains(NAMELESS)) {
            out.write(text.replace(NAMELESS, "").getBytes(StandardCharsets.UTF_8));
        } else {
            out.write(bytes, offset, length);
        }
        hint(text);
    }

    private void hint(String text) throws IOException {
        Matcher symbol = UNKNOWN.matcher(text);
        if (symbol.find()) {
            unknown = symbol.group(1);
        }
        asksForHelp |= !unknown.isEmpty() && text.contains("help(" + unknown + ")");
        if (asksForHelp && CARET.matcher(text).find()) {
            out.write(("|  At this prompt a word stands in quotes: help(\"" + unknown + "\")\n")
                    .getBytes(StandardCharsets.UTF_8));
            asksForHelp = false;
            unknown = "";
        }
    }
}
