package dev.quire.data.image;

import dev.quire.QuireException;
import java.nio.file.Path;

/**
 * How much an archive may hold.
 *
 * @param entries files and folders
 * @param bytes of all of it, unpacked and decoded
 */
record Bounds(int entries, long bytes) {
    /** Of archives that the user chose: room for the largest datasets of images there are. */
    static final Bounds STANDARD = new Bounds(20_000_000, Long.MAX_VALUE);

    /**
     * @throws QuireException when so many bytes are too many
     */
    void check(Path archive, long unpacked) {
        if (unpacked > bytes) {
            throw new QuireException("%s unpacks to more than %,d bytes: it is refused".formatted(archive, bytes));
        }
    }
}
