package dev.quire.run.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.view.Charts;
import dev.quire.view.Tables;

/**
 * The cells that ran as a notebook of nbformat 4.5, in the order they ran. The one that started the run is tagged
 * {@value #STARTED} and carries its outcome; those that failed are tagged so that a runner goes on behind them.
 */
public final class NotebookFile {
    /** The cell that started the run. */
    public static final String STARTED = "quire-run";

    /** A cell that was interrupted, which nobody can do again at the same moment. */
    public static final String INTERRUPTED = "quire-interrupted";

    private static final String RAISES = "raises-exception";
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private NotebookFile() {}

    /** The notebook of a record. */
    public static String of(Reading reading) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode cells = root.putArray("cells");
        ObjectNode head = cells.addObject().put("cell_type", "markdown").put("id", "record");
        head.putObject("metadata");
        lines(head.putArray("source"), title(reading));
        for (int i = 0; i < reading.cells().size(); i++) {
            Cell cell = reading.cells().get(i);
            ObjectNode code = cells.addObject().put("cell_type", "code").put("id", "cell-" + (i + 1));
            code.put("execution_count", cell.number());
            tag(code.putObject("metadata"), reading, cell);
            lines(code.putArray("source"), cell.source());
            ArrayNode outputs = code.putArray("outputs");
            if (reading.isLast(cell)) {
                outcome(outputs, reading);
            }
        }
        ObjectNode metadata = root.putObject("metadata");
        metadata.putObject("kernelspec")
                .put("name", "quire")
                .put("display_name", "Quire (Java)")
                .put("language", "java");
        metadata.putObject("language_info").put("name", "java").put("file_extension", ".java");
        root.put("nbformat", 4).put("nbformat_minor", 5);
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }

    /** Plain words: markdown of the record's own is never rendered. */
    private static String title(Reading reading) {
        StringBuilder out = new StringBuilder("# Run `")
                .append(reading.name().replace("`", ""))
                .append("`\n\nThe cells of its session in the order they ran, up to the one that started it.");
        reading.remarks()
                .forEach(remark -> out.append("\n- `")
                        .append(remark.replace("`", "'").replaceAll("\\s+", " "))
                        .append('`'));
        return out.toString();
    }

    private static void tag(ObjectNode metadata, Reading reading, Cell cell) {
        if (reading.isLast(cell)) {
            metadata.putArray("tags").add(STARTED);
        } else if (cell.ending().equals("failed")) {
            metadata.putArray("tags").add(RAISES);
        } else if (cell.ending().equals("interrupted")) {
            metadata.putArray("tags").add(INTERRUPTED);
        }
    }

    private static void outcome(ArrayNode outputs, Reading reading) {
        if (reading.history().isEmpty()) {
            return;
        }
        ObjectNode table = outputs.addObject().put("output_type", "display_data");
        table.putObject("metadata");
        lines(
                table.putObject("data").putArray("text/plain"),
                Tables.grid(Tables.of(reading.history())).text() + "\n" + reading.sentence());
        ObjectNode figure = outputs.addObject().put("output_type", "display_data");
        figure.putObject("metadata");
        ObjectNode data = figure.putObject("data");
        Charts.curves(reading.history()).display().data().forEach((type, content) -> {
            if (type.startsWith("text/") || type.equals("image/svg+xml")) {
                lines(data.putArray(type), content);
            }
        });
    }

    private static void lines(ArrayNode out, String text) {
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int next = end < 0 ? text.length() : end + 1;
            out.add(text.substring(start, next));
            start = next;
        }
    }
}
