package dev.quire.model.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.model.Layer;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Networks as JSON, both ways: {@code {"version" : 1, "type" : "sequential", "layers" : […]}}. The {@code type} of a
 * layer is the word that makes it, its fields are the components of its record, and what is as usual is left out.
 * Reading what was written gives an equal network. A layer of one's own is written by its name alone.
 */
public final class ModelJson {
    static final int VERSION = 1;
    /** Deeper than layers may be nested, however they are written. */
    private static final int DEEPEST = 1000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
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
        tree.setAll(new LayerWriter().layer(network, Place.root()));
        return print(tree);
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
        Findings findings = new Findings();
        Layer network = null;
        ObjectNode tree = tree(text, findings);
        if (tree != null && isReadable(tree, findings)) {
            network = new LayerReader(custom, findings).layer(tree, Place.root());
        }
        findings.refuse();
        return Objects.requireNonNull(network, "a network without a problem");
    }

    /** Whether the version is one that is read; takes it out of the tree. */
    static boolean isReadable(ObjectNode network, Findings findings) {
        JsonNode version = network.remove("version");
        if (version == null || !version.isInt() || version.intValue() != VERSION) {
            findings.add(
                    Problem.Kind.FORM,
                    "",
                    "the network's version is " + (version == null ? "missing" : LayerReader.kind(version)),
                    "this Quire reads version " + VERSION);
            return false;
        }
        return true;
    }

    /** The object of a text; null where it is none. */
    static @Nullable ObjectNode tree(String text, Findings findings) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(text);
        } catch (StreamConstraintsException e) {
            boolean deep = e.getOriginalMessage().contains("nesting depth");
            findings.add(
                    Problem.Kind.TOO_LARGE,
                    "",
                    deep ? "the JSON is nested more than " + DEEPEST + " deep" : e.getOriginalMessage(),
                    "put layers side by side");
            return null;
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " in line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            findings.add(Problem.Kind.FORM, "", "this is no JSON" + place + ": " + e.getOriginalMessage(), "");
            return null;
        }
        if (!(tree instanceof ObjectNode network)) {
            findings.add(
                    Problem.Kind.FORM,
                    "",
                    "expected a network such as {\"version\" : 1, \"type\" : \"sequential\", …}, got "
                            + LayerReader.kind(tree),
                    "");
            return null;
        }
        return network;
    }

    /** A tree as text, each field of an object on a line of its own. */
    static String print(JsonNode tree) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try {
            return MAPPER.writer(new DefaultPrettyPrinter().withObjectIndenter(lines))
                            .writeValueAsString(tree)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }
}
