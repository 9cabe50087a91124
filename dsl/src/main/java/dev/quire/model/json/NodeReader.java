package dev.quire.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.data.table.Nearest;
import dev.quire.graph.Shape;
import dev.quire.model.Dense;
import dev.quire.model.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One node of a graph or of a list, in whatever spelling. */
final class NodeReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> PER_AXIS = Set.of("kernel", "stride", "padding", "dilation", "outputPadding");
    private static final Set<String> CLASSES = Set.of(
            "units", "classes", "numclasses", "size", "outfeatures", "outputsize", "neurons", "outputdim", "nclasses");
    private static final Set<String> SHAPE = Set.of("shape", "inputshape", "size", "dims", "sizes");

    private final Findings findings;
    private final LayerReader layers;

    NodeReader(Findings findings) {
        this.findings = findings;
        this.layers = new LayerReader(name -> Optional.empty(), findings);
    }

    Draft.Node node(String id, String type, ObjectNode params) {
        return switch (Spelling.plain(type)) {
            case "input", "inputlayer" -> input(id, type, params);
            case "output", "outputlayer" -> output(id, params);
            default -> layer(id, type, params);
        };
    }

    private Draft.Node input(String id, String type, ObjectNode params) {
        Draft.Node out = new Draft.Node(id, Draft.Role.INPUT);
        out.foreign = !type.equals("input");
        FieldReader reader = new FieldReader(layers, findings, "input", Place.node(id));
        params.properties().forEach(entry -> {
            if (SHAPE.contains(Spelling.plain(entry.getKey()))) {
                JsonNode given = withoutBatch(entry.getValue());
                long[] sizes = reader.sizes(given, entry.getKey());
                out.layers = sizes == null ? null : List.of();
                out.shape = sizes == null ? null : Shape.of(sizes);
            } else if (entry.getKey().equals("dtype")) {
                out.dtype = reader.dtype(entry.getValue(), "dtype");
                out.layers = out.dtype == null ? null : out.layers;
            } else if (!Spelling.isRemark(entry.getKey())) {
                unknown(id, "input", entry.getKey(), List.of("shape", "dtype"));
            }
        });
        return out;
    }

    /** Some write one size alone, and some the batch as null or -1 in front. */
    private static JsonNode withoutBatch(JsonNode sizes) {
        if (sizes.isNumber()) {
            return NODES.arrayNode().add(sizes);
        }
        boolean batch = sizes.isArray()
                && sizes.size() > 1
                && (sizes.get(0).isNull()
                        || (sizes.get(0).isInt() && sizes.get(0).intValue() == -1));
        if (!batch) {
            return sizes;
        }
        ArrayNode out = NODES.arrayNode();
        sizes.forEach(out::add);
        out.remove(0);
        return out;
    }

    /** An output that says how many values it has is a dense layer too. */
    private Draft.Node output(String id, ObjectNode params) {
        Draft.Node out = new Draft.Node(id, Draft.Role.OUTPUT);
        out.foreign = true;
        List<Layer> found = new ArrayList<>();
        FieldReader reader = new FieldReader(layers, findings, "output", Place.node(id));
        for (Map.Entry<String, JsonNode> entry : params.properties()) {
            String plain = Spelling.plain(entry.getKey());
            if (CLASSES.contains(plain)) {
                Object units = reader.value(entry.getValue(), int.class, entry.getKey(), "units");
                if (units instanceof Integer count && count >= 1) {
                    found.add(0, new Dense(count, true));
                    continue;
                }
                if (units != null) {
                    findings.add(
                            Problem.Kind.BAD_PARAMETER, id, entry.getKey() + " is " + units, "it must be at least 1");
                }
                out.layers = null;
            } else if (plain.equals("activation")) {
                Layer function = activation(id, entry.getValue());
                if (function == null) {
                    out.layers = null;
                } else {
                    found.add(function);
                }
            } else if (!Spelling.isRemark(entry.getKey())) {
                unknown(id, "output", entry.getKey(), List.of("units", "activation"));
                out.layers = null;
            }
        }
        out.layers = out.layers == null ? null : List.copyOf(found);
        return out;
    }

    private void unknown(String id, String type, String parameter, List<String> all) {
        findings.add(
                Problem.Kind.UNKNOWN_PARAMETER,
                id,
                type + " has no parameter '" + LayerReader.kind(parameter) + "'",
                Nearest.of(parameter, all, "did you mean", "there are:"));
    }

    private @Nullable Layer activation(String id, JsonNode given) {
        Optional<String> word = given.isNull()
                ? Optional.of("identity")
                : given.isTextual() ? Spelling.activation(given.textValue()) : Optional.empty();
        if (word.isEmpty() && given.isTextual()) {
            layers.unknown(given.textValue(), Place.node(id));
            return null;
        }
        return word.isPresent()
                ? layers.layer(NODES.objectNode().put("type", word.get()), Place.node(id))
                : layers.layer(given, Place.node(id));
    }

    private Draft.Node layer(String id, String type, ObjectNode params) {
        Draft.Node out = new Draft.Node(id, Draft.Role.LAYER);
        out.foreign = !Spelling.isOwn(type);
        out.layers = null;
        if (Spelling.plain(type).equals("activation")) {
            function(out, params);
            return out;
        }
        Optional<String> word = Spelling.type(type);
        if (word.isEmpty() && !type.equals(LayerReader.CUSTOM)) {
            layers.unknown(type, Place.node(id));
            return out;
        }
        ObjectNode layer = NODES.objectNode().put("type", word.orElse(type));
        Optional<LayerType> row = word.flatMap(LayerType::of);
        if (word.flatMap(Spelling::join).isPresent() && !params.has("branches")) {
            layer.put("type", "join").put("kind", word.get());
            row = LayerType.of("join");
            out.joins = true;
        }
        Fitted fitted = row.isEmpty() ? Fitted.as(params) : fitted(out, row.get(), type, params);
        layer.setAll(fitted.fields());
        Layer body = layers.layer(layer, Place.node(id), fitted.written());
        Layer function = fitted.activation() == null ? null : activation(id, fitted.activation());
        if (body != null && fitted.sound() && (function != null || fitted.activation() == null)) {
            out.layers = function == null || isIdentity(function) ? List.of(body) : List.of(body, function);
        }
        return out;
    }

    private static boolean isIdentity(Layer function) {
        return function.toString().equals("identity()");
    }

    /** A node that is an activation by the name of one of its parameters. */
    private void function(Draft.Node out, ObjectNode params) {
        JsonNode named = null;
        for (Map.Entry<String, JsonNode> entry : params.properties()) {
            if (Set.of("activation", "function", "type", "fn").contains(Spelling.plain(entry.getKey()))) {
                named = entry.getValue();
            } else if (!Spelling.isRemark(entry.getKey())) {
                unknown(out.id, "activation", entry.getKey(), List.of("activation"));
                return;
            }
        }
        if (named == null) {
            findings.add(
                    Problem.Kind.MISSING_PARAMETER,
                    out.id,
                    "activation: 'activation' is missing",
                    "add \"activation\", such as \"relu\"");
            return;
        }
        Layer function = activation(out.id, named);
        out.layers = function == null ? null : List.of(function);
    }

    /** A layer's parameters under Quire's names. */
    private record Fitted(
            ObjectNode fields,
            Map<String, String> written,
            @Nullable JsonNode activation,
            boolean sound) {
        static Fitted as(ObjectNode params) {
            return new Fitted(params, Map.of(), null, true);
        }
    }

    private Fitted fitted(Draft.Node node, LayerType row, String type, ObjectNode params) {
        List<String> names = row.fields();
        ObjectNode fields = NODES.objectNode();
        Map<String, String> written = new LinkedHashMap<>();
        Map<String, Integer> expected = new HashMap<>();
        JsonNode activation = null;
        boolean sound = true;
        for (Map.Entry<String, JsonNode> entry : params.properties()) {
            Optional<String> field = Spelling.field(entry.getKey(), names);
            JsonNode value = entry.getValue();
            if (field.isPresent()) {
                String twice = written.put(field.get(), entry.getKey());
                if (twice != null) {
                    findings.add(
                            Problem.Kind.BAD_PARAMETER,
                            node.id,
                            "'" + twice + "' and '" + entry.getKey() + "' say the same",
                            "leave one of them out");
                    sound = false;
                }
                put(fields, field.get(), value, row, type);
            } else if (Spelling.plain(entry.getKey()).equals("activation")) {
                activation = value;
                node.foreign = true;
            } else if (Spelling.isExpected(entry.getKey()) && FieldReader.isWhole(value)) {
                expected.put(entry.getKey(), (int) value.doubleValue());
            } else if (!Spelling.isRemark(entry.getKey())) {
                fields.set(entry.getKey(), value);
            }
        }
        node.expected = expected;
        return new Fitted(fields, written, activation, sound);
    }

    private static void put(ObjectNode fields, String field, JsonNode value, LayerType row, String type) {
        boolean list = Fields.types(row.record()).get(field) instanceof java.lang.reflect.ParameterizedType;
        if (field.equals("padding") && value.isTextual()) {
            if (Spelling.plain(value.textValue()).equals("same")) {
                fields.put("same", true);
                return;
            } else if (Spelling.plain(value.textValue()).equals("valid")) {
                return;
            }
        }
        if (field.equals("activation") && value.isTextual()) {
            fields.set(
                    field,
                    NODES.objectNode()
                            .put("type", Spelling.activation(value.textValue()).orElse(value.textValue())));
        } else if (list && value.isNumber()) {
            boolean sized = PER_AXIS.contains(field) || field.equals("size");
            JsonNode[] all = new JsonNode[sized ? Spelling.axes(type) : 1];
            Arrays.fill(all, value);
            fields.set(field, NODES.arrayNode().addAll(List.of(all)));
        } else {
            fields.set(field, value);
        }
    }
}
