package dev.quire.train.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.quire.QuireException;
import dev.quire.train.Loss;
import dev.quire.train.TrainingSpec;
import java.util.Optional;
import java.util.function.Function;

/**
 * Training specifications as JSON and as YAML, both ways: {@code {"version" : 1, "epochs" : 3, "optimizer" : {"type" :
 * "adamW", "learningRate" : 0.001}}}. What a text leaves out is as in {@link TrainingSpec#DEFAULT}; what is written is
 * complete. A loss of the user's own is written by its name.
 */
public final class SpecJson {
    private static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private SpecJson() {}

    /** A specification as JSON, the same text for equal specifications. */
    public static String write(TrainingSpec spec) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try {
            return JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(lines))
                            .writeValueAsString(tree(spec))
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }

    /** A specification as YAML. */
    public static String writeYaml(TrainingSpec spec) {
        try {
            return YAML.writeValueAsString(tree(spec));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree that cannot be written", e);
        }
    }

    private static ObjectNode tree(TrainingSpec spec) {
        ObjectNode tree = JSON.createObjectNode().put("version", VERSION);
        tree.setAll((ObjectNode) new RecordWriter().value(spec));
        return tree;
    }

    /**
     * The specification of a JSON text without a loss of the user's own.
     *
     * @throws QuireException when the text is no JSON, or has a key or a value that does not fit; says where
     */
    public static TrainingSpec read(String text) {
        return read(text, name -> Optional.empty());
    }

    /**
     * The specification of a JSON text.
     *
     * @param custom gives a loss of the user's own by its name
     * @throws QuireException as {@link #read(String)}
     */
    public static TrainingSpec read(String text, Function<String, Optional<Loss>> custom) {
        return spec(parse(JSON, "JSON", text), custom);
    }

    /** The specification of a YAML text; otherwise as {@link #read(String)}. */
    public static TrainingSpec readYaml(String text) {
        return spec(parse(YAML, "YAML", text), name -> Optional.empty());
    }

    private static JsonNode parse(ObjectMapper mapper, String format, String text) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " in line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new QuireException("this is no " + format + place + ": " + e.getOriginalMessage(), e);
        }
    }

    private static TrainingSpec spec(JsonNode tree, Function<String, Optional<Loss>> custom) {
        if (!(tree instanceof ObjectNode object)) {
            throw new QuireException(
                    "expected a specification such as {\"epochs\" : 3}, got " + RecordReader.kind(tree));
        }
        JsonNode version = object.remove("version");
        if (version != null && !(version.isInt() && version.intValue() == VERSION)) {
            throw new QuireException(
                    "the specification's version is " + version + ", this Quire reads version " + VERSION);
        }
        return (TrainingSpec) new RecordReader(custom).record(object, TrainingSpec.DEFAULT, "");
    }
}
