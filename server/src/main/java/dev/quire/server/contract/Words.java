package dev.quire.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How clients spell what Quire calls otherwise. */
final class Words {
    private static final List<List<String>> OPTIMIZERS = List.of(
            List.of("Adam", "adam"), List.of("SGD", "sgd"), List.of("RMSprop", "rmsProp"), List.of("AdamW", "adamW"));

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
}
