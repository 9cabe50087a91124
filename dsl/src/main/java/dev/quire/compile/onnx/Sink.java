package dev.quire.compile.onnx;

import dev.quire.store.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Puts bytes into a file in pieces that stay in the processor's cache. */
final class Sink {
    private static final int PIECE = 1 << 20;

    private final FileChannel file;
    private final ByteBuffer staging = ByteBuffer.allocateDirect(PIECE).order(ByteOrder.LITTLE_ENDIAN);
    private long flushed;

    Sink(FileChannel file) {
        this.file = file;
    }

    /** Fills a little-endian buffer to its limit. */
    @FunctionalInterface
    interface Filler {
        void fill(ByteBuffer piece);
    }

    /** How many bytes have been put. */
    long position() {
        return flushed + staging.position();
    }

    void put(byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; ) {
            if (!staging.hasRemaining()) {
                flush();
            }
            int count = Math.min(staging.remaining(), bytes.length - at);
            staging.put(bytes, at, count);
            at += count;
        }
    }

    /** Puts this many bytes, a piece at a time; every piece is a multiple of 8 long but the last. */
    void put(long bytes, Filler filler) throws IOException {
        flush();
        for (long left = bytes; left > 0; ) {
            staging.clear().limit((int) Math.min(PIECE, left));
            left -= staging.remaining();
            filler.fill(staging);
            flush();
        }
    }

    void flush() throws IOException {
        flushed += staging.flip().remaining();
        WholeFile.writeFully(file, staging);
        staging.clear();
    }
}
