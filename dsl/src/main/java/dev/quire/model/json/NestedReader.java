package dev.quire.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.graph.TensorType;
import dev.quire.model.Functional;
import dev.quire.model.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Quire's own layers in layers, as {@link ModelJson} writes them. */
final class NestedReader {
    private NestedReader() {}

    /**
     * Reads a network.
     *
     * @param inputs how many values it is given, where it does not say itself
     */
    static Draft read(ObjectNode tree, Findings findings, int inputs) {
        List<Draft.Node> nodes = new ArrayList<>();
        if (!ModelJson.isReadable(tree, findings)) {
            return new Draft("", Draft.Form.LAYER, nodes);
        }
        LayerReader reader = new LayerReader(name -> Optional.empty(), findings);
        boolean chain = tree.path("type").asText().equals("sequential")
                && tree.path("layers").isArray()
                && tree.size() == 2;
        if (!chain) {
            Layer network = reader.layer(tree, Place.root());
            return network instanceof Functional model
                    ? draft(model)
                    : network == null ? new Draft("", Draft.Form.LAYER, nodes) : single(network, inputs);
        }
        inputs(nodes, inputs);
        int before = nodes.size();
        JsonNode layers = tree.get("layers");
        for (int i = 0; i < layers.size(); i++) {
            Place place = Place.root().field("layers").at(i);
            Layer layer = reader.layer(layers.get(i), place);
            nodes.add(node(place.path(), layer));
            link(nodes, before, inputs);
        }
        end(nodes, before, inputs);
        return new Draft("", Draft.Form.SEQUENTIAL, nodes);
    }

    private static Draft single(Layer network, int inputs) {
        List<Draft.Node> nodes = new ArrayList<>();
        inputs(nodes, inputs);
        nodes.add(node("the network", network));
        link(nodes, inputs, inputs);
        end(nodes, inputs, inputs);
        return new Draft("", Draft.Form.LAYER, nodes);
    }

    private static void inputs(List<Draft.Node> nodes, int count) {
        for (int i = 0; i < count; i++) {
            nodes.add(new Draft.Node(count == 1 ? "input" : "input " + i, Draft.Role.INPUT));
        }
    }

    private static Draft.Node node(String id, @Nullable Layer layer) {
        Draft.Node out = new Draft.Node(id, Draft.Role.LAYER);
        out.layers = layer == null ? null : List.of(layer);
        return out;
    }

    /** Hangs the last node on the one before it, or on the inputs where it is the first. */
    private static void link(List<Draft.Node> nodes, int before, int inputs) {
        int last = nodes.size() - 1;
        List<Draft.Source> from = nodes.get(last).from;
        if (last == before) {
            for (int i = 0; i < inputs; i++) {
                from.add(new Draft.Source(i, 0));
            }
        } else {
            from.add(new Draft.Source(last - 1, 0));
        }
    }

    /** What is wrong with the output is told of the last layer. */
    private static void end(List<Draft.Node> nodes, int before, int inputs) {
        String id = nodes.size() == before ? "the network" : nodes.get(nodes.size() - 1).id;
        nodes.add(new Draft.Node(id, Draft.Role.OUTPUT));
        link(nodes, before, inputs);
    }

    static Draft draft(Functional model) {
        List<Draft.Node> nodes = new ArrayList<>();
        for (TensorType type : model.inputs()) {
            Draft.Node input = new Draft.Node("input " + nodes.size(), Draft.Role.INPUT);
            input.dtype = type.dtype();
            input.shape = type.shape();
            nodes.add(input);
        }
        for (Functional.Step step : model.steps()) {
            Draft.Node node = node("steps[" + (nodes.size() - model.inputs().size()) + "]", step.layer());
            step.from().forEach(source -> node.from.add(new Draft.Source(source.place(), source.output())));
            nodes.add(node);
        }
        for (Functional.Source source : model.outputs()) {
            Draft.Node output = new Draft.Node(nodes.get(source.place()).id, Draft.Role.OUTPUT);
            output.from.add(new Draft.Source(source.place(), source.output()));
            nodes.add(output);
        }
        return new Draft("", Draft.Form.MODEL, nodes);
    }
}
