package dev.quire.inference;

import dev.quire.QuireException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an ONNX file is made of, counted in the file, which ONNX Runtime does not tell. Reads the few fields of the format
 * that matter here and skips all others.
 *
 * @param ops how many of each kind
 * @param parameters numbers in its tensors
 */
record OnnxCount(Map<String, Integer> ops, long parameters) {
    private static final int GRAPH = 7;
    private static final int NODE = 1;
    private static final int INITIALIZER = 5;
    private static final int NODE_NAME = 3;
    private static final int NODE_OP = 4;
    private static final int TENSOR_DIMS = 1;

    /** Empty where the file cannot be followed, as one of more than 2 GiB. */
    static OnnxCount of(Path file) {
        Map<String, Integer> ops = new TreeMap<>();
        long[] parameters = {0};
        try {
            eachInGraph(file, (field, message) -> {
                if (field == NODE) {
                    ops.merge(text(message, NODE_OP), 1, Integer::sum);
                } else if (field == INITIALIZER) {
                    parameters[0] += count(message);
                }
            });
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException unknown) {
            return new OnnxCount(Map.of(), -1);
        }
        return new OnnxCount(ops, parameters[0]);
    }

    /** The name of the first node of a kind; empty where it has none. */
    static String nodeOf(Path file, String op) {
        StringBuilder found = new StringBuilder();
        try {
            eachInGraph(file, (field, message) -> {
                if (field == NODE && found.isEmpty() && text(message, NODE_OP).equals(op)) {
                    found.append(text(message, NODE_NAME));
                }
            });
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException unknown) {
            return "";
        }
        return found.toString();
    }

    @FunctionalInterface
    private interface Visitor {
        void visit(int field, ByteBuffer message);
    }

    private static void eachInGraph(Path file, Visitor visitor) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("too large to be mapped");
            }
            ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            each(all, (field, message) -> {
                if (field == GRAPH) {
                    each(message, visitor);
                }
            });
        } catch (IOException e) {
            throw new QuireException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Visits the fields that have a length; numbers are skipped. */
    private static void each(ByteBuffer message, Visitor visitor) {
        ByteBuffer in = message.duplicate();
        while (in.hasRemaining()) {
            long tag = number(in);
            switch ((int) (tag & 7)) {
                case 0 -> number(in);
                case 1 -> in.getLong();
                case 2 -> visitor.visit((int) (tag >>> 3), piece(in));
                case 5 -> in.getInt();
                default -> throw new IllegalArgumentException("no field of this format");
            }
        }
    }

    private static String text(ByteBuffer message, int wanted) {
        StringBuilder out = new StringBuilder();
        each(message, (field, content) -> {
            if (field == wanted) {
                out.append(StandardCharsets.UTF_8.decode(content));
            }
        });
        return out.toString();
    }

    /** The product of its sizes, which are written one by one or packed. */
    private static long count(ByteBuffer tensor) {
        ByteBuffer in = tensor.duplicate();
        long count = 1;
        while (in.hasRemaining()) {
            long tag = number(in);
            int kind = (int) (tag & 7);
            if (tag >>> 3 == TENSOR_DIMS && kind == 0) {
                count = Math.multiplyExact(count, number(in));
            } else if (kind == 2) {
                ByteBuffer piece = piece(in);
                while (tag >>> 3 == TENSOR_DIMS && piece.hasRemaining()) {
                    count = Math.multiplyExact(count, number(piece));
                }
            } else if (kind == 0) {
                number(in);
            } else if (kind == 1) {
                in.getLong();
            } else {
                in.getInt();
            }
        }
        return count;
    }

    private static ByteBuffer piece(ByteBuffer in) {
        long length = number(in);
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a field longer than what holds it");
        }
        ByteBuffer piece = in.slice(in.position(), (int) length);
        in.position(in.position() + (int) length);
        return piece;
    }

    private static long number(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number that does not end");
    }
}
