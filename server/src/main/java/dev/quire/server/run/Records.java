package dev.quire.server.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.data.Dataset;
import dev.quire.data.table.Nearest;
import dev.quire.metric.History;
import dev.quire.run.Run;
import dev.quire.run.RunFolder;
import dev.quire.run.RunRow;
import dev.quire.run.Runs;
import dev.quire.run.StoredRun;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The records of runs below a folder, by names from clients. */
public final class Records implements AutoCloseable {
    private final Path root;
    private final Function<String, Dataset> data;
    private final ClassPictures pictures = new ClassPictures(this::load);

    /**
     * A file of a record.
     *
     * @param name its path in the record, with slashes
     * @param bytes its size
     */
    public record Part(String name, long bytes) {}

    /**
     * @param root where runs are recorded
     * @param data the dataset of a name
     */
    public Records(Path root, Function<String, Dataset> data) {
        this.root = root;
        this.data = data;
    }

    /** All runs, the newest first. */
    public List<RunRow> rows() {
        List<RunRow> out = new ArrayList<>();
        Runs.list(root).forEach(run -> out.add(run.row()));
        out.sort(Comparator.comparing(
                        (RunRow row) -> row.started().map(Object::toString).orElse(""))
                .reversed());
        return out;
    }

    /**
     * What the list says of one.
     *
     * @throws Problem 400 when it is no name, 404 when there is none
     */
    public RunRow row(String name) {
        find(name);
        return rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> missing(name));
    }

    /**
     * A record.
     *
     * @throws Problem 400 when it is no name, 404 when there is none
     */
    public StoredRun find(String name) {
        RunFolder folder = new RunFolder(root.resolve(SafeName.of("the name of the run", name)));
        if (!Files.isRegularFile(folder.run())) {
            throw missing(name);
        }
        return StoredRun.of(folder);
    }

    private Problem missing(String name) {
        List<String> names = rows().stream().map(RunRow::name).toList();
        return Problem.missing(
                "there is no run '" + name + "'"
                        + (names.isEmpty() ? "" : Nearest.of(name, names, ", did you mean", "; there are")),
                "GET /v1/runs lists them");
    }

    /** Pictures that a record has not. */
    ClassPictures pictures() {
        return pictures;
    }

    /** The files of a record, in alphabetical order; links are none. */
    public List<Part> parts(StoredRun run) throws IOException {
        Path folder = run.folder().path();
        List<Part> out = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted().toList()) {
                if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
                    out.add(new Part(folder.relativize(each).toString().replace('\\', '/'), Files.size(each)));
                }
            }
        }
        return out;
    }

    /**
     * A file of a record: one of those that are listed, and no other.
     *
     * @throws Problem 404 when there is none of this name
     */
    public Path part(StoredRun run, String name) throws IOException {
        if (parts(run).stream().noneMatch(each -> each.name().equals(name))) {
            throw Problem.missing(
                    "run " + run.name() + " has no such file", "GET /v1/runs/" + run.name() + "/files lists them");
        }
        return run.folder().path().resolve(name);
    }

    /** Writes the network of a run as a file of this format, into a folder. */
    public Path export(StoredRun run, String format, Path folder) {
        Path file = folder.resolve(run.name() + "." + format);
        return load(run).export(file.toString());
    }

    /** The last epoch of a run, as live messages tell it: {@code epoch} and {@code metrics}; empty before the first. */
    public ObjectNode last(String run) {
        ObjectNode out = Json.MAPPER.createObjectNode();
        if (!Files.isRegularFile(new RunFolder(root.resolve(SafeName.of("the name of the run", run))).run())) {
            return out;
        }
        History history = find(run).history();
        if (!history.isEmpty()) {
            out.put("epoch", (int) history.last(History.EPOCH));
            ObjectNode metrics = out.putObject("metrics");
            history.columns().stream()
                    .filter(column -> !column.equals(History.EPOCH) && Double.isFinite(history.last(column)))
                    .forEach(column -> metrics.put(column, history.last(column)));
        }
        return out;
    }

    /** The run with its weights. */
    public Run load(StoredRun run) {
        return run.reload(data.apply(run.data()));
    }

    @Override
    public void close() {
        pictures.close();
    }
}
