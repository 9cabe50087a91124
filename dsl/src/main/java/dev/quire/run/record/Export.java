package dev.quire.run.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
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
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A record as a ZIP archive: under {@code runs/NAME} the folder of the run as it is, and beside it what is made from it
 * for readers: {@code notebook.ipynb}, {@code script.jsh}, {@code index.html} and {@code README.md}.
 *
 * @param record read when it is wanted
 * @param hasWeights whether the checkpoints go along
 */
public record Export(Supplier<Reading> record, boolean hasWeights) {
    /** Of the archive, as its note says. */
    public static final int VERSION = 1;

    /** What the archive is. */
    public static final String NOTE = "export.json";

    /** The cells that ran. */
    public static final String NOTEBOOK = "notebook.ipynb";

    /** The folder that holds the folder of the run. */
    public static final String RUNS = "runs";

    private static final String CHECKPOINTS = "checkpoints/";
    private static final ObjectMapper JSON = new ObjectMapper();

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
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        if (!Files.isDirectory(folder)) {
            throw new QuireException(file + " cannot be written: there is no folder " + folder);
        }
        if (Replaying.isUnderWay()) {
            return file;
        }
        Reading reading = record.get();
        if (reading.outcome().equals("training")) {
            throw new QuireException("run " + reading.name() + " still trains: export it when it has ended");
        }
        try {
            WholeFile.write(file, channel -> {
                ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel), StandardCharsets.UTF_8);
                pack(reading, zip);
                // Closing it would close the file, which is still to be forced to disk.
                zip.finish();
            });
            return file;
        } catch (IOException e) {
            throw new QuireException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private void pack(Reading reading, ZipOutputStream zip) throws IOException {
        put(zip, reading, "README.md", Readme.of(reading, hasWeights));
        put(zip, reading, "index.html", Page.of(reading));
        put(zip, reading, NOTEBOOK, NotebookFile.of(reading));
        put(zip, reading, "script.jsh", Script.of(reading));
        put(zip, reading, NOTE, note(reading));
        Path root = reading.folder();
        for (Path part : parts(root)) {
            String name = name(root, part);
            begin(zip, reading, RUNS + "/" + reading.name() + "/" + name);
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

    private String note(Reading reading) throws IOException {
        ObjectNode note = JSON.createObjectNode().put("version", VERSION);
        note.put("run", reading.name()).put("weights", hasWeights);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(note) + "\n";
    }

    private static void put(ZipOutputStream zip, Reading reading, String name, String text) throws IOException {
        begin(zip, reading, name);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /** With the time of the run, so that the same record makes the same archive. */
    private static void begin(ZipOutputStream zip, Reading reading, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(reading.started().atZone(ZoneOffset.UTC).toLocalDateTime());
        zip.putNextEntry(entry);
    }
}
