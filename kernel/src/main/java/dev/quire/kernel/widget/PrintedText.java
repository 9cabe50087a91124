package dev.quire.kernel.widget;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes what one thread prints out of the standard streams. What others print goes where it went before; the streams
 * stay in place until this is closed.
 */
final class PrintedText implements AutoCloseable {
    private final ThreadLocal<@Nullable Consumer<String>> sinks = new ThreadLocal<>();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final PrintStream ownOut = new PrintStream(new Fork(out), false, StandardCharsets.UTF_8);
    private final PrintStream ownErr = new PrintStream(new Fork(err), false, StandardCharsets.UTF_8);

    PrintedText() {
        System.setOut(ownOut);
        System.setErr(ownErr);
    }

    /** Does some work; what its thread prints meanwhile goes to the sink. */
    <T extends @Nullable Object> T during(Consumer<String> sink, Callable<T> work) throws Exception {
        Consumer<String> before = sinks.get();
        sinks.set(sink);
        try {
            return work.call();
        } finally {
            ownOut.flush();
            ownErr.flush();
            sinks.set(before);
        }
    }

    @Override
    public void close() {
        if (System.out == ownOut) {
            System.setOut(out);
        }
        if (System.err == ownErr) {
            System.setErr(err);
        }
    }

    private final class Fork extends OutputStream {
        private final PrintStream other;

        Fork(PrintStream other) {
            this.other = other;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            Consumer<String> sink = sinks.get();
            if (sink == null) {
                other.write(bytes, offset, length);
            } else {
                sink.accept(new String(bytes, offset, length, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void flush() {
            other.flush();
        }
    }
}
