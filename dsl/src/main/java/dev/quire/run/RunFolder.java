package dev.quire.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.store.WholeFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that a run is recorded in, and the names of its parts.
 *
 * @param path the folder, whose name is that of the run
 */
public record RunFolder(Path path) {
    private static final String PROPERTY = "quire.runs";
    private static final String VARIABLE = "QUIRE_RUNS";
    static final ObjectMapper JSON = new ObjectMapper();

    /** Where runs are recorded: what {@code QUIRE_RUNS} says, else {@code runs} in the working directory. */
    public static Path root() {
        String said = System.getProperty(PROPERTY, System.getenv().getOrDefault(VARIABLE, "runs"));
        return Path.of(said).toAbsolutePath().normalize();
    }

    /**
     * A new folder: {@code base}, or {@code base-v1}, {@code base-v2} and so on where that is taken. Two processes that
     * ask at once never get the same.
     *
     * @throws QuireException when it cannot be made
     */
    static RunFolder create(Path root, String base) {
        try {
            Files.createDirectories(root);
            for (int version = 0; ; version++) {
                RunFolder folder = new RunFolder(root.resolve(version == 0 ? base : base + "-v" + version));
                if (folder.isNeverBegun()) {
                    folder.reclaim();
                }
                try {
                    Files.createDirectory(folder.path);
                } catch (FileAlreadyExistsException taken) {
                    continue; // The next number, then.
                }
                Files.writeString(folder.lock(), ProcessHandle.current().pid() + "");
                Files.createDirectory(folder.checkpoints());
                return folder;
            }
        } catch (IOException e) {
            throw new QuireException(
                    "runs cannot be recorded in " + root + ": " + e
                            + ": set QUIRE_RUNS to a folder that can be written," + " or add unrecorded()",
                    e);
        }
    }

    /** Whether its process died before it wrote down what it trains. */
    private boolean isNeverBegun() throws IOException {
        if (!Files.exists(lock()) || Files.exists(run())) {
            return false;
        }
        String owner = Files.readString(lock());
        return owner.matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(owner)).isEmpty();
    }

    /** Removes a folder that was never begun; of several processes at once, one does. */
    private void reclaim() throws IOException {
        Path guard = path.resolveSibling(".reclaim.lock");
        try (FileChannel channel = FileChannel.open(guard, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (isNeverBegun()) {
                delete();
            }
        } catch (OverlappingFileLockException another) {
            return; // Another thread is at it: the next number will do.
        }
    }

    /** The folders of all runs below a root, by name. */
    public static List<RunFolder> all(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> Files.exists(folder.resolve("run.json")))
                    .sorted()
                    .map(RunFolder::new)
                    .toList();
        }
    }

    public String name() {
        return String.valueOf(path.getFileName());
    }

    /** Held by the process that writes the record. */
    Path lock() {
        return path.resolve("lock");
    }

    /** State and outcome. */
    public Path run() {
        return path.resolve("run.json");
    }

    /** How it was trained. */
    public Path spec() {
        return path.resolve("spec.json");
    }

    /** The network. */
    public Path model() {
        return path.resolve("model.json");
    }

    /** What it was trained on. */
    public Path data() {
        return path.resolve("data.json");
    }

    /** What it was computed with. */
    public Path environment() {
        return path.resolve("environment.json");
    }

    /** The cells that came before, and the one that started it. */
    public Path cells() {
        return path.resolve("cells.json");
    }

    /** A row an epoch. */
    public Path metrics() {
        return path.resolve("metrics.csv");
    }

    /** A row a step. */
    public Path steps() {
        return path.resolve("steps.csv");
    }

    /** Pictures. */
    public Path figures() {
        return path.resolve("figures");
    }

    /** Weights. */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** The newest checkpoint. */
    public Path last() {
        return checkpoint("last");
    }

    /** The checkpoint of the best epoch. */
    public Path best() {
        return checkpoint("best");
    }

    Path checkpoint(String name) {
        return checkpoints().resolve(name + ".safetensors");
    }

    /** Path and SHA-256 of each part. */
    public Path manifest() {
        return path.resolve("manifest.json");
    }

    /** The git commit its run was trained at; empty where none is recorded. */
    Optional<String> commit() {
        try {
            String commit = read(run()).path("git").path("commit").asText();
            return commit.isEmpty() ? Optional.empty() : Optional.of(commit);
        } catch (IOException e) {
            throw new QuireException("the record " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    static void write(Path file, JsonNode json) throws IOException {
        WholeFile.write(file, text(json));
    }

    /** A part that is JSON, as it lies in the folder. */
    static String text(JsonNode json) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try {
            return JSON.writer(new DefaultPrettyPrinter()
                                    .withObjectIndenter(lines)
                                    .withArrayIndenter(lines))
                            .writeValueAsString(json)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }

    /** Reads a part that is JSON; what holds no object is an empty one. */
    public static ObjectNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile()) instanceof ObjectNode object ? object : JSON.createObjectNode();
    }

    /** Removes the folder and all in it. */
    void delete() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
