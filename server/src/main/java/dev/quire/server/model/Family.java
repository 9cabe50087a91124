package dev.quire.server.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import java.util.List;
import java.util.Locale;

/** Kinds of network that are described by a few numbers, as forms ask for them. */
public enum Family {
    /** Dense layers, each with ReLU. */
    MLP,
    /** Convolutions of 3x3, each with ReLU and a halving, then a dense layer of 64. */
    CNN;

    private static final int HEAD = 64;
    private static final int MOST_LAYERS = 64;

    /**
     * One by its name.
     *
     * @param word {@code mlp} or {@code SimpleNN}, {@code cnn} or {@code ConvNN}
     * @throws Problem 400 when there is none
     */
    public static Family of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "mlp", "simplenn" -> MLP;
            case "cnn", "convnn" -> CNN;
            default ->
                throw Problem.bad(
                        "there is no type of model '" + SafeText.shown(word) + "'",
                        "use SimpleNN (mlp) or ConvNN (cnn)");
        };
    }

    /**
     * A network as JSON.
     *
     * @param hidden units of the hidden dense layers, or filters of the convolutions
     * @param dropout the rate after each hidden dense layer; 0 for none
     * @param classes how many values it ends with
     * @throws Problem 400 when there are too many layers
     */
    public ObjectNode network(List<Integer> hidden, double dropout, int classes) {
        if (hidden.size() > MOST_LAYERS) {
            throw Problem.bad(
                    "there are " + hidden.size() + " hidden layers", "use at most " + MOST_LAYERS + " hidden layers");
        }
        ObjectNode out = Json.MAPPER.createObjectNode().put("version", 1).put("type", "sequential");
        ArrayNode layers = out.putArray("layers");
        if (this == CNN) {
            for (int filters : hidden) {
                layer(layers, "conv")
                        .put("filters", filters)
                        .putArray("kernel")
                        .add(3)
                        .add(3);
                layer(layers, "relu");
                layer(layers, "maxPool").putArray("kernel").add(2).add(2);
            }
        }
        layer(layers, "flatten");
        for (int units : this == CNN ? List.of(HEAD) : hidden) {
            layer(layers, "dense").put("units", units);
            layer(layers, "relu");
            if (dropout > 0) {
                layer(layers, "dropout").put("rate", dropout);
            }
        }
        layer(layers, "dense").put("units", classes);
        return out;
    }

    private static ObjectNode layer(ArrayNode layers, String type) {
        return layers.addObject().put("type", type);
    }
}
