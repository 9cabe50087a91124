package dev.quire.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.quire.data.table.Nearest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** JSON as the server reads and writes it: strict, finite, not too deep; records with names in snake case. */
public final class Json {
    private static final int DEEPEST = 200;

    /** Reads and writes. */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
            .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
            .build();

    private Json() {}

    /** A tree or a record as text. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value that cannot be written", e);
        }
    }

    /** A tree or a record as text in UTF-8. */
    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value that cannot be written", e);
        }
    }

    /** A value as a tree. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** As {@link #parse(byte[])}, of text. */
    public static JsonNode parse(String text) {
        return parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #parse(byte[])}, of a text that is known to be an object, as the server keeps them. */
    public static ObjectNode object(String text) {
        return (ObjectNode) parse(text);
    }

    /**
     * The tree of a text from a client.
     *
     * @throws Problem 400 when it is no JSON, nested too deep, or holds a number that is not finite
     */
    public static JsonNode parse(byte[] text) {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(text);
        } catch (StreamConstraintsException e) {
            throw Problem.bad(
                    "the body is JSON beyond what is read: " + e.getOriginalMessage(),
                    "nest no deeper than " + DEEPEST + " levels");
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " in line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw Problem.bad("the body is no JSON" + place + ": " + e.getOriginalMessage(), "send valid JSON");
        } catch (java.io.IOException e) {
            throw Problem.bad("the body is no JSON: " + e.getMessage(), "send valid JSON");
        }
        if (tree.isMissingNode()) {
            throw Problem.bad("the body is empty", "send a JSON object");
        }
        requireFinite(tree, "");
        return tree;
    }

    private static void requireFinite(JsonNode node, String path) {
        if (node.isNumber()) {
            if (!Double.isFinite(node.doubleValue())) {
                throw Problem.bad(
                        (path.isEmpty() ? "the body" : path) + " is beyond the numbers a double can hold",
                        "send finite numbers");
            }
        } else if (node.isObject()) {
            node.properties()
                    .forEach(each -> requireFinite(
                            each.getValue(), path.isEmpty() ? each.getKey() : path + "." + each.getKey()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                requireFinite(node.get(i), path + "[" + i + "]");
            }
        }
    }

    /**
     * A tree as a record.
     *
     * @throws Problem 400 when a field is unknown, missing or of another kind; says which
     */
    public static <T> T as(JsonNode tree, Class<T> type) {
        try {
            T value = Objects.requireNonNull(MAPPER.treeToValue(tree, type));
            Required.check(value);
            return value;
        } catch (UnrecognizedPropertyException e) {
            List<String> known = e.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .toList();
            throw Problem.bad(
                    "there is no field '" + e.getPropertyName() + "'"
                            + Nearest.of(e.getPropertyName(), known, ", did you mean", "; there are"),
                    "leave it out or correct its name");
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof Problem own) {
                throw own;
            }
            throw Problem.bad("the body does not fit: " + firstLine(e), "see /openapi.json for what is expected");
        } catch (NullPointerException e) {
            throw Problem.bad("the body is null", "send a JSON object");
        }
    }

    private static String firstLine(JsonProcessingException e) {
        StringBuilder where = new StringBuilder();
        if (e instanceof com.fasterxml.jackson.databind.JsonMappingException mapping) {
            mapping.getPath()
                    .forEach(step -> where.append(
                            step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName()));
        }
        String message = e.getOriginalMessage().lines().findFirst().orElse("");
        String plain = message.replaceAll("`[^`]*\\.([A-Za-z0-9$]+)(?:<[^`]*>)?`", "$1");
        return where.isEmpty() ? plain : where.substring(where.charAt(0) == '.' ? 1 : 0) + ": " + plain;
    }
}
