package dev.quire.data.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Files in a ZIP archive, in the order in which they lie. */
record ZipSource(Path path, Bounds bounds) implements Source {
    @Override
    public List<Entry> list() throws IOException {
        List<Entry> out = new ArrayList<>();
        Guard guard = new Guard(path, Files.size(path), bounds);
        try (ZipFile zip = open()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                String name = guard.next(entry.getName(), entry.getUnixMode());
                if (!entry.isDirectory()) {
                    guard.file(name);
                    out.add(new Entry(name, entry.getSize()));
                }
            }
        }
        return out;
    }

    @Override
    public void read(Set<String> names, Reader reader) throws IOException {
        Guard guard = new Guard(path, Files.size(path), bounds);
        Set<String> left = new HashSet<>(names);
        try (ZipFile zip = open()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                String name = guard.name(entry.getName());
                if (left.remove(name)) {
                    try (InputStream in = guard.count(zip.getInputStream(entry))) {
                        if (!reader.read(name, guard.bytes(name, in, entry.getSize()))) {
                            return;
                        }
                    }
                }
            }
        }
    }

    private ZipFile open() throws IOException {
        return ZipFile.builder().setPath(path).get();
    }
}
