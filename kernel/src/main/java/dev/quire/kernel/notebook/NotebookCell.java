package dev.quire.kernel.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** One cell of a notebook; changes go to its JSON. */
record NotebookCell(ObjectNode node) {
    static final String PARAMETERS = "parameters";
    static final String INJECTED = "injected-parameters";
    static final String RAISES = "raises-exception";

    /** A new code cell with a tag. */
    static NotebookCell code(String source, String tag) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("cell_type", "code");
        node.putObject("metadata").putArray("tags").add(tag);
        node.set("source", lines(source));
        return new NotebookCell(node);
    }

    boolean isCode() {
        return node.path("cell_type").asText().equals("code");
    }

    /** Whether there is something to run. */
    boolean isRunnable() {
        return isCode() && !source().isBlank();
    }

    /** The text of the cell; in the file it is one string or a list of lines. */
    String source() {
        JsonNode source = node.path("source");
        return source.isArray()
                ? StreamSupport.stream(source.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining())
                : source.asText();
    }

    /** What tells it from the other cells of its notebook. */
    String id() {
        return node.path("id").asText();
    }

    boolean hasTag(String tag) {
        for (JsonNode each : node.at("/metadata/tags")) {
            if (each.asText().equals(tag)) {
                return true;
            }
        }
        return false;
    }

    /** Removes what an earlier run left. */
    void clear() {
        node.putNull("execution_count");
        node.putArray("outputs");
    }

    void finish(int count, ArrayNode outputs) {
        node.put("execution_count", count);
        node.set("outputs", outputs);
    }

    /** Puts the source in the form Jupyter writes and gives the cell an id that is not taken. */
    void identify(Set<String> taken) {
        String source = source();
        node.set("source", lines(source));
        node.withObjectProperty("metadata");
        String id = node.path("id").asText("");
        for (int i = 0; id.isEmpty() || taken.contains(id); i++) {
            // Made from the text, so that the same notebook gets the same ids.
            id = String.format("%08x", source.hashCode() + 31 * taken.size() + i);
        }
        taken.add(id);
        node.put("id", id);
    }

    /** A text as the list of its lines, each with its line break. */
    static ArrayNode lines(String text) {
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int next = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(start, next));
            start = next;
        }
        return lines;
    }
}
