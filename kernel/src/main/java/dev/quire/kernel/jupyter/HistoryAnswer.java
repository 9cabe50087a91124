package dev.quire.kernel.jupyter;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.history.History;
import dev.quire.kernel.history.History.Entry;
import dev.quire.kernel.jupyter.wire.Message;
import java.util.List;

/** Answers what was run before. */
final class HistoryAnswer {
    private HistoryAnswer() {}

    static ObjectNode of(Message request, History history) {
        ObjectNode content = JsonNodeFactory.instance.objectNode().put("status", "ok");
        ArrayNode rows = content.putArray("history");
        boolean withOutput = request.field("output").asBoolean(false);
        for (Entry entry : entries(request, history)) {
            ArrayNode row = rows.addArray().add(entry.session()).add(entry.line());
            if (withOutput) {
                ArrayNode both = row.addArray().add(entry.source());
                if (entry.output().isEmpty()) {
                    both.addNull();
                } else {
                    both.add(entry.output());
                }
            } else {
                row.add(entry.source());
            }
        }
        return content;
    }

    private static List<Entry> entries(Message request, History history) {
        int count = request.field("n").asInt(Integer.MAX_VALUE);
        return switch (request.field("hist_access_type").asText()) {
            case "range" ->
                history.range(
                        request.field("session").asInt(0),
                        request.field("start").asInt(0),
                        request.field("stop").asInt(Integer.MAX_VALUE));
            case "search" ->
                history.search(
                        request.field("pattern").asText("*"),
                        request.field("unique").asBoolean(false),
                        count);
            default -> history.tail(count);
        };
    }
}
