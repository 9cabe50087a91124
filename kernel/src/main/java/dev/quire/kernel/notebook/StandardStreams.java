package dev.quire.kernel.notebook;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Takes over {@code System.out} and {@code System.err} until it is closed; {@code System.in} is empty meanwhile. */
final class StandardStreams implements AutoCloseable {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final InputStream in = System.in;

    /**
     * @param sink takes the name of the stream and the text
     */
    StandardStreams(BiConsumer<String, String> sink) {
        System.setOut(stream(text -> sink.accept(CellOutputs.STDOUT, text)));
        System.setErr(stream(text -> sink.accept(CellOutputs.STDERR, text)));
        System.setIn(InputStream.nullInputStream());
    }

    private static PrintStream stream(Consumer<String> sink) {
        return new PrintStream(new Decoding(sink), true, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        System.setIn(in);
    }

    /** Turns bytes into text; a character whose bytes come in two writes is kept whole. */
    private static final class Decoding extends OutputStream {
        private final Consumer<String> sink;
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private ByteBuffer rest = ByteBuffer.allocate(0);

        Decoding(Consumer<String> sink) {
            this.sink = sink;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            ByteBuffer input = ByteBuffer.allocate(rest.remaining() + length);
            input.put(rest).put(bytes, offset, length).flip();
            CharBuffer text = CharBuffer.allocate(input.remaining());
            decoder.decode(input, text, false);
            rest = input.slice();
            sink.accept(text.flip().toString());
        }
    }
}
