package dev.quire.kernel.jupyter;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** {@code System.out}, {@code System.err} and {@code System.in} belong to the cells until this is closed. */
final class CellStreams implements AutoCloseable {
    static final String STDOUT = "stdout";
    static final String STDERR = "stderr";

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final InputStream in = System.in;

    CellStreams(StreamBuffer buffer, InputStream input) {
        System.setOut(stream(STDOUT, buffer));
        System.setErr(stream(STDERR, buffer));
        System.setIn(input);
    }

    private static PrintStream stream(String name, StreamBuffer buffer) {
        return new PrintStream(new Output(name, buffer), false, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        System.setIn(in);
    }

    /** A flush does nothing: the buffer is sent within a moment, and programs that flush each line stay fast. */
    private static final class Output extends OutputStream {
        private final String name;
        private final StreamBuffer buffer;

        Output(String name, StreamBuffer buffer) {
            this.name = name;
            this.buffer = buffer;
        }

        @Override
        public void write(int value) {
            buffer.write(name, new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            buffer.write(name, bytes, offset, length);
        }
    }
}
