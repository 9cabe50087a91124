package dev.quire.kernel.shell;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Standard output beside a line that is being written: whole lines go above it, and the line stays as it is. While
 * nobody writes, everything goes out as it comes.
 */
final class Above extends FilterOutputStream {
    private final Charset charset;
    private final BooleanSupplier isReading;
    private final Consumer<String> above;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private int last = '\n';

    /**
     * @param isReading whether somebody writes a line now
     * @param above prints a text above that line
     */
    Above(OutputStream out, Charset charset, BooleanSupplier isReading, Consumer<String> above) {
        super(out);
        this.charset = charset;
        this.isReading = isReading;
        this.above = above;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        if (!isReading.getAsBoolean()) {
            release();
            out.write(bytes, offset, length);
            last = bytes[offset + length - 1];
            return;
        }
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                above.accept(held.toString(charset));
                held.reset();
            } else {
                held.write(bytes[i]);
            }
        }
    }

    @Override
    public synchronized void flush() throws IOException {
        if (!isReading.getAsBoolean()) {
            release();
            out.flush();
        }
    }

    private void release() throws IOException {
        if (held.size() > 0) {
            held.writeTo(out);
            held.reset();
            last = 0;
        }
    }

    /** Ends a line that was begun, so that the prompt stands at the left. */
    synchronized void endLine() throws IOException {
        release();
        if (last != '\n') {
            out.write('\n');
            last = '\n';
        }
        out.flush();
    }
}
