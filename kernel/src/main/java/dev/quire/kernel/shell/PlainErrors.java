package dev.quire.kernel.shell;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What JShell prints, without its word for an exception that has no name: those of {@link ShellControl}. */
final class PlainErrors extends FilterOutputStream {
    private static final String NAMELESS = "Exception : ";

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
    }
}
