package dev.quire.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.QuireException;
import dev.quire.data.table.Nearest;
import dev.quire.model.Layer;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Layers from JSON. Goes on after a fault, so that all of them are found; a faulty layer is null. */
final class LayerReader {
    /** The type of a layer of the user's own. */
    static final String CUSTOM = "layer";

    private final Function<String, Optional<Layer>> custom;
    private final Findings findings;

    LayerReader(Function<String, Optional<Layer>> custom, Findings findings) {
        this.custom = custom;
        this.findings = findings;
    }

    @Nullable
    Layer layer(@Nullable JsonNode node, Place place) {
        return layer(node, place, Map.of());
    }

    /**
     * Reads a layer.
     *
     * @param written how the user spelled a field, where it is not its name
     */
    @Nullable
    Layer layer(@Nullable JsonNode node, Place place, Map<String, String> written) {
        if (place.isTooDeep()) {
            findings.add(Problem.Kind.TOO_LARGE, place, Place.tooDeep(), "put them side by side");
            return null;
        }
        if (node == null || !node.isObject()) {
            findings.add(
                    Problem.Kind.FORM, place, "expected a layer, got " + kind(node), "write {\"type\" : \"relu\"}");
            return null;
        }
        JsonNode word = node.path("type");
        if (!word.isTextual()) {
            findings.add(Problem.Kind.FORM, place, "the type is " + kind(word), "it must be a text such as \"dense\"");
            return null;
        }
        if (word.textValue().equals(CUSTOM)) {
            return custom(node, place);
        }
        Optional<LayerType> type = LayerType.of(word.textValue());
        if (type.isEmpty()) {
            unknown(word.textValue(), place);
            return null;
        }
        return read(node, type.get(), place, written);
    }

    void unknown(String word, Place place) {
        findings.add(
                Problem.Kind.UNKNOWN_TYPE,
                place,
                "there is no layer of type '" + kind(word) + "'",
                Nearest.of(word, LayerType.words(), "did you mean", "some there are:"));
    }

    private @Nullable Layer read(JsonNode node, LayerType type, Place place, Map<String, String> written) {
        boolean sound = refuseOthers(node, type.fields(), type.word(), place);
        FieldReader reader = new FieldReader(this, findings, type.word(), place);
        Map<String, Object> values = new HashMap<>();
        for (Map.Entry<String, Type> field : Fields.types(type.record()).entrySet()) {
            String name = field.getKey();
            JsonNode given = node.get(name);
            Object value = type.fixed().get(name);
            if (value == null && given != null) {
                value = reader.value(given, field.getValue(), written.getOrDefault(name, name), name);
            } else if (value == null) {
                value = type.defaults().get(name);
                if (value == null && !isMeant(name, node, type)) {
                    findings.add(
                            Problem.Kind.MISSING_PARAMETER,
                            place,
                            type.word() + ": '" + name + "' is missing",
                            "add \"" + name + "\"");
                }
            }
            if (value == null) {
                sound = false;
            } else {
                values.put(name, value);
            }
        }
        if (!sound) {
            return null;
        }
        type.defaults().forEach((name, usual) -> {
            if (values.get(name) instanceof LayerType.Like like) {
                values.put(name, values.get(like.field()));
            }
        });
        try {
            return (Layer) Fields.make(type.record(), (name, javaType) -> values.get(name));
        } catch (QuireException e) {
            findings.refused(Problem.Kind.BAD_PARAMETER, place, e, "change its parameters");
            return null;
        }
    }

    /** Whether a field is there under a name that is refused already. */
    private static boolean isMeant(String field, JsonNode node, LayerType type) {
        for (String name : (Iterable<String>) node::fieldNames) {
            if (!type.fields().contains(name)
                    && !name.equals("type")
                    && Nearest.of(name, type.fields(), "near", "none").startsWith("near '" + field + "'")) {
                return true;
            }
        }
        return false;
    }

    /** Whether a layer has no other fields. */
    private boolean refuseOthers(JsonNode node, List<String> fields, String word, Place place) {
        boolean sound = true;
        for (String name : (Iterable<String>) node::fieldNames) {
            if (!name.equals("type") && !fields.contains(name)) {
                sound = false;
                findings.add(
                        Problem.Kind.UNKNOWN_PARAMETER,
                        place,
                        word + " has no parameter '" + kind(name) + "'",
                        fields.isEmpty()
                                ? "it has none: leave it out"
                                : Nearest.of(name, fields, "did you mean", "there are:"));
            }
        }
        return sound;
    }

    private @Nullable Layer custom(JsonNode node, Place place) {
        boolean sound = refuseOthers(node, List.of("name"), CUSTOM, place);
        JsonNode name = node.path("name");
        if (!name.isTextual()) {
            findings.add(Problem.Kind.MISSING_PARAMETER, place, "the name is " + kind(name), "it must be a text");
            return null;
        }
        Optional<Layer> found = custom.apply(name.textValue());
        if (found.isEmpty()) {
            findings.add(
                    Problem.Kind.UNKNOWN_TYPE,
                    place,
                    "\"" + kind(name.textValue()) + "\" is a layer of one's own, and a file holds only its name",
                    "say which it is when reading, as in ModelJson.read(text, name -> Optional.of(layer(name, x -> …)))");
        }
        return sound ? found.orElse(null) : null;
    }

    /** A value for messages: as it stands if it is short. */
    static String kind(@Nullable JsonNode node) {
        return node == null || node.isMissingNode()
                ? "nothing"
                : node.isNumber()
                        ? node.asText()
                        : node.isContainerNode() && node.size() > 40
                                ? (node.isArray() ? "a list of " : "an object of ") + node.size()
                                : kind(node.toString());
    }

    static String kind(String text) {
        return text.length() <= 40 ? text : text.substring(0, 39) + "…";
    }
}
