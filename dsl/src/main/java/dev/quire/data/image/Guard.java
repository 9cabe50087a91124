package dev.quire.data.image;

import dev.quire.QuireException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** What an archive may hold, and how much may come out of it. */
final class Guard {
    private static final int TYPE = 0xF000;
    private static final Set<Integer> PLAIN = Set.of(0, 0x8000, 0x4000);

    /** Images hardly compress: an archive that unpacks to more than this many times its size is a bomb. */
    private static final long MOST_RATIO = 200;

    /** Below this the ratio does not matter. */
    private static final long FREE_BYTES = 100L << 20;

    private final Path archive;
    private final Bounds bounds;
    private final long most;
    private final Set<String> files = new HashSet<>();
    private long read;
    private int entries;

    /**
     * @param bytes the size of the archive
     */
    Guard(Path archive, long bytes, Bounds bounds) {
        this.archive = archive;
        this.bounds = bounds;
        this.most = Math.max(FREE_BYTES, bytes * MOST_RATIO);
    }

    /**
     * As {@link #name}, of the next entry of all.
     *
     * @param mode of Unix; 0 where the archive says none
     */
    String next(String entry, int mode) {
        String name = name(entry);
        if (!PLAIN.contains(mode & TYPE)) {
            throw refused(entry, "is a link or a device");
        }
        if (++entries > bounds.entries()) {
            throw refused(entry, "is one of more than %,d".formatted(bounds.entries()));
        }
        return name;
    }

    /** A file of the archive: no other has its name, in whichever form of Unicode it is written. */
    void file(String name) {
        if (!files.add(Normalizer.normalize(name, Normalizer.Form.NFC))) {
            throw refused(name, "is there twice");
        }
    }

    /** The name of an entry as a path from the root, or an error when it leads out of it. */
    String name(String entry) {
        String name = entry.replace('\\', '/');
        boolean absolute = name.startsWith("/") || name.matches("[A-Za-z]:.*");
        if (absolute || Arrays.asList(name.split("/", -1)).contains("..")) {
            throw refused(entry, "leads out of the archive");
        }
        return Arrays.stream(name.split("/", -1))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .reduce((a, b) -> a + "/" + b)
                .orElse("");
    }

    QuireException refused(String entry, String why) {
        return new QuireException("%s: the entry %s %s: the whole archive is refused"
                .formatted(archive, entry.replaceAll("\\p{Cntrl}", "?"), why));
    }

    /** All bytes of an entry, if it is not too large, and as long as it says. */
    byte[] bytes(String entry, InputStream in, long said) throws IOException {
        byte[] bytes = in.readNBytes((int) Source.MOST_BYTES + 1);
        if (bytes.length > Source.MOST_BYTES) {
            throw refused(entry, "has more than %,d bytes".formatted(Source.MOST_BYTES));
        }
        if (bytes.length != said) {
            throw refused(entry, "is not as long as the %,d bytes it says".formatted(said));
        }
        return bytes;
    }

    /** Counts what comes out of a decompressor. */
    InputStream count(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                counted(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int n = super.read(into, offset, length);
                counted(Math.max(0, n));
                return n;
            }

            @Override
            public long skip(long n) throws IOException {
                long skipped = super.skip(n);
                counted(skipped);
                return skipped;
            }
        };
    }

    private void counted(long bytes) {
        read += bytes;
        bounds.check(archive, read);
        if (read > most) {
            throw new QuireException(
                    "%s unpacks to more than %,d times its size: it is refused".formatted(archive, MOST_RATIO));
        }
    }
}
