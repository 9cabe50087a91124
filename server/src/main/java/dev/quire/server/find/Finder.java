package dev.quire.server.find;

import dev.quire.QuireException;
import dev.quire.run.RunFolder;
import dev.quire.run.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Finds recorded runs by how they were trained. A record is read once, and again when it has changed. */
public final class Finder {
    private final Path root;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(FileTime changed, Optional<Trained> trained) {}

    /**
     * @param root where runs are recorded
     */
    public Finder(Path root) {
        this.root = root;
    }

    /** The most accurate run that was trained so, the newest of equals. */
    public Optional<Trained> best(Configuration configuration) {
        return all().stream()
                .filter(configuration::fits)
                .max(Comparator.comparingDouble((Trained run) -> Objects.requireNonNullElse(run.accuracy(), -1.0))
                        .thenComparing(Trained::started));
    }

    /** All that were trained to their end. */
    public List<Trained> all() {
        List<Trained> out = new ArrayList<>();
        if (!Files.isDirectory(root)) {
            return out;
        }
        try (Stream<Path> folders = Files.list(root)) {
            folders.forEach(folder -> read(folder).ifPresent(out::add));
        } catch (IOException e) {
            throw new QuireException("the runs in " + root.getFileName() + " cannot be listed: " + e.getMessage(), e);
        }
        return out;
    }

    private Optional<Trained> read(Path folder) {
        String name = String.valueOf(folder.getFileName());
        FileTime changed;
        try {
            changed = Files.getLastModifiedTime(folder.resolve("run.json"));
        } catch (IOException e) {
            return Optional.empty(); // No run.
        }
        Known before = known.get(name);
        if (before != null && before.changed().equals(changed)) {
            return before.trained();
        }
        Optional<Trained> trained;
        try {
            StoredRun run = StoredRun.of(new RunFolder(folder));
            trained = run.state().equals("completed") ? Optional.of(Trained.of(run)) : Optional.empty();
        } catch (IOException | QuireException damaged) {
            trained = Optional.empty(); // The list of runs tells what is wrong with it.
        }
        known.put(name, new Known(changed, trained));
        return trained;
    }
}
