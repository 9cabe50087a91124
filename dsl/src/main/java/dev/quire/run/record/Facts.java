package dev.quire.run.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as lines of a name and a value: {@code optimizer.learningRate}, {@code 0.001}. */
public final class Facts {
    private Facts() {}

    /** All values of an object, those within others under the names of both; lists of plain values in one line. */
    public static Map<String, String> of(JsonNode json) {
        Map<String, String> out = new LinkedHashMap<>();
        add("", json, out);
        return out;
    }

    private static void add(String name, JsonNode json, Map<String, String> out) {
        if (json.isObject()) {
            json.properties()
                    .forEach(field ->
                            add(name.isEmpty() ? field.getKey() : name + "." + field.getKey(), field.getValue(), out));
        } else if (json.isArray()) {
            List<String> values = new ArrayList<>();
            json.forEach(value -> values.add(value.isValueNode() ? value.asText() : value.toString()));
            out.put(name, String.join(", ", values));
        } else if (!json.isMissingNode()) {
            out.put(name, json.asText());
        }
    }
}
