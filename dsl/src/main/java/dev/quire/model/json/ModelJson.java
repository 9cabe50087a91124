package dev.quire.model.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.model.Layer;
import java.util.Optional;
import java.util.function.Function;

/**
 * Networks as JSON, both ways: {@code {"version" : 1, "type" : "sequential", "layers" : […]}}. The {@code type} of a
 * layer is the word that makes it, its fields are the components of its record, and what is as usual is left out.
 * Reading what was written gives an equal network. A layer of one's own is written by its name alone.
 */
public final class ModelJson {
    private static final int VERSION = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ModelJson() {}

    /**
     * A network as text, the same for equal networks.
     *
     * @throws QuireException when a layer is a class of the user's own, or nested too deep
     */
    public static String write(Layer network) {
        ObjectNode tree = MAPPER.createObjectNode().put("version", VERSION);
        tree.setAll(new LayerWriter().layer(network, new Place("the network", 0)));
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try {
            return MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(lines))
                            .writeValueAsString(tree)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }

    /**
     * The network of a text, which has no layer of the user's own.
     *
     * @throws QuireException when the text is no JSON, or describes no network; says where
     */
    public static Layer read(String text) {
        return read(text, name -> Optional.empty());
    }

    /**
     * The network of a text.
     *
     * @param custom gives a layer of the user's own by its name
     * @throws QuireException when the text is no JSON, or describes no network; says where
     */
    public static Layer read(String text, Function<String, Optional<Layer>> custom) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " in line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new QuireException("this is no JSON" + place + ": " + e.getOriginalMessage(), e);
        }
        if (!(tree instanceof ObjectNode network)) {
            throw new QuireException("expected a network such as {\"version\" : 1, \"type\" : \"sequential\", …}, got "
                    + LayerReader.kind(tree));
        }
        JsonNode version = network.remove("version");
        if (version == null || !version.isInt() || version.intValue() != VERSION) {
            throw new QuireException("the network's version is " + (version == null ? "missing" : version)
                    + ", this Quire reads version " + VERSION);
        }
        return new LayerReader(custom).layer(network, new Place("the network", 0));
    }
}
