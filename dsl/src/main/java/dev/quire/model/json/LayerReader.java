package dev.quire.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.QuireException;
import dev.quire.data.table.Nearest;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import dev.quire.model.Functional;
import dev.quire.model.Layer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Layers from JSON. */
final class LayerReader {
    /** The type of a layer of the user's own. */
    static final String CUSTOM = "layer";

    private final Function<String, Optional<Layer>> custom;

    LayerReader(Function<String, Optional<Layer>> custom) {
        this.custom = custom;
    }

    Layer layer(JsonNode node, Place place) {
        place.check();
        is(node, JsonNode::isObject, "a layer such as {\"type\" : \"relu\"}", place);
        String word = text(node.path("type"), place.field("type"));
        if (word.equals(CUSTOM)) {
            return custom(node, place);
        }
        LayerType type = LayerType.ALL.stream()
                .filter(row -> row.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new QuireException(place.path() + ": there is no layer of type '" + word + "'"
                        + Nearest.of(
                                word,
                                LayerType.ALL.stream().map(LayerType::word).toList(),
                                ": did you mean",
                                "; some there are:")));
        List<String> fields = Fields.types(type.record()).keySet().stream()
                .filter(name -> !type.fixed().containsKey(name))
                .toList();
        refuseOthers(node, fields, word, place);
        Map<String, Object> values = new HashMap<>(type.fixed());
        Fields.types(type.record()).forEach((name, javaType) -> {
            if (!type.fixed().containsKey(name)) {
                values.put(name, field(node, type, name, javaType, place));
            }
        });
        type.defaults().forEach((name, usual) -> {
            if (values.get(name) instanceof LayerType.Like like) {
                values.put(name, values.get(like.field()));
            }
        });
        try {
            return (Layer) Fields.make(type.record(), (name, javaType) -> values.get(name));
        } catch (QuireException e) {
            throw new QuireException(place.path() + ": " + e.getMessage(), e);
        }
    }

    private Object field(JsonNode node, LayerType type, String name, Type javaType, Place place) {
        JsonNode given = node.get(name);
        if (given != null) {
            return value(given, javaType, place.field(name));
        }
        Object usual = type.defaults().get(name);
        if (usual == null) {
            throw new QuireException(place.path() + ", " + type.word() + ": the field '" + name + "' is missing");
        }
        return usual;
    }

    private static void refuseOthers(JsonNode node, List<String> fields, String word, Place place) {
        node.fieldNames().forEachRemaining(name -> {
            if (!name.equals("type") && !fields.contains(name)) {
                throw new QuireException(place.path() + ", " + word + ": there is no field '" + name + "'"
                        + (fields.isEmpty()
                                ? "; it has none"
                                : Nearest.of(name, fields, ": did you mean", "; there are:")));
            }
        });
    }

    private Layer custom(JsonNode node, Place place) {
        String name = text(node.path("name"), place.field("name"));
        refuseOthers(node, List.of("name"), CUSTOM, place);
        return custom.apply(name)
                .orElseThrow(() -> new QuireException(place.path() + ": \"" + name
                        + "\" is a layer of one's own, and a file holds only its name: say which it is when reading,"
                        + " as in ModelJson.read(text, name -> Optional.of(layer(name, x -> …)))"));
    }

    private Object value(JsonNode node, Type type, Place place) {
        if (type == int.class) {
            is(node, JsonNode::isInt, "a whole number", place);
            return node.intValue();
        }
        if (type == double.class) {
            is(node, JsonNode::isNumber, "a number", place);
            return node.doubleValue();
        }
        if (type == boolean.class) {
            is(node, JsonNode::isBoolean, "true or false", place);
            return node.booleanValue();
        }
        if (type instanceof ParameterizedType list) {
            Type element = list.getActualTypeArguments()[0];
            is(node, JsonNode::isArray, "a list", place);
            List<Object> out = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                out.add(value(node.get(i), element == Integer.class ? int.class : element, place.at(i)));
            }
            return List.copyOf(out);
        }
        if (type == TensorType.class) {
            return tensorType(node, place);
        }
        if (type == Functional.Step.class) {
            refuseUnless(node, Set.of("layer", "from"), place);
            JsonNode from = node.get("from");
            is(from, JsonNode::isArray, "a list", place);
            List<Functional.Source> sources = new ArrayList<>();
            from.forEach(source -> sources.add(source(source, place)));
            return new Functional.Step(layer(node.get("layer"), place.field("layer")), sources);
        }
        if (type == Functional.Source.class) {
            return source(node, place);
        }
        if (Fields.isLayer(type)) {
            Layer layer = layer(node, place);
            if (!((Class<?>) type).isInstance(layer)) {
                throw new QuireException(place.path() + ": expected an activation such as relu, got " + layer);
            }
            return layer;
        }
        String text = text(node, place);
        return type instanceof Class<?> word && word.isEnum() ? constant(word, text, place) : text;
    }

    private static Object constant(Class<?> word, String text, Place place) {
        List<String> names = Arrays.stream(word.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .toList();
        if (!names.contains(text)) {
            throw new QuireException(place.path() + ": expected one of " + names + ", got '" + text + "'");
        }
        return word.getEnumConstants()[names.indexOf(text)];
    }

    private static TensorType tensorType(JsonNode node, Place place) {
        refuseUnless(node, Set.of("dtype", "shape"), place);
        is(node.get("shape"), JsonNode::isArray, "a list", place.field("shape"));
        long[] sizes = new long[node.get("shape").size()];
        for (int i = 0; i < sizes.length; i++) {
            JsonNode size = node.get("shape").get(i);
            is(size, one -> one.isInt() && one.intValue() > 0, "a size of at least 1", place.field("shape"));
            sizes[i] = size.intValue();
        }
        String dtype = text(node.get("dtype"), place.field("dtype"));
        return new TensorType((DType) constant(DType.class, dtype, place.field("dtype")), Shape.of(sizes));
    }

    private static Functional.Source source(JsonNode node, Place place) {
        boolean pair = node.isArray()
                && node.size() == 2
                && node.get(0).isInt()
                && node.get(1).isInt();
        is(node, one -> one.isInt() || pair, "the number of a value, or [number, output]", place);
        return pair
                ? new Functional.Source(node.get(0).intValue(), node.get(1).intValue())
                : new Functional.Source(node.intValue(), 0);
    }

    private static void refuseUnless(JsonNode node, Set<String> fields, Place place) {
        Set<String> given = new java.util.TreeSet<>();
        node.fieldNames().forEachRemaining(given::add);
        if (!given.equals(fields)) {
            throw new QuireException(
                    place.path() + ": expected the fields " + new java.util.TreeSet<>(fields) + ", got " + given);
        }
    }

    private static String text(JsonNode node, Place place) {
        is(node, JsonNode::isTextual, "a text", place);
        return node.textValue();
    }

    private static void is(JsonNode node, Predicate<JsonNode> test, String expected, Place place) {
        if (!test.test(node)) {
            throw new QuireException(place.path() + ": expected " + expected + ", got " + kind(node));
        }
    }

    /** A value for messages: as it stands if it is short. */
    static String kind(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() <= 40 ? text : text.substring(0, 39) + "…";
    }
}
