package dev.quire.data.image;

import dev.quire.QuireException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Files in a folder, in the order of their names. */
record FolderSource(Path path) implements Source {
    @Override
    public List<Entry> list() throws IOException {
        List<Entry> out = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
                out.add(new Entry(path.relativize(file).toString().replace('\\', '/'), Files.size(file)));
            }
        }
        out.sort(Comparator.comparing(Entry::name));
        return out;
    }

    @Override
    public void read(Set<String> names, Reader reader) throws IOException {
        for (String name : new TreeSet<>(names)) {
            if (!reader.read(name, bytes(name))) {
                return;
            }
        }
    }

    byte[] bytes(String name) throws IOException {
        Path file = path.resolve(name);
        if (Files.size(file) > MOST_BYTES) {
            throw new QuireException(
                    "%s has %,d bytes: a single image may have %,d".formatted(file, Files.size(file), MOST_BYTES));
        }
        return Files.readAllBytes(file);
    }
}
