package dev.quire.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.metric.History;
import java.util.ArrayList;
import java.util.List;

/** A history as JSON, to the last bit; what is no number is written as its name. */
final class HistoryJson {
    private HistoryJson() {}

    static ObjectNode write(History history) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        ArrayNode columns = out.putArray("columns");
        history.columns().forEach(columns::add);
        ArrayNode rows = out.putArray("rows");
        for (List<Double> row : history.rows()) {
            ArrayNode values = rows.addArray();
            for (double value : row) {
                if (Double.isFinite(value)) {
                    values.add(value);
                } else {
                    values.add(Double.toString(value));
                }
            }
        }
        return out;
    }

    static History read(JsonNode json) {
        List<String> columns = new ArrayList<>();
        json.path("columns").forEach(name -> columns.add(name.asText()));
        List<List<Double>> rows = new ArrayList<>();
        for (JsonNode values : json.path("rows")) {
            List<Double> row = new ArrayList<>();
            values.forEach(
                    value -> row.add(value.isTextual() ? Double.parseDouble(value.textValue()) : value.doubleValue()));
            rows.add(row);
        }
        return new History(columns, rows);
    }
}
