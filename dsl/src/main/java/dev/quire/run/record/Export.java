package dev.quire.run.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.run.StoredRun;
import dev.quire.store.WholeFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A record as a ZIP archive: under {@code runs/NAME} the folder of the run as it is, and beside it what is made from it
 * for readers: {@code notebook.ipynb}, {@code script.jsh}, {@code index.html} and {@code README.md}.
 *
 * @param run which run
 * @param hasWeights whether the checkpoints go along
 */
public record Export(StoredRun run, boolean hasWeights) {
    static final int VERSION = 1;
    static final String NOTE = "export.json";
    static final String NOTEBOOK = "notebook.ipynb";
    static final String RUNS = "runs";
    private static final String CHECKPOINTS = "checkpoints/";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** With its weights. */
    public static Export whole(StoredRun run) {
        return new Export(run, true);
    }

    /**
     * Writes the archive, whole or not at all. While a record is replayed, cells export nothing.
     *
     * @param file ends in {@code .zip}
     * @return the file
     * @throws QuireException when it cannot be written, or the run still trains
     */
    public Path write(Path file) {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
            throw new QuireException("a record is packed into a ZIP archive: name it " + file + ".zip");
        }
        if (run.state().equals("training")) {
            throw new QuireException("run " + run.name() + " still trains: export it when it has ended");
        }
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        if (!Files.isDirectory(folder)) {
            throw new QuireException(file + " cannot be written: there is no folder " + folder);
        }
        if (Replaying.isUnderWay()) {
            return file;
        }
        try {
            WholeFile.write(file, channel -> {
                ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel), StandardCharsets.UTF_8);
                pack(zip);
                // Closing it would close the file, which is still to be forced to disk.
                zip.finish();
            });
            return file;
        } catch (IOException e) {
            throw new QuireException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private void pack(ZipOutputStream zip) throws IOException {
        Reading reading = Reading.of(run);
        put(zip, "README.md", Readme.of(reading, hasWeights));
        put(zip, "index.html", Page.of(reading));
        put(zip, NOTEBOOK, NotebookFile.of(reading));
        put(zip, "script.jsh", Script.of(reading));
        put(zip, NOTE, note());
        Path root = run.folder().path();
        for (Path part : parts(root)) {
            String name = name(root, part);
            begin(zip, RUNS + "/" + run.name() + "/" + name);
            Files.copy(part, zip);
            zip.closeEntry();
        }
    }

    /** Plain files only: a link in the folder could lead anywhere. */
    private List<Path> parts(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !name(root, file).equals("lock"))
                    .filter(file -> hasWeights || !name(root, file).startsWith(CHECKPOINTS))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path root, Path part) {
        return root.relativize(part).toString().replace('\\', '/');
    }

    private String note() throws IOException {
        ObjectNode note = JSON.createObjectNode().put("version", VERSION);
        note.put("run", run.name()).put("weights", hasWeights);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(note) + "\n";
    }

    private void put(ZipOutputStream zip, String name, String text) throws IOException {
        begin(zip, name);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /** With the time of the run, so that the same record makes the same archive. */
    private void begin(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(run.started().atZone(ZoneOffset.UTC).toLocalDateTime());
        zip.putNextEntry(entry);
    }
}
