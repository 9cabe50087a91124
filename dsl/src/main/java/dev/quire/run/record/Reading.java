package dev.quire.run.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.quire.QuireException;
import dev.quire.metric.History;
import dev.quire.run.Cells;
import dev.quire.run.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A record, read once for all that is made of it. A part that is missing, as in the record of a run that crashed, is
 * empty.
 *
 * @param model the network as it is written in Java
 * @param cells those that ran, the one that started the run last
 */
record Reading(
        StoredRun run,
        JsonNode state,
        JsonNode spec,
        String model,
        JsonNode data,
        JsonNode environment,
        JsonNode manifest,
        History history,
        float[] losses,
        List<Cells.Cell> cells,
        List<String> remarks) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Reading of(StoredRun run) throws IOException {
        Cells.Told told = run.cells();
        List<Cells.Cell> cells = new ArrayList<>(told.before());
        told.now().ifPresent(cells::add);
        return new Reading(
                run,
                json(run.folder().run()),
                json(run.folder().spec()),
                model(run),
                json(run.folder().data()),
                json(run.folder().environment()),
                json(run.folder().manifest()),
                run.history(),
                run.losses(),
                cells,
                run.remarks());
    }

    private static JsonNode json(Path file) throws IOException {
        return Files.exists(file) ? JSON.readTree(file.toFile()) : MissingNode.getInstance();
    }

    private static String model(StoredRun run) throws IOException {
        try {
            return run.model().toString();
        } catch (QuireException ownClass) {
            // Layers of the user's own are written as they print.
            return Files.readString(run.folder().model());
        }
    }

    /** Whether this cell started the run. */
    boolean isLast(Cells.Cell cell) {
        return run.cells().now().isPresent() && cell == cells.get(cells.size() - 1);
    }
}
