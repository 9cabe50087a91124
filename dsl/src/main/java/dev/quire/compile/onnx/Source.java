package dev.quire.compile.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Where the values of an initializer come from. */
sealed interface Source {
    /** How many bytes. */
    long bytes();

    void write(Sink sink, WeightSource weights) throws IOException;

    /** Values known already, little-endian. */
    record Known(byte[] content) implements Source {
        @Override
        public long bytes() {
            return content.length;
        }

        @Override
        public void write(Sink sink, WeightSource weights) throws IOException {
            sink.put(content);
        }
    }

    /**
     * Values of a parameter that follow each other.
     *
     * @param parameter its name in the graph
     * @param from the number of the first
     * @param count how many
     */
    record Piece(String parameter, long from, long count) {}

    /**
     * Pieces of parameters, one after another: a parameter as it is, or its rows in another order.
     *
     * @param width bytes of a value
     */
    record Pieces(List<Piece> pieces, int width) implements Source {
        public Pieces {
            pieces = List.copyOf(pieces);
        }

        @Override
        public long bytes() {
            return pieces.stream().mapToLong(Piece::count).sum() * width;
        }

        @Override
        public void write(Sink sink, WeightSource weights) throws IOException {
            for (Piece piece : pieces) {
                long[] at = {piece.from()};
                sink.put(piece.count() * width, into -> {
                    long count = into.remaining() / width;
                    weights.read(piece.parameter(), at[0], into);
                    at[0] += count;
                });
            }
        }
    }

    /**
     * A 32-bit parameter as 8-bit numbers, each of the size of its channel's scale.
     *
     * @param inner how many values of a channel follow each other
     * @param scales one a channel
     */
    record Quantized(Piece piece, long inner, float[] scales) implements Source {
        @Override
        public long bytes() {
            return piece.count();
        }

        @Override
        public void write(Sink sink, WeightSource weights) throws IOException {
            Floats floats = new Floats(piece, weights);
            long[] at = {0};
            sink.put(piece.count(), into -> {
                while (into.hasRemaining()) {
                    float scale = scales[(int) (at[0]++ / inner % scales.length)];
                    into.put((byte) Math.max(-127, Math.min(127, Math.rint(floats.next() / scale))));
                }
            });
        }
    }

    /** Reads a piece value by value. */
    final class Floats {
        private static final int ROOM = 1 << 16;

        private final Piece piece;
        private final WeightSource weights;
        private final ByteBuffer room = ByteBuffer.allocate(ROOM).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        private long read;

        Floats(Piece piece, WeightSource weights) {
            this.piece = piece;
            this.weights = weights;
            room.limit(0);
        }

        float next() {
            if (!room.hasRemaining()) {
                long count = Math.min(ROOM / Float.BYTES, piece.count() - read);
                room.clear().limit((int) count * Float.BYTES);
                weights.read(piece.parameter(), piece.from() + read, room);
                room.flip();
                read += count;
            }
            return room.getFloat();
        }
    }
}
