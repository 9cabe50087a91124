package dev.quire.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How clients spell what Quire calls otherwise. */
final class Words {
    private static final List<List<String>> OPTIMIZERS = List.of(
            List.of("Adam", "adam"), List.of("SGD", "sgd"), List.of("RMSprop", "rmsProp"), List.of("AdamW", "adamW"));

    private static final Set<String> CIRCUMSTANCES = Set.of("epoch", "learning_rate", "seconds", "examples_per_second");
    private static final String VALIDATION = "val_";

    private Words() {}

    /** Quire's word for an optimizer. */
    static String optimizer(String name) {
        return OPTIMIZERS.stream()
                .filter(each -> each.get(0).equalsIgnoreCase(name))
                .findFirst()
                .map(each -> each.get(1))
                .orElseThrow(() -> Problem.bad(
                        "there is no optimizer '" + SafeText.shown(name) + "'", "use Adam, AdamW, SGD or RMSprop"));
    }

    /** What others call an optimizer. */
    static String spelled(String word) {
        return OPTIMIZERS.stream()
                .filter(each -> each.get(1).equals(word))
                .findFirst()
                .map(each -> each.get(0))
                .orElse(word);
    }

    /** A fraction as {@code 98.12%}. */
    static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * fraction);
    }

    /** A class: a number where its name is one. */
    static JsonNode label(String name) {
        return name.matches("\\d{1,9}") ? IntNode.valueOf(Integer.parseInt(name)) : TextNode.valueOf(name);
    }

    /** An epoch in a line. */
    static String epoch(JsonNode message) {
        return "epoch " + message.path("epoch").asInt() + ": "
                + message.path("metrics").properties().stream()
                        .filter(each ->
                                each.getKey().contains("loss") || each.getKey().contains("accuracy"))
                        .map(each -> String.format(
                                Locale.ROOT,
                                "%s %.4f",
                                each.getKey(),
                                each.getValue().asDouble()))
                        .collect(Collectors.joining(", "));
    }

    /** A specification as JSON; what is not said is as usual. */
    static ObjectNode specification(
            @Nullable Integer epochs,
            @Nullable Integer batch,
            @Nullable String optimizer,
            @Nullable Double rate,
            @Nullable Long seed) {
        ObjectNode out = Json.MAPPER.createObjectNode().put("version", 1);
        Optional.ofNullable(epochs).ifPresent(value -> out.put("epochs", value));
        Optional.ofNullable(batch).ifPresent(value -> out.put("batch", value));
        Optional.ofNullable(seed).ifPresent(value -> out.put("seed", value));
        if (optimizer != null || rate != null) {
            ObjectNode how = out.putObject("optimizer").put("type", optimizer == null ? "adam" : optimizer(optimizer));
            Optional.ofNullable(rate).ifPresent(value -> how.put("learningRate", value));
        }
        return out;
    }

    /** Metrics as {@code train_*} and {@code test_*}. */
    static ObjectNode metrics(JsonNode metrics) {
        ObjectNode out = Json.MAPPER.createObjectNode();
        metrics.properties().forEach(each -> out.set(ofSplit(each.getKey(), "test_"), each.getValue()));
        return out;
    }

    /**
     * A column of a history with the split that it was measured on: {@code train_loss} for {@code loss}.
     *
     * @param validation what that of the validation begins with, such as {@code test_}
     */
    static String ofSplit(String column, String validation) {
        if (CIRCUMSTANCES.contains(column)) {
            return column;
        }
        return column.startsWith(VALIDATION) ? validation + column.substring(VALIDATION.length()) : "train_" + column;
    }

    /** A text of a body, which is taken out. */
    static String taken(ObjectNode body, String field) {
        JsonNode value = body.remove(field);
        if (value == null || !value.isTextual()) {
            throw Problem.bad("there is no " + field, "send it as text");
        }
        return value.asText();
    }

    /** The parts of a path as a client spells it, without a slash at its end. */
    static String[] path(String given) {
        return given.replace('\\', '/').replaceAll("/+$", "").split("/", -1);
    }

    /** A question as Quire reads it: a list of inputs is one of rows. */
    static byte[] rows(ObjectNode body) {
        if (body.path("inputs").isArray()) {
            body.set("rows", body.remove("inputs"));
        }
        return Json.bytes(body);
    }
}
