package dev.quire.server.dataset;

import dev.quire.QuireException;
import dev.quire.data.DataFolders;
import dev.quire.data.Dataset;
import dev.quire.data.Progress;
import dev.quire.data.image.ImageFolder;
import dev.quire.data.known.Known;
import dev.quire.data.table.Csv;
import dev.quire.data.table.Nearest;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All datasets of the server, by name: those that Quire knows, uploads, and the folders of the data root. */
public final class Shelf {
    static final String CSV = ".csv";
    static final String ZIP = ".zip";
    /** Files and folders of an archive: what is known of them is in memory before the first is read. */
    private static final int MOST_ENTRIES = 1_000_000;
    /** Stands before a number in {@code pets@100}: at most so many of each class, in each split. */
    public static final String PER_CLASS = "@";

    private static final Pattern LIMITED = Pattern.compile("([^@]+)@([1-9]\\d{0,8})");

    private final Path uploads;
    private final Path root;
    private final long unpackedBytes;

    /** Where a dataset comes from. */
    public enum Origin {
        KNOWN,
        UPLOADED,
        FOLDER
    }

    /**
     * A dataset that can be loaded.
     *
     * @param place its folder or file; null where Quire knows it
     */
    public record Entry(
            String name,
            Origin origin,
            @org.jspecify.annotations.Nullable Path place) {}

    /**
     * @param uploads the folder that uploads are kept in
     * @param root a folder whose folders with {@code train/} and {@code test/} are datasets
     * @param unpackedBytes the most that an archive may hold
     */
    public Shelf(Path uploads, Path root, long unpackedBytes) {
        this.uploads = uploads;
        this.root = root;
        this.unpackedBytes = unpackedBytes;
    }

    /** All there are, known ones first; of equal names the first counts. */
    public List<Entry> entries() {
        Map<String, Entry> out = new LinkedHashMap<>();
        Known.names().forEach(name -> out.put(name, new Entry(name, Origin.KNOWN, null)));
        for (Path each : children(uploads)) {
            String file = String.valueOf(each.getFileName());
            if (file.endsWith(CSV) || file.endsWith(ZIP)) {
                String name = file.substring(0, file.length() - CSV.length());
                out.putIfAbsent(name, new Entry(name, Origin.UPLOADED, each));
            }
        }
        for (Path each : children(root)) {
            String name = String.valueOf(each.getFileName());
            if (SafeName.isSafe(name)
                    && Files.isDirectory(each.resolve("train"))
                    && Files.isDirectory(each.resolve("test"))) {
                out.putIfAbsent(name, new Entry(name, Origin.FOLDER, each));
            }
        }
        return List.copyOf(out.values());
    }

    /**
     * One of them, or of each of its classes at most so many: {@code pets@100}.
     *
     * @throws Problem 400 when it is no name, 404 when there is none of this name
     */
    public Entry entry(String name) {
        Matcher limited = LIMITED.matcher(name);
        if (limited.matches()) {
            Entry whole = entry(limited.group(1));
            return new Entry(name, whole.origin(), whole.place());
        }
        SafeName.of("the name of the dataset", name);
        List<Entry> all = entries();
        Optional<Entry> found =
                all.stream().filter(each -> each.name().equals(name)).findFirst();
        return found.orElseThrow(() -> Problem.missing(
                "there is no dataset '" + name + "'"
                        + Nearest.of(name, all.stream().map(Entry::name).toList(), ", did you mean", "; there are"),
                "GET /v1/datasets lists them; POST /v1/datasets uploads one"));
    }

    /**
     * Reads one.
     *
     * @param progress is told how far a download or the decoding has come
     */
    public Dataset load(String name, Progress progress) {
        Matcher limited = LIMITED.matcher(name);
        if (limited.matches()) {
            return load(limited.group(1), progress)
                    .perClass(Integer.parseInt(limited.group(2)))
                    .named(name);
        }
        Entry entry = entry(name);
        Path place = entry.place();
        if (place == null) {
            return Known.standard(progress).load(name);
        }
        return read(place, progress).named(name);
    }

    private Dataset read(Path place, Progress progress) {
        return place.toString().endsWith(CSV)
                ? Csv.read(place)
                : new ImageFolder(DataFolders.standard(), progress)
                        .atMost(unpackedBytes, MOST_ENTRIES)
                        .read(place);
    }

    /**
     * Takes a file in as a dataset, once it has been read to its end.
     *
     * @param name that it gets
     * @param ending {@code .zip} of class folders, or {@code .csv}
     * @param file is moved
     * @throws Problem 409 when the name is taken, 400 when the file is no dataset
     */
    public Entry add(String name, String ending, Path file) throws IOException {
        SafeName.of("the name of the dataset", name);
        requireFree(name);
        Path named = file.resolveSibling(name + ending);
        Files.move(file, named);
        Dataset data;
        try {
            data = read(named, Progress.silent());
        } catch (QuireException e) {
            // Where the server keeps files is nobody's business.
            String said = String.valueOf(e.getMessage()).replace(named.getParent() + "/", "");
            throw Problem.of(new QuireException(said));
        }
        if (data.classes().size() == 1) {
            throw Problem.bad(
                    name + " has one class, " + data.classes().get(0) + ": there is nothing to tell apart",
                    ending.equals(ZIP) ? "pack a folder for each class, at least two" : "add rows of another class");
        }
        synchronized (this) {
            requireFree(name);
            Files.createDirectories(uploads);
            Path place = uploads.resolve(name + ending);
            Files.move(named, place, StandardCopyOption.ATOMIC_MOVE);
            return new Entry(name, Origin.UPLOADED, place);
        }
    }

    private void requireFree(String name) {
        if (entries().stream().anyMatch(each -> each.name().equals(name))) {
            throw Problem.conflict(
                    "there is a dataset '" + name + "' already", "choose another name, or delete that one");
        }
    }

    /**
     * Removes an upload.
     *
     * @throws Problem 404 when there is none, 409 when it is no upload
     */
    public void delete(String name) throws IOException {
        Entry entry = entry(SafeName.of("the name of the dataset", name));
        if (entry.origin() != Origin.UPLOADED || entry.place() == null) {
            throw Problem.conflict("'" + name + "' was not uploaded", "remove its folder where it lies");
        }
        Files.deleteIfExists(entry.place());
    }

    private static List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        } catch (IOException e) {
            throw new QuireException("the datasets in " + folder + " cannot be listed: " + e.getMessage(), e);
        }
    }
}
