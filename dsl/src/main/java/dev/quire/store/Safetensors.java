package dev.quire.store;

import dev.quire.QuireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Files of named tensors in the safetensors format: eight bytes of header length, a header in JSON, the tensors one after
 * another, little-endian. A file is mapped into memory, so that a tensor is read when it is touched. What a file claims
 * is checked before any of it is believed.
 */
public final class Safetensors {
    /** The longest header that is read, in bytes. */
    public static final long LONGEST_HEADER = 100_000_000;

    private Safetensors() {}

    /**
     * A tensor of a file.
     *
     * @param name its name
     * @param dtype as the format writes it, such as {@code F32}
     * @param shape its sizes
     * @param bytes its values, row-major, little-endian
     */
    public record Entry(String name, String dtype, List<Long> shape, ByteBuffer bytes) {
        public Entry {
            shape = List.copyOf(shape);
        }

        /** 32-bit numbers. */
        public static Entry of(String name, List<Long> shape, float[] values, int from, int count) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values, from, count);
            return new Entry(name, "F32", shape, bytes);
        }

        /** A view of the values that can be read on its own. */
        public ByteBuffer content() {
            return bytes.duplicate().rewind().order(ByteOrder.LITTLE_ENDIAN);
        }

        /**
         * The values as 32-bit numbers.
         *
         * @throws QuireException when they are of another type
         */
        public float[] floats() {
            if (!dtype.equals("F32")) {
                throw new QuireException("the tensor " + name + " is of type " + dtype + ", expected F32");
            }
            float[] out = new float[bytes.capacity() / Float.BYTES];
            content().asFloatBuffer().get(out);
            return out;
        }
    }

    /**
     * What a file holds.
     *
     * @param metadata text by name
     * @param entries in the order of the file
     */
    public record Content(Map<String, String> metadata, List<Entry> entries) {
        /** A tensor by its name. */
        public Entry entry(String name) {
            return entries.stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new QuireException("there is no tensor " + name));
        }
    }

    /** Writes a file whole, with a checksum over all of it. */
    public static void write(Path file, Content content) throws IOException {
        SafetensorsWriter.write(file, content);
    }

    /**
     * Reads a file, mapped into memory.
     *
     * @throws QuireException when it is damaged or is no such file; the message names it
     * @throws IOException when it cannot be opened
     */
    public static Content read(Path file) throws IOException {
        return SafetensorsReader.read(file, false);
    }

    /**
     * Reads a file that Quire has written: one without its checksum is refused, as what is damaged may be just that.
     *
     * @throws QuireException as {@link #read(Path)}
     */
    public static Content readChecked(Path file) throws IOException {
        return SafetensorsReader.read(file, true);
    }
}
