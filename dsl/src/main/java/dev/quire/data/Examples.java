package dev.quire.data;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The examples of one split, read by number. Reading is safe from several threads at once. */
public interface Examples {
    /** The number of examples. */
    long count();

    /**
     * Puts one example into the buffers, one for each input and the last for the target, at their positions, which
     * move on by the bytes of the field. Little-endian.
     */
    void read(long index, List<ByteBuffer> into);

    /** These examples as they lie in memory, where they do. */
    default Optional<InMemory> inMemory() {
        return Optional.empty();
    }
}
