package dev.quire.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.metric.History;
import dev.quire.model.Layer;
import dev.quire.model.json.ModelJson;
import dev.quire.run.record.Cell;
import dev.quire.store.Appended;
import dev.quire.train.TrainingSpec;
import dev.quire.train.json.SpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a record, read when they are asked for.
 *
 * @param folder where they lie
 */
record RecordParts(RunFolder folder) {

    /** What was measured, a row an epoch: of a file that was cut off, its whole rows. */
    History history() {
        return read(() -> Csv.history(Appended.at(folder.metrics()).lines()));
    }

    /** The loss of each step. */
    float[] losses() {
        return read(() -> Csv.losses(Appended.at(folder.steps()).lines()));
    }

    TrainingSpec spec() {
        return SpecJson.read(read(() -> Files.readString(folder.spec())));
    }

    Layer model() {
        return ModelJson.read(read(() -> Files.readString(folder.model())));
    }

    /** The network as it is written in Java; as it prints where it has layers of the user's own. */
    String modelWords() {
        try {
            return model().toString();
        } catch (QuireException ownClass) {
            return read(() -> Files.readString(folder.model()));
        }
    }

    Cells.Told cells() {
        return read(() -> {
            if (!Files.exists(folder.cells())) {
                return new Cells.Told(List.of(), Optional.empty());
            }
            ObjectNode json = RunFolder.read(folder.cells());
            List<Cell> before = new ArrayList<>();
            json.path("before").forEach(cell -> before.add(cell(cell)));
            return new Cells.Told(before, Optional.ofNullable(json.get("now")).map(RecordParts::cell));
        });
    }

    private static Cell cell(JsonNode json) {
        return new Cell(
                json.path("number").asInt(),
                json.path("source").asText(),
                json.path("ending").asText(),
                json.path("id").asText());
    }

    List<String> remarks() {
        return read(
                () -> Files.exists(folder.cells()) ? Remarks.of(RunFolder.read(folder.cells())) : List.<String>of());
    }

    /** What was altered since it ended. */
    List<String> differences() {
        return read(() -> Manifest.differences(folder));
    }

    /** What tells its data from other. */
    String identity() {
        return read(() -> RunFolder.read(folder.data()).path("identity").asText());
    }

    /** A part that is JSON, as it is; missing where the file is. */
    JsonNode json(Path file) {
        return read(() ->
                Files.exists(file) ? RunFolder.JSON.readTree(file.toFile()) : (JsonNode) MissingNode.getInstance());
    }

    private interface Part<T> {
        T read() throws IOException;
    }

    private <T> T read(Part<T> part) {
        try {
            return part.read();
        } catch (IOException e) {
            throw new QuireException("the record " + folder.path() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
