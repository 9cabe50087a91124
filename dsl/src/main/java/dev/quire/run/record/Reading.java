package dev.quire.run.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.metric.History;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A record, read once for all that is made of it. A part that is missing, as in the record of a run that crashed, is
 * empty.
 *
 * @param name of the run
 * @param folder that it is recorded in
 * @param started when it began
 * @param outcome {@code training}, {@code crashed}, or why it ended
 * @param sentence why it ended, in words
 * @param model the network as it is written in Java
 * @param cells those that ran
 * @param isStartedByLast whether the last of them started the run
 */
public record Reading(
        String name,
        Path folder,
        Instant started,
        String outcome,
        String sentence,
        JsonNode state,
        JsonNode spec,
        String model,
        JsonNode data,
        JsonNode environment,
        JsonNode manifest,
        History history,
        float[] losses,
        List<Cell> cells,
        boolean isStartedByLast,
        List<String> remarks) {
    public Reading {
        cells = List.copyOf(cells);
        remarks = List.copyOf(remarks);
    }

    /** Whether this cell started the run. */
    boolean isLast(Cell cell) {
        return isStartedByLast && cell == cells.get(cells.size() - 1);
    }
}
