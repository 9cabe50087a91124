package dev.quire.kernel.jupyter;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** {@code System.in} of a cell: each line is asked of the user when a program wants it. */
final class InputLines extends InputStream {
    private final Input input;
    private byte[] line = new byte[0];
    private int next;

    InputLines(Input input) {
        this.input = input;
    }

    @Override
    public synchronized int read() {
        fill();
        return line[next++] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        fill();
        int count = Math.min(length, line.length - next);
        System.arraycopy(line, next, bytes, offset, count);
        next += count;
        return count;
    }

    @Override
    public synchronized int available() {
        return line.length - next;
    }

    private void fill() {
        if (next == line.length) {
            line = (input.ask("", false) + "\n").getBytes(StandardCharsets.UTF_8);
            next = 0;
        }
    }
}
