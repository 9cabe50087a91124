package dev.quire.data.known;

import dev.quire.data.Fingerprint;
import dev.quire.data.known.Manifest.Content;
import dev.quire.data.known.Manifest.Resource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** What is in a published file, decompressed and checked. Never more is read than should be there. */
final class Contents {
    private static final int BUFFER = 1 << 16;

    private Contents() {}

    /** Takes the bytes of each content. */
    interface Reader {
        void read(String name, byte[] bytes) throws IOException;
    }

    /** A content that is not what it should be. */
    static final class Mismatch extends IOException {
        private static final long serialVersionUID = 1;

        Mismatch(String message) {
            super(message);
        }
    }

    /**
     * Reads all contents of a file, each checked against its hash before it is handed on.
     *
     * @throws Mismatch when a content has another size or hash, or is missing
     * @throws IOException when the file cannot be read or decompressed
     */
    static void read(Path file, Resource resource, Reader reader) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
                InputStream in = isGzip(raw) ? new GZIPInputStream(raw, BUFFER) : raw) {
            if (resource.file().endsWith(".tar.gz")) {
                archive(in, resource, reader);
            } else {
                Content content = resource.contents().get(0);
                reader.read(content.name(), checked(in, content));
            }
        }
    }

    private static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        int first = in.read();
        int second = in.read();
        in.reset();
        return first == 0x1f && second == 0x8b;
    }

    private static void archive(InputStream in, Resource resource, Reader reader) throws IOException {
        Map<String, Content> missing = new LinkedHashMap<>();
        resource.contents().forEach(content -> missing.put(content.name(), content));
        TarArchiveInputStream tar = new TarArchiveInputStream(in);
        for (TarArchiveEntry entry = tar.getNextEntry();
                entry != null && !missing.isEmpty();
                entry = tar.getNextEntry()) {
            Content content = missing.remove(entry.getName());
            if (content != null) {
                reader.read(content.name(), checked(tar, content));
            }
        }
        if (!missing.isEmpty()) {
            throw new Mismatch(
                    resource.file() + " lacks " + missing.keySet().iterator().next());
        }
    }

    private static byte[] checked(InputStream in, Content content) throws IOException {
        byte[] bytes = in.readNBytes(content.bytes());
        boolean more = in.read() >= 0;
        String received = Fingerprint.hex(Fingerprint.sha256().digest(bytes));
        if (more || !received.equals(content.sha256())) {
            throw new Mismatch("the SHA-256 of %s, decompressed, is %s%s, expected %s"
                    .formatted(
                            content.name(),
                            more ? "not it (more than %,d bytes): its start has ".formatted(content.bytes()) : "",
                            received,
                            content.sha256()));
        }
        return bytes;
    }
}
