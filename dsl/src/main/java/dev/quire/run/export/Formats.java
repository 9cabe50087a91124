package dev.quire.run.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quire.QuireException;
import dev.quire.compile.onnx.OnnxPrecision;
import dev.quire.compile.torchscript.ModuleArchive;
import dev.quire.model.json.ModelJson;
import dev.quire.run.record.Replaying;
import dev.quire.source.JavaSource;
import dev.quire.source.PytorchSource;
import dev.quire.store.Safetensors;
import dev.quire.store.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The formats a network is written in, by how a file's name ends. To add one, add a row. */
public final class Formats {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Row> ROWS = List.of(
            new Row(".json", "the network", Formats::network),
            new Row(".safetensors", "its weights", Formats::weights),
            new Row(".java", "the words that make it", Formats::words),
            new Row(".py", "PyTorch source", Formats::pytorch),
            new Row(".pt", "TorchScript with weights", Formats::torchScript),
            new Row(".int8.onnx", "ONNX with 8-bit weights", (run, file) -> Onnx.write(run, file, OnnxPrecision.INT8)),
            new Row(".onnx", "ONNX with weights", (run, file) -> Onnx.write(run, file, OnnxPrecision.FLOAT32)));

    private Formats() {}

    /** Writes a file whole. */
    @FunctionalInterface
    private interface Writer {
        void write(Exported run, Path file) throws IOException;
    }

    /**
     * One format.
     *
     * @param ending how the names of its files end, in small letters
     * @param content what is in such a file
     * @param writer makes one
     */
    private record Row(String ending, String content, Writer writer) {}

    /**
     * Writes or replaces a file; what it holds follows from how its name ends. While a record is replayed, nothing is
     * written.
     *
     * @param run asked for once the name is known to be good
     * @return the file
     * @throws QuireException when there is no such format, or the file cannot be written
     */
    public static Path write(String file, Supplier<Exported> run) {
        Path path = Path.of(file);
        Row row = row(file);
        Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
        if (!Files.isDirectory(folder)) {
            throw new QuireException(file + " cannot be written: there is no folder " + folder);
        }
        if (Files.isDirectory(path)) {
            throw new QuireException(file + " cannot be written: it is a folder");
        }
        Exported exported = run.get();
        if (!Replaying.isUnderWay()) {
            try {
                row.writer().write(exported, path);
            } catch (IOException e) {
                throw new QuireException(file + " cannot be written: " + e.getMessage(), e);
            }
        }
        return path;
    }

    private static Row row(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        Optional<Row> row =
                ROWS.stream().filter(each -> name.endsWith(each.ending())).findFirst();
        return row.orElseThrow(() -> new QuireException("export: the name of a file says what is in it, and '" + file
                + "' ends in none of " + ROWS.stream().map(Formats::explained).collect(Collectors.joining(", "))));
    }

    private static String explained(Row row) {
        return row.ending() + " (" + row.content() + ")";
    }

    private static void network(Exported run, Path file) throws IOException {
        WholeFile.write(file, ModelJson.write(run.plan().model()));
    }

    private static void weights(Exported run, Path file) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        // What libraries of PyTorch look for before they take the tensors as theirs.
        metadata.put("format", "pt");
        metadata.putAll(run.notes());
        Safetensors.write(file, new Safetensors.Content(metadata, run.tensors()));
    }

    private static void words(Exported run, Path file) throws IOException {
        WholeFile.write(file, JavaSource.training(run.name(), run.plan()));
    }

    private static void pytorch(Exported run, Path file) throws IOException {
        WholeFile.write(file, PytorchSource.training(run.name(), run.plan()));
    }

    private static void torchScript(Exported run, Path file) throws IOException {
        Map<String, String> notes = run.notes();
        Map<String, String> extra = new LinkedHashMap<>();
        extra.put("classes.json", Objects.requireNonNull(notes.get("classes")));
        extra.put("provenance.json", JSON.writeValueAsString(notes));
        ModuleArchive.write(file, run.plan().described(), run.tensors(), extra);
    }
}
