package dev.quire.run.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.data.table.Nearest;
import dev.quire.run.RunFolder;
import dev.quire.run.StoredRun;
import dev.quire.run.record.Export;
import dev.quire.run.record.NotebookFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A record as it is found: in an archive, in the folder that one was unpacked to, or in the folder of a run.
 *
 * @param run what is recorded
 * @param notebook the notebook that was exported with it, or that would be
 * @param altered what was altered since the run ended, a line each
 * @param notes what a reader should know that is no alteration: weights that were left out, a record that never ended
 */
public record PackedRecord(StoredRun run, String notebook, List<String> altered, List<String> notes) {
    private static final String WEIGHTS = "checkpoints/";

    /**
     * Opens a record.
     *
     * @param said an archive, a folder, or the name of a run
     * @param temporary an empty folder, which an archive is unpacked to
     * @throws QuireException when there is none, the archive is refused, or it is from a newer Quire
     */
    public static PackedRecord open(String said, Path temporary) {
        Path path = Path.of(said);
        if (Files.isRegularFile(path)) {
            Archive.STANDARD.unpack(path, temporary);
            if (!Files.exists(temporary.resolve(Export.NOTE))) {
                throw new QuireException(said + " is no record: it has no " + Export.NOTE
                        + "; ./quire export RUN -o record.zip makes one");
            }
            return unpacked(temporary, said);
        }
        if (Files.exists(path.resolve(Export.NOTE))) {
            return unpacked(path, said);
        }
        StoredRun run = run(said);
        return of(run, NotebookFile.of(run.reading()), true);
    }

    /**
     * A run by the name or the path of its folder.
     *
     * @throws QuireException when there is none; the nearest names are offered
     */
    public static StoredRun run(String said) {
        Path path = Path.of(said);
        if (Files.exists(path.resolve("run.json"))) {
            return StoredRun.of(new RunFolder(path.toAbsolutePath().normalize()));
        }
        if (said.endsWith(".zip")) {
            throw new QuireException("there is no file " + said);
        }
        Path root = RunFolder.root();
        Path named = root.resolve(said).normalize();
        if (root.equals(named.getParent()) && Files.exists(named.resolve("run.json"))) {
            return StoredRun.of(new RunFolder(named));
        }
        List<String> names = names(root);
        throw new QuireException("there is no run '" + said + "' in " + root
                + (names.isEmpty() ? "" : Nearest.of(said, names, ", did you mean", "; there are")));
    }

    private static List<String> names(Path root) {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(folder -> Files.exists(folder.resolve("run.json")))
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new QuireException("the runs in " + root + " cannot be listed: " + e, e);
        }
    }

    private static PackedRecord unpacked(Path folder, String said) {
        try {
            ObjectNode note = RunFolder.read(folder.resolve(Export.NOTE));
            int version = note.path("version").asInt();
            if (version > Export.VERSION) {
                throw new QuireException(said + " is a record of version " + version + ", this Quire reads version "
                        + Export.VERSION + ": use the Quire that wrote it, or a newer one");
            }
            List<String> names = names(folder.resolve(Export.RUNS));
            if (names.size() != 1) {
                throw new QuireException(
                        said + " is no record: " + Export.RUNS + " holds " + names.size() + " runs instead of one");
            }
            StoredRun run = StoredRun.of(new RunFolder(
                    folder.resolve(Export.RUNS).resolve(names.get(0)).toAbsolutePath()));
            Path notebook = folder.resolve(Export.NOTEBOOK);
            if (!Files.exists(notebook)) {
                throw new QuireException(said + " has no " + Export.NOTEBOOK + " to replay");
            }
            return of(run, Files.readString(notebook), note.path("weights").asBoolean(true));
        } catch (IOException e) {
            throw new QuireException(said + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static PackedRecord of(StoredRun run, String notebook, boolean hasWeights) {
        if (!run.isListed()) {
            return new PackedRecord(
                    run,
                    notebook,
                    List.of(),
                    List.of("run " + run.name() + " never came to an end: its parts are not listed, and not checked"));
        }
        List<String> differences = run.differences();
        List<String> altered = differences.stream()
                .filter(line -> hasWeights || !isLeftOut(line))
                .toList();
        return new PackedRecord(
                run, notebook, altered, hasWeights ? List.of() : List.of("the checkpoints were left out"));
    }

    private static boolean isLeftOut(String difference) {
        return difference.startsWith(WEIGHTS) && difference.endsWith(" is missing");
    }
}
