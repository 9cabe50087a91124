package dev.quire.data.image;

import dev.quire.QuireException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/** What an archive may hold, and how much may come out of it. */
final class Guard {
    /** Images hardly compress: an archive that unpacks to more than this many times its size is a bomb. */
    private static final long MOST_RATIO = 200;

    /** Below this the ratio does not matter. */
    private static final long FREE_BYTES = 100L << 20;

    private final Path archive;
    private final long most;
    private long read;

    Guard(Path archive, long bytes) {
        this.archive = archive;
        this.most = Math.max(FREE_BYTES, bytes * MOST_RATIO);
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
        return new QuireException("%s: the entry %s %s: the whole archive is refused".formatted(archive, entry, why));
    }

    /** All bytes of an entry, if it is not too large. */
    byte[] bytes(String entry, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes((int) Source.MOST_BYTES + 1);
        if (bytes.length > Source.MOST_BYTES) {
            throw refused(entry, "has more than %,d bytes".formatted(Source.MOST_BYTES));
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
        if (read > most) {
            throw new QuireException(
                    "%s unpacks to more than %,d times its size: it is refused".formatted(archive, MOST_RATIO));
        }
    }
}
