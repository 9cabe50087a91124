package dev.quire.model.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.graph.DType;
import dev.quire.graph.TensorType;
import dev.quire.model.Activation;
import dev.quire.model.Functional;
import dev.quire.model.Join;
import dev.quire.model.Layer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The JSON Schema of networks, from the table of layers. */
final class SchemaWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** What a number, or each of a list, must be, by the field; with the layer in front where others differ. */
    static final Map<String, Map<String, Number>> RANGES = Map.ofEntries(
            from("units", 1),
            from("filters", 1),
            from("kernel", 1),
            from("stride", 1),
            from("dilation", 1),
            from("padding", 0),
            from("outputPadding", 0),
            from("groups", 1),
            from("multiplier", 1),
            from("size", 1),
            from("scale", 1),
            from("count", 1),
            from("length", 1),
            from("heads", 1),
            from("hidden", 0),
            from("layers", 1),
            from("axes", 1),
            from("index", 0),
            from("token", 0),
            from("select.axis", 1),
            Map.entry("deviation", Map.of("exclusiveMinimum", 0)),
            from("sizes", -1),
            Map.entry("rate", Map.of("minimum", 0, "exclusiveMaximum", 1)),
            Map.entry("dropout", Map.of("minimum", 0, "exclusiveMaximum", 1)),
            Map.entry("momentum", Map.of("minimum", 0, "maximum", 1)),
            Map.entry("eps", Map.of("exclusiveMinimum", 0)),
            Map.entry("beta", Map.of("exclusiveMinimum", 0)));

    /** Any number will do. */
    static final Set<String> FREE = Set.of("axis", "slope", "alpha", "threshold", "start");

    private SchemaWriter() {}

    static Map<String, Number> range(String word, String field) {
        return RANGES.getOrDefault(word + "." + field, RANGES.getOrDefault(field, Map.of()));
    }

    private static Map.Entry<String, Map<String, Number>> from(String field, int least) {
        return Map.entry(field, Map.of("minimum", least));
    }

    static String write() {
        ObjectNode schema = NODES.objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("$id", "urn:quire:network:1")
                .put("title", "Network")
                .put(
                        "description",
                        "A network as Quire writes it: a graph of nodes and edges, or layers in layers. Quire reads other"
                                + " spellings of types and parameters too.");
        schema.putArray("oneOf").add(ref("graph")).add(ref("network"));
        ObjectNode definitions = schema.putObject("$defs");
        definitions.set("graph", graph());
        definitions.set("node", node());
        definitions.set("edge", edge());
        ArrayNode layers = layers();
        ObjectNode network = NODES.objectNode();
        network.put("description", "Layers in layers.").put("type", "object");
        ObjectNode fields = network.putObject("properties");
        fields.set("version", NODES.objectNode().put("const", 1));
        fields.set("type", words(types()));
        network.putArray("required").add("version").add("type");
        network.set("allOf", layers.deepCopy());
        definitions.set("network", network.put("unevaluatedProperties", false));
        ObjectNode layer = NODES.objectNode().put("type", "object");
        layer.putObject("properties").set("type", words(types()));
        layer.putArray("required").add("type");
        layer.set("allOf", layers);
        definitions.set("layer", layer.put("unevaluatedProperties", false));
        definitions.set(
                "activation",
                object(
                                Map.of(
                                        "type",
                                        words(Stream.of(Activation.Function.values())
                                                .map(Activation.Function::word))),
                                List.of("type"))
                        .put("additionalProperties", false));
        definitions.set("tensor", tensor());
        definitions.set("source", source());
        for (LayerType type : LayerType.ALL) {
            definitions.set("layer." + type.word(), parameters(type));
        }
        definitions.set(
                "layer." + LayerReader.CUSTOM,
                object(Map.of("name", NODES.objectNode().put("type", "string")), List.of("name"))
                        .put("description", "A layer of one's own, by its name."));
        return ModelJson.print(schema);
    }

    private static Stream<String> types() {
        return Stream.concat(LayerType.words().stream(), Stream.of(LayerReader.CUSTOM));
    }

    private static ObjectNode graph() {
        ObjectNode properties = NODES.objectNode();
        properties.set("version", NODES.objectNode().put("const", 1));
        properties.set("name", NODES.objectNode().put("type", "string"));
        properties.set(
                "form",
                words(Stream.of("sequential", "model", "layer"))
                        .put(
                                "description",
                                "What is built; left out, a chain becomes sequential(…), all else model(…)."));
        properties.set("nodes", list(ref("node")).put("minItems", 2).put("maxItems", GraphReader.MOST));
        properties.set("edges", list(ref("edge")));
        ObjectNode out = NODES.objectNode();
        out.put("description", "Nodes and edges without a cycle, from inputs to outputs.")
                .put("type", "object");
        out.set("properties", properties);
        out.putArray("required").add("nodes").add("edges");
        return out;
    }

    private static ObjectNode node() {
        ObjectNode out = NODES.objectNode().put("type", "object");
        ObjectNode properties = out.putObject("properties");
        properties.set("id", id());
        properties.set("type", words(Stream.concat(Stream.of("input", "output"), types())));
        properties.putObject("params").put("type", "object");
        out.putArray("required").add("id").add("type");
        ArrayNode kinds = out.putArray("allOf");
        ObjectNode shape = list(NODES.objectNode().put("type", "integer").put("minimum", 1))
                .put("minItems", 1);
        shape.put("description", "Of one example, without the batch.");
        kinds.add(kind("input", object(Map.of("shape", shape, "dtype", dtypes()), List.of()), false));
        kinds.add(kind("output", object(Map.of(), List.of()), false));
        for (Join.Kind join : Join.Kind.values()) {
            ObjectNode either = NODES.objectNode();
            either.putArray("oneOf")
                    .add(object(
                            Map.of(
                                    "axis",
                                    number("join", "axis").put("default", 1),
                                    "branches",
                                    NODES.booleanNode(false)),
                            List.of()))
                    .add(ref("layer." + join.word()));
            kinds.add(kind(join.word(), either, false));
        }
        types().filter(word -> Spelling.join(word).isEmpty())
                .forEach(word -> kinds.add(kind(word, ref("layer." + word), isNeeded(word))));
        return out;
    }

    private static boolean isNeeded(String word) {
        return LayerType.of(word)
                .map(type -> type.fields().stream()
                        .anyMatch(field -> !type.defaults().containsKey(field)))
                .orElse(true);
    }

    private static ObjectNode kind(String word, ObjectNode parameters, boolean needed) {
        ObjectNode then = NODES.objectNode();
        then.putObject("properties").set("params", parameters.put("unevaluatedProperties", false));
        if (needed) {
            then.putArray("required").add("params");
        }
        return when(word, then);
    }

    /** What follows for one type alone; the others are not looked at. */
    private static ObjectNode when(String word, ObjectNode then) {
        ObjectNode out = NODES.objectNode();
        ObjectNode condition = out.putObject("if");
        condition.putObject("properties").putObject("type").put("const", word);
        condition.putArray("required").add("type");
        out.set("then", then);
        return out;
    }

    private static ObjectNode edge() {
        ObjectNode whole = NODES.objectNode().put("type", "integer").put("minimum", 0);
        ObjectNode out = NODES.objectNode().put("type", "object");
        ObjectNode properties = out.putObject("properties");
        properties.set("source", id());
        properties.set("target", id());
        properties.set(
                "sourceOutput",
                whole.deepCopy().put("default", 0).put("description", "Which output of a layer that has several."));
        properties.set(
                "targetInput",
                whole.deepCopy().put("description", "Which input; left out, edges come in the order of the list."));
        out.putArray("required").add("source").add("target");
        return out;
    }

    private static ObjectNode id() {
        ObjectNode out = NODES.objectNode();
        out.putArray("type").add("string").add("integer");
        return out.put("minLength", 1);
    }

    private static ArrayNode layers() {
        ArrayNode out = NODES.arrayNode();
        types().forEach(word -> out.add(when(word, ref("layer." + word))));
        return out;
    }

    private static ObjectNode parameters(LayerType type) {
        ObjectNode out = NODES.objectNode().put("type", "object");
        ObjectNode properties = out.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        Map<String, Type> types = Fields.types(type.record());
        for (String field : type.fields()) {
            ObjectNode value = value(type.word(), field, types.getOrDefault(field, Object.class));
            Object usual = type.defaults().get(field);
            if (usual == null) {
                required.add(field);
            } else if (usual instanceof Boolean flag) {
                value.put("default", flag);
            } else if (usual instanceof Integer number) {
                value.put("default", number);
            } else if (usual instanceof Double number) {
                value.put("default", number);
            } else if (usual instanceof LayerType.Like like) {
                value.put("description", "As " + like.field() + " where it is left out.");
            }
            properties.set(field, value);
        }
        if (!required.isEmpty()) {
            out.set("required", required);
        }
        return out;
    }

    private static ObjectNode value(String word, String field, Type type) {
        if (type == int.class || type == Integer.class || type == double.class) {
            return type == double.class ? number(word, field).put("type", "number") : number(word, field);
        } else if (type == boolean.class) {
            return NODES.objectNode().put("type", "boolean");
        } else if (type == String.class) {
            ObjectNode text = NODES.objectNode().put("type", "string");
            return switch (field) {
                case "name" -> text.put("pattern", "^[A-Za-z_][A-Za-z0-9_]*$");
                case "fingerprint" -> text.put("pattern", "^[0-9a-f]{64}$");
                default -> text;
            };
        } else if (type == TensorType.class) {
            return ref("tensor");
        } else if (type == Functional.Source.class) {
            return ref("source");
        } else if (type == Functional.Step.class) {
            return object(
                            Map.of(
                                    "layer",
                                    ref("layer"),
                                    "from",
                                    list(ref("source")).put("minItems", 1)),
                            List.of("from", "layer"))
                    .put("additionalProperties", false);
        } else if (type == Activation.class) {
            return ref("activation");
        } else if (type instanceof ParameterizedType list) {
            return list(value(word, field, list.getActualTypeArguments()[0]));
        } else if (type instanceof Class<?> one && Layer.class.isAssignableFrom(one)) {
            return ref("layer");
        } else if (type instanceof Class<?> one && one.isEnum()) {
            return words(Arrays.stream(one.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT)));
        }
        throw new AssertionError("a schema needs to know what " + field + " of " + type + " is");
    }

    private static ObjectNode number(String word, String field) {
        ObjectNode out = NODES.objectNode().put("type", "integer");
        range(word, field).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(bound -> out.put(bound.getKey(), bound.getValue().intValue()));
        return out;
    }

    private static ObjectNode tensor() {
        ObjectNode size = NODES.objectNode().put("type", "integer").put("minimum", 1);
        return object(Map.of("dtype", dtypes(), "shape", list(size).put("minItems", 1)), List.of("dtype", "shape"))
                .put("description", "Of one example, without the batch.")
                .put("additionalProperties", false);
    }

    private static ObjectNode dtypes() {
        return words(Arrays.stream(DType.values()).map(type -> type.name().toLowerCase(Locale.ROOT)));
    }

    private static ObjectNode source() {
        ObjectNode whole = NODES.objectNode().put("type", "integer").put("minimum", 0);
        ObjectNode pair = NODES.objectNode().put("type", "array");
        pair.putArray("prefixItems").add(whole.deepCopy()).add(whole.deepCopy());
        pair.put("items", false).put("minItems", 2);
        ObjectNode out = NODES.objectNode();
        out.put("description", "The number of an input, or of a step counted on after them; or [number, output].");
        out.putArray("oneOf").add(whole).add(pair);
        return out;
    }

    private static ObjectNode words(Stream<String> words) {
        ObjectNode out = NODES.objectNode();
        ArrayNode list = out.putArray("enum");
        words.forEach(list::add);
        return out;
    }

    private static ObjectNode list(ObjectNode items) {
        ObjectNode out = NODES.objectNode().put("type", "array");
        out.set("items", items);
        return out;
    }

    private static ObjectNode ref(String name) {
        return NODES.objectNode().put("$ref", "#/$defs/" + name);
    }

    private static ObjectNode object(
            Map<String, ? extends com.fasterxml.jackson.databind.JsonNode> fields, List<String> required) {
        ObjectNode out = NODES.objectNode().put("type", "object");
        ObjectNode properties = out.putObject("properties");
        fields.keySet().stream().sorted().forEach(name -> properties.set(name, fields.get(name)));
        if (!required.isEmpty()) {
            ArrayNode list = out.putArray("required");
            required.forEach(list::add);
        }
        return out;
    }
}
