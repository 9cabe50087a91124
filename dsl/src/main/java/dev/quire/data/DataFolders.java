package dev.quire.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where datasets lie on this machine.
 *
 * @param offline a folder the user keeps: the environment variable {@code QUIRE_DATASETS} or the system property
 *     {@code quire.datasets}
 * @param cache where downloads go: the environment variable {@code QUIRE_CACHE}, else {@code ~/.cache/quire}
 */
public record DataFolders(Optional<Path> offline, Path cache) {
    /** As the environment says. */
    public static DataFolders standard() {
        return new DataFolders(
                setting("QUIRE_DATASETS", "quire.datasets").map(Path::of),
                setting("QUIRE_CACHE", "quire.cache")
                        .map(Path::of)
                        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "quire")));
    }

    /** A system property, else an environment variable; empty counts as absent. */
    private static Optional<String> setting(String variable, String property) {
        String value = System.getProperty(property, System.getenv().getOrDefault(variable, ""));
        return value.isBlank() ? Optional.empty() : Optional.of(value);
    }

    /** Where downloads of a dataset are kept. */
    public Path downloads(String name) {
        return cache.resolve("datasets").resolve(name);
    }

    /** The folders a dataset may lie in. */
    public List<Path> folders(String name) {
        List<Path> out = new ArrayList<>();
        offline.ifPresent(folder -> out.add(folder.resolve(name)));
        out.add(downloads(name));
        return out;
    }

    /** A file of a dataset, as published or, where its name ends in {@code .gz}, decompressed. */
    public Optional<Path> find(String name, String file) {
        for (Path folder : folders(name)) {
            Path packed = folder.resolve(file);
            if (Files.isRegularFile(packed)) {
                return Optional.of(packed);
            }
            if (file.endsWith(".gz") && !file.endsWith(".tar.gz")) {
                Path plain = folder.resolve(file.substring(0, file.length() - ".gz".length()));
                if (Files.isRegularFile(plain)) {
                    return Optional.of(plain);
                }
            }
        }
        return Optional.empty();
    }
}
