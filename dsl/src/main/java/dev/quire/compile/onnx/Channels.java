package dev.quire.compile.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads a 32-bit parameter a piece at a time, in runs of values that belong to one channel. */
final class Channels {
    private static final int ROOM = 1 << 14;

    private Channels() {}

    /** What is done with the values. */
    interface Visitor {
        /** Values of one channel that follow each other; they may be changed. */
        void run(int channel, float[] values, int from, int to);

        /** All runs of so many values are over. */
        default void end(float[] values, int count) throws IOException {}
    }

    /**
     * Reads all of it.
     *
     * @param inner how many values of a channel follow each other
     * @param channels how many there are, after which the first comes again
     */
    static void read(Source.Piece piece, WeightSource weights, long inner, int channels, Visitor visitor)
            throws IOException {
        float[] values = new float[ROOM];
        ByteBuffer bytes = ByteBuffer.allocate(ROOM * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int count;
        for (long at = 0; at < piece.count(); at += count) {
            count = (int) Math.min(ROOM, piece.count() - at);
            bytes.clear().limit(count * Float.BYTES);
            weights.read(piece.parameter(), piece.from() + at, bytes);
            bytes.flip().asFloatBuffer().get(values, 0, count);
            for (int from = 0; from < count; ) {
                long place = at + from;
                int to = (int) Math.min(count, from + inner - place % inner);
                visitor.run((int) (place / inner % channels), values, from, to);
                from = to;
            }
            visitor.end(values, count);
        }
    }
}
