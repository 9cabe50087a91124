package dev.quire.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.quire.QuireException;
import dev.quire.metric.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One side of a comparison.
 *
 * @param code the lines of the cells that have run, in order
 * @param model the network as JSON
 * @param spec how it was trained, as JSON
 * @param data as JSON
 * @param environment as JSON; empty where it is not recorded
 * @param remarks on the cells
 */
record ComparedRun(
        String name,
        List<String> code,
        JsonNode model,
        JsonNode spec,
        JsonNode data,
        JsonNode environment,
        History history,
        List<String> remarks) {

    static ComparedRun of(StoredRun run) {
        RunFolder folder = run.folder();
        try {
            List<String> code = new ArrayList<>();
            if (Files.exists(folder.cells())) {
                JsonNode cells = RunFolder.read(folder.cells());
                cells.path("before").forEach(cell -> code.addAll(lines(cell)));
                code.addAll(lines(cells.path("now")));
            }
            return new ComparedRun(
                    run.name(),
                    code,
                    json(folder.model()),
                    json(folder.spec()),
                    json(folder.data()),
                    json(folder.environment()),
                    run.history(),
                    run.remarks());
        } catch (IOException e) {
            throw new QuireException("the record " + folder.path() + " cannot be read: " + e.getMessage(), e);
        }
    }

    static ComparedRun of(Run run) {
        return new ComparedRun(
                run.name(),
                List.of(),
                json(Identity.model(run.model())),
                json(Description.spec(run.plan())),
                Description.data(run.data()),
                JsonNodeFactory.instance.objectNode(),
                run.history(),
                List.of());
    }

    private static List<String> lines(JsonNode cell) {
        return cell.path("source").asText().lines().toList();
    }

    private static JsonNode json(Path file) throws IOException {
        return Files.exists(file) ? json(Files.readString(file)) : JsonNodeFactory.instance.objectNode();
    }

    /** A network with a class of the user's own is no JSON, but a text. */
    private static JsonNode json(String text) {
        try {
            return RunFolder.JSON.readTree(text);
        } catch (IOException plainText) {
            return JsonNodeFactory.instance.textNode(text);
        }
    }
}
