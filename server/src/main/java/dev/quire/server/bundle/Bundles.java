package dev.quire.server.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.run.Run;
import dev.quire.run.StoredRun;
import dev.quire.server.http.Id;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.job.Job;
import dev.quire.server.run.Records;
import dev.quire.server.run.RunSummary;
import dev.quire.store.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for each job that asks for one: {@code graph.json} and {@code training.json} from the beginning; {@code
 * model.py}, {@code model.pt}, {@code model.onnx}, {@code model.safetensors}, {@code summary.json} and {@code
 * metadata.json} once it is trained.
 */
public final class Bundles {
    private static final List<String> MODELS = List.of("model.py", "model.safetensors", "model.pt", "model.onnx");
    private static final String METADATA = "metadata.json";

    private final Path root;
    private final Records records;

    /**
     * @param root the folder of all
     */
    public Bundles(Path root, Records records) {
        this.root = root;
        this.records = records;
    }

    /**
     * Begins the bundle of a job.
     *
     * @param graph as it was sent
     * @param training how it is trained
     */
    public void begin(Job job, JsonNode graph, JsonNode training) {
        try {
            Path folder = Files.createDirectories(folder(job.id()));
            WholeFile.write(folder.resolve("graph.json"), Json.text(graph));
            WholeFile.write(folder.resolve("training.json"), Json.text(training));
            WholeFile.write(folder.resolve(METADATA), Json.text(metadata(job)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Completes the bundle of a job that has weights, where it has begun one. */
    public void complete(Job job) {
        String name = job.run();
        Path folder = folder(job.id());
        if (name == null || !Files.isDirectory(folder)) {
            return;
        }
        StoredRun stored = records.find(name);
        ObjectNode metadata = metadata(job);
        ObjectNode missing = Json.MAPPER.createObjectNode();
        Run run = records.load(stored);
        for (String file : MODELS) {
            try {
                run.export(folder.resolve(file).toString());
            } catch (QuireException e) {
                missing.put(file, String.valueOf(e.getMessage()));
            }
        }
        metadata.put("completed", Instant.now().toString());
        metadata.set("missing", missing);
        try {
            WholeFile.write(folder.resolve("summary.json"), Json.text(RunSummary.of(stored)));
            WholeFile.write(folder.resolve(METADATA), Json.text(metadata));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode metadata(Job job) {
        ObjectNode out = Json.MAPPER.createObjectNode();
        out.put("job", job.id()).put("run", job.run()).put("dataset", job.dataset());
        return out.put("created", job.created().toString());
    }

    /**
     * A file of a bundle.
     *
     * @param name one of those that bundles have
     * @throws Problem 409 when it is not there, or not yet
     */
    public Path file(Job job, String name) {
        Path file = folder(job.id()).resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw Problem.conflict(
                    "job " + job.id() + " has no " + name + ", it is "
                            + job.state().word(),
                    "wait until it is done");
        }
        return file;
    }

    /** The files of all bundles that end so, below the folder of all. */
    public List<String> files(String ending) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root, 2)) {
            return all.filter(each -> each.toString().endsWith(ending))
                    .map(each -> root.relativize(each).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder(String job) {
        return root.resolve(Id.of("job", job));
    }
}
