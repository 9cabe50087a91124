package dev.quire.server.infer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.quire.QuireException;
import dev.quire.data.Column;
import dev.quire.data.HostTensor;
import dev.quire.data.table.TableRow;
import dev.quire.inference.Model;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads rows of a table, each an object with a value for every column that the model learned from. */
final class Records {
    private static final int LONGEST = 400;
    /** Reads one object of several. */
    private static final ObjectReader RECORD =
            Json.MAPPER.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Records() {}

    /**
     * The array of objects that the parser stands at, as the input of a model.
     *
     * @param most rows that are taken
     * @throws Problem 400 or 413
     */
    static Given read(JsonParser json, Model model, int most) throws IOException {
        List<Column> columns = model.card().columns();
        if (columns.isEmpty()) {
            throw Problem.bad(model.name() + " has no named columns", "send \"rows\": arrays of numbers");
        }
        String wanted = "send an array of objects, each with "
                + columns.stream().map(Column::name).collect(Collectors.joining(", "));
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw Problem.bad("\"records\" is no array", wanted);
        }
        List<HostTensor> rows = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw Problem.bad("record " + (rows.size() + 1) + " is no object", wanted);
            }
            if (rows.size() == most) {
                throw new Problem(
                        413, "the request has more than " + most + " records", "send them in several requests");
            }
            rows.add(row(RECORD.readTree(json), model, columns, rows.size() + 1));
        }
        if (rows.isEmpty()) {
            throw Problem.bad("there is no record in the array", "send at least one");
        }
        return Given.of(HostTensor.join(rows));
    }

    /** A message that tells of a client's own texts: without what a terminal would act on, and no longer than is read. */
    private static String shown(String message) {
        String plain = message.replaceAll("\\p{C}", "?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST - 1) + "…";
    }

    private static HostTensor row(JsonNode record, Model model, List<Column> columns, int number) {
        Map<String, String> values = new LinkedHashMap<>();
        record.properties().forEach(field -> {
            if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                values.put(field.getKey(), field.getValue().asText());
            }
        });
        try {
            float[] elements = TableRow.elements(model.name(), columns, values);
            return HostTensor.of(elements, 1, elements.length);
        } catch (QuireException e) {
            throw Problem.bad(
                    "record " + number + ": " + shown(String.valueOf(e.getMessage())),
                    "send a number for each column, and of categories one of those that were learned from");
        }
    }
}
