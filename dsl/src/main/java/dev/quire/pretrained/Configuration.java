package dev.quire.pretrained;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.QuireException;
import dev.quire.model.Activation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A {@code config.json}, or another file of settings beside it. What it leaves out is as usual for its kind.
 *
 * @param file its name for messages
 * @param json what it says
 */
record Configuration(String file, JsonNode json) {
    private static final Map<String, Activation.Function> ACTIVATIONS = activations();

    private static Map<String, Activation.Function> activations() {
        Map<String, Activation.Function> out = new LinkedHashMap<>();
        out.put("gelu", Activation.Function.GELU);
        out.put("gelu_new", Activation.Function.GELU_TANH);
        out.put("gelu_pytorch_tanh", Activation.Function.GELU_TANH);
        out.put("relu", Activation.Function.RELU);
        out.put("silu", Activation.Function.SILU);
        out.put("swish", Activation.Function.SILU);
        out.put("tanh", Activation.Function.TANH);
        return out;
    }

    private boolean has(String key) {
        return json.hasNonNull(key);
    }

    /** A whole number of at least 1. */
    int number(String key, int usual) {
        if (!has(key)) {
            return usual;
        }
        return number(key, json.get(key));
    }

    /** A number of a token, from 0; empty where it says that there is none. */
    OptionalInt token(String key, int usual) {
        JsonNode node = json.get(key);
        if (node == null) {
            return OptionalInt.of(usual);
        }
        if (node.isNull()) {
            return OptionalInt.empty();
        }
        if (!node.isInt() || node.intValue() < 0) {
            throw refused(key, node.toString(), "a whole number of at least 0");
        }
        return OptionalInt.of(node.intValue());
    }

    private int number(String key, JsonNode node) {
        if (!node.isInt() || node.intValue() < 1) {
            throw refused(key, node.toString(), "a whole number of at least 1");
        }
        return node.intValue();
    }

    /** Whole numbers of at least 1. */
    List<Integer> numbers(String key, List<Integer> usual) {
        if (!has(key)) {
            return usual;
        }
        JsonNode list = json.get(key);
        if (!list.isArray() || list.isEmpty()) {
            throw refused(key, list.toString(), "a list of whole numbers");
        }
        List<Integer> out = new ArrayList<>();
        list.forEach(each -> out.add(number(key, each)));
        return List.copyOf(out);
    }

    double real(String key, double usual) {
        if (!has(key)) {
            return usual;
        }
        if (!json.get(key).isNumber()) {
            throw refused(key, json.get(key).toString(), "a number");
        }
        return json.get(key).doubleValue();
    }

    boolean flag(String key, boolean usual) {
        if (!has(key)) {
            return usual;
        }
        if (!json.get(key).isBoolean()) {
            throw refused(key, json.get(key).toString(), "true or false");
        }
        return json.get(key).booleanValue();
    }

    String word(String key, String usual) {
        if (!has(key)) {
            return usual;
        }
        if (!json.get(key).isTextual()) {
            throw refused(key, json.get(key).toString(), "a text");
        }
        return json.get(key).textValue();
    }

    Activation activation(String key, String usual) {
        String word = word(key, usual);
        Activation.Function function = ACTIVATIONS.get(word);
        if (function == null) {
            throw refused(key, word, "one of " + String.join(", ", ACTIVATIONS.keySet()));
        }
        return new Activation(function);
    }

    /** Refuses a variant that the network has no room for. */
    void refuseUnless(String key, boolean only) {
        if (flag(key, only) != only) {
            throw refused(key, Boolean.toString(!only), Boolean.toString(only));
        }
    }

    /** Refuses a variant that the network has no room for. */
    void refuseUnless(String key, String only) {
        if (!word(key, only).equals(only)) {
            throw refused(key, word(key, only), only);
        }
    }

    /** The names of the classes in their order; empty where there are none. */
    List<String> labels() {
        if (!has("id2label")) {
            return List.of();
        }
        JsonNode map = json.get("id2label");
        List<String> out = new ArrayList<>();
        for (int i = 0; i < map.size(); i++) {
            JsonNode label = map.get(Integer.toString(i));
            if (label == null || !label.isTextual()) {
                throw new QuireException(file + ": id2label has " + map.size() + " entries and no text for \"" + i
                        + "\": expected one for each number from 0");
            }
            out.add(Objects.requireNonNull(label.textValue()));
        }
        return List.copyOf(out);
    }

    QuireException refused(String key, String got, String expected) {
        return new QuireException(file + ": " + key + " is " + got + ", expected " + expected);
    }
}
