package dev.quire.data.image;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Files in a tar archive, gzipped or not, in the order in which they lie. */
record TarSource(Path path, Bounds bounds) implements Source {
    private static final int BUFFER = 1 << 16;

    @Override
    public List<Entry> list() throws IOException {
        List<Entry> out = new ArrayList<>();
        walk((guard, name, entry, in) -> {
            guard.file(name);
            out.add(new Entry(name, entry.getSize()));
            return true;
        });
        return out;
    }

    @Override
    public void read(Set<String> names, Reader reader) throws IOException {
        Set<String> left = new HashSet<>(names);
        walk((guard, name, entry, in) ->
                !left.remove(name) || (reader.read(name, guard.bytes(name, in, entry.getSize())) && !left.isEmpty()));
    }

    private interface Visit {
        boolean at(Guard guard, String name, TarArchiveEntry entry, InputStream in) throws IOException;
    }

    private void walk(Visit visit) throws IOException {
        Guard guard = new Guard(path, Files.size(path), bounds);
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER);
                InputStream plain = guard.count(isGzip(raw) ? new GZIPInputStream(raw, BUFFER) : raw);
                TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(plain, BUFFER))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = guard.next(entry.getName(), 0);
                if (entry.isLink() || entry.isSymbolicLink() || isDevice(entry)) {
                    throw guard.refused(entry.getName(), "is a link or a device");
                }
                if (entry.isFile() && !visit.at(guard, name, entry, tar)) {
                    return;
                }
            }
        }
    }

    private static boolean isDevice(TarArchiveEntry entry) {
        return entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO();
    }

    private static boolean isGzip(InputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip;
    }
}
