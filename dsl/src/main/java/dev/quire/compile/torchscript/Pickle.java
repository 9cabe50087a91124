package dev.quire.compile.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Writes the few things of Python's pickle protocol 2 that a TorchScript archive is made of. */
final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickle() {
        write(0x80, 2);
    }

    private void write(int... bytes) {
        for (int value : bytes) {
            out.write(value);
        }
    }

    Pickle global(String module, String name) {
        out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Pickle text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        littleEndian(Integer.BYTES, bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    Pickle integer(long value) {
        if (value == (int) value) {
            out.write('J');
            littleEndian(Integer.BYTES, value);
        } else {
            write(0x8a, Long.BYTES);
            littleEndian(Long.BYTES, value);
        }
        return this;
    }

    private void littleEndian(int bytes, long value) {
        byte[] eight = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        out.write(eight, 0, bytes);
    }

    Pickle flag(boolean value) {
        write(value ? 0x88 : 0x89);
        return this;
    }

    Pickle tuple(Consumer<Pickle> elements) {
        write('(');
        elements.accept(this);
        write('t');
        return this;
    }

    Pickle integers(List<Long> values) {
        return tuple(all -> values.forEach(all::integer));
    }

    /** What is on top becomes a reference to something outside the pickle. */
    Pickle reference() {
        write('Q');
        return this;
    }

    /** A callable and a tuple become what the call gives. */
    Pickle call() {
        write('R');
        return this;
    }

    Pickle empty() {
        write(')');
        return this;
    }

    /** An instance of a class with attributes. */
    Pickle instance(String module, String name, Consumer<Pickle> attributes) {
        global(module, name);
        write(')', 0x81, '}', '(');
        attributes.accept(this);
        write('u', 'b');
        return this;
    }

    byte[] bytes() {
        write('.');
        return out.toByteArray();
    }
}
