package dev.quire.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.graph.Shape;
import dev.quire.model.Dense;
import dev.quire.model.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A plain list of layers, {@code {"name", "input_shape", "output_shape", "layers" : [{"layer_type", …}]}}. The dense
 * layer to the output's size is added, unless the list ends with it already.
 */
final class ListReader {
    private ListReader() {}

    static Draft read(ObjectNode tree, Findings findings) {
        List<Draft.Node> nodes = new ArrayList<>();
        FieldReader fields = new FieldReader(
                new LayerReader(name -> Optional.empty(), findings), findings, "the list", Place.node("input"));
        Draft.Node input = new Draft.Node("input", Draft.Role.INPUT);
        input.foreign = true;
        nodes.add(input);
        if (tree.has("input_shape")) {
            long[] sizes = fields.sizes(sizes(tree.path("input_shape")), "input_shape");
            input.shape = sizes == null ? null : Shape.of(sizes);
            input.layers = sizes == null ? null : input.layers;
        }
        JsonNode layers = tree.path("layers");
        if (!layers.isArray() || layers.size() > GraphReader.MOST) {
            findings.add(
                    layers.isArray() ? Problem.Kind.TOO_LARGE : Problem.Kind.FORM,
                    "",
                    "layers is " + LayerReader.kind(layers),
                    "it must be a list of at most " + GraphReader.MOST);
            return new Draft("", Draft.Form.SEQUENTIAL, nodes);
        }
        NodeReader reader = new NodeReader(findings);
        for (int i = 0; i < layers.size(); i++) {
            nodes.add(layer(reader, layers.get(i), "layers[" + i + "]", findings));
        }
        Draft.Node output = new Draft.Node("output", Draft.Role.OUTPUT);
        output.foreign = true;
        if (tree.has("output_shape")) {
            long[] sizes = fields.sizes(sizes(tree.path("output_shape")), "output_shape");
            output.layers = sizes == null ? null : implied(nodes, sizes[sizes.length - 1]);
            output.shape = sizes == null ? null : Shape.of(sizes);
        }
        nodes.add(output);
        for (int i = 1; i < nodes.size(); i++) {
            nodes.get(i).from.add(new Draft.Source(i - 1, 0));
        }
        return new Draft(tree.path("name").asText(""), Draft.Form.SEQUENTIAL, nodes);
    }

    private static JsonNode sizes(JsonNode given) {
        return given.isNumber() ? JsonNodeFactory.instance.arrayNode().add(given) : given;
    }

    private static Draft.Node layer(NodeReader reader, JsonNode given, String id, Findings findings) {
        if (given instanceof ObjectNode layer && layer.path("layer_type").isTextual()) {
            String type = layer.remove("layer_type").textValue();
            String plain = Spelling.plain(type);
            if (!plain.equals("input") && !plain.equals("output")) {
                return reader.node(id, type, layer);
            }
        }
        findings.add(
                Problem.Kind.FORM,
                id,
                "expected a layer, got " + LayerReader.kind(given),
                "write {\"layer_type\" : \"Linear\", \"size\" : 512}");
        Draft.Node out = new Draft.Node(id, Draft.Role.LAYER);
        out.layers = null;
        return out;
    }

    private static List<Layer> implied(List<Draft.Node> nodes, long size) {
        List<Layer> last = nodes.get(nodes.size() - 1).layers;
        boolean there = last != null && !last.isEmpty() && last.get(0) instanceof Dense dense && dense.units() == size;
        return there || size > Integer.MAX_VALUE ? List.of() : List.of(new Dense((int) size, true));
    }

    static boolean isList(ObjectNode tree) {
        return tree.has("input_shape")
                || tree.has("output_shape")
                || (tree.path("layers") instanceof ArrayNode layers
                        && layers.path(0).has("layer_type"));
    }
}
