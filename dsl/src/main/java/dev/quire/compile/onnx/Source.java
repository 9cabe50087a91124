package dev.quire.compile.onnx;

import java.io.IOException;
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
            Channels.read(piece, weights, inner, scales.length, new Channels.Visitor() {
                @Override
                public void run(int channel, float[] values, int from, int to) {
                    float scale = scales[channel];
                    for (int i = from; i < to; i++) {
                        values[i] /= scale;
                    }
                }

                @Override
                public void end(float[] values, int count) throws IOException {
                    byte[] bytes = new byte[count];
                    for (int i = 0; i < count; i++) {
                        // No value is larger than its channel's scale times 127.
                        bytes[i] = (byte) Math.rint(values[i]);
                    }
                    sink.put(bytes);
                }
            });
        }
    }
}
