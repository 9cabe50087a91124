package dev.quire.kernel.mime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.quire.view.Display;
import java.io.IOException;

/** A display as the {@code data} of an output: text as strings, representations of a JSON type as JSON. */
public final class MimeBundle {
    private MimeBundle() {}

    public static ObjectNode of(Display display) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        display.data().forEach((type, representation) -> data.set(type, node(type, representation)));
        return data;
    }

    /** Whether front ends expect JSON, not a string, for this type. */
    private static boolean isJson(String type) {
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }

    private static JsonNode node(String type, String representation) {
        if (!isJson(type)) {
            return TextNode.valueOf(representation);
        }
        try {
            return Json.read(representation);
        } catch (IOException e) {
            // A front end says so better than a lost cell does.
            return TextNode.valueOf(representation);
        }
    }
}
