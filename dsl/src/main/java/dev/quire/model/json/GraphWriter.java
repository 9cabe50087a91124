package dev.quire.model.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.graph.DType;
import dev.quire.graph.TensorType;
import dev.quire.model.Architecture;
import dev.quire.model.Functional;
import dev.quire.model.Join;
import dev.quire.model.Layer;
import dev.quire.model.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A network as nodes and edges. */
final class GraphWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ArrayNode nodes = NODES.arrayNode();
    private final ArrayNode edges = NODES.arrayNode();
    /** The ids of inputs and steps, by place. */
    private final List<String> ids = new ArrayList<>();

    private GraphWriter() {}

    static String write(Layer network, List<TensorType> inputs) {
        Functional model = functional(network, inputs);
        GraphWriter writer = new GraphWriter();
        writer.refuseLoose(model);
        ObjectNode tree = NODES.objectNode().put("version", ModelJson.VERSION);
        String form = form(network, model);
        if (!form.isEmpty()) {
            tree.put("form", form);
        }
        writer.write(model);
        tree.set("nodes", writer.nodes);
        tree.set("edges", writer.edges);
        return ModelJson.print(tree);
    }

    /** The same layers as steps. */
    private static Functional functional(Layer network, List<TensorType> inputs) {
        Architecture architecture = Architecture.of(network, inputs);
        if (network instanceof Functional model) {
            return model;
        }
        List<Layer> layers = network instanceof Sequential chain ? chain.layers() : List.of(network);
        List<Integer> counts = network instanceof Sequential
                ? architecture.parts().stream()
                        .filter(part -> part.depth() == 0)
                        .map(part -> part.outputs().size())
                        .toList()
                : List.of(architecture.outputs().size());
        List<Functional.Step> steps = new ArrayList<>();
        List<Functional.Source> values = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            values.add(new Functional.Source(i, 0));
        }
        for (Layer layer : layers) {
            int place = inputs.size() + steps.size();
            steps.add(new Functional.Step(layer, values));
            values = new ArrayList<>();
            for (int i = 0; i < counts.get(steps.size() - 1); i++) {
                values.add(new Functional.Source(place, i));
            }
        }
        return new Functional(inputs, steps, values);
    }

    /** Said only where reading would take it for another form. */
    private static String form(Layer network, Functional model) {
        boolean chain = model.inputs().size() == 1 && model.outputs().size() == 1;
        for (int i = 0; i < model.steps().size(); i++) {
            chain &= model.steps().get(i).from().equals(List.of(new Functional.Source(i, 0)));
        }
        chain &= model.outputs()
                .get(0)
                .equals(new Functional.Source(model.steps().size(), 0));
        if (network instanceof Sequential) {
            return chain ? "" : "sequential";
        }
        return network instanceof Functional ? (chain ? "model" : "") : "layer";
    }

    private void refuseLoose(Functional model) {
        boolean[] used = new boolean[model.inputs().size() + model.steps().size()];
        model.steps().forEach(step -> step.from().forEach(source -> used[source.place()] = true));
        model.outputs().forEach(source -> used[source.place()] = true);
        for (int i = 0; i < used.length; i++) {
            if (!used[i]) {
                int step = i - model.inputs().size();
                throw new QuireException((step < 0
                                ? "input " + i
                                : "step " + step + ", "
                                        + model.steps().get(step).layer())
                        + " of the network goes nowhere, and a graph has no such node: take it out, or use"
                        + " ModelJson.write(network)");
            }
        }
    }

    private void write(Functional model) {
        int inputs = model.inputs().size();
        for (TensorType type : model.inputs()) {
            ObjectNode params = node(inputs == 1 ? "input" : "input" + ids.size(), "input");
            ArrayNode shape = params.putArray("shape");
            for (long size : type.shape().sizes()) {
                shape.add(size);
            }
            if (type.dtype() != DType.FLOAT32) {
                params.put("dtype", type.dtype().name().toLowerCase(Locale.ROOT));
            }
        }
        for (Functional.Step step : model.steps()) {
            ObjectNode layer = new LayerWriter().layer(step.layer(), Place.root());
            String type = layer.remove("type").textValue();
            if (step.layer() instanceof Join join && step.from().size() > 1) {
                type = join.kind().word();
                layer.remove("kind");
            }
            String id = type + (ids.size() - inputs);
            node(id, type).setAll(layer);
            edges(step.from(), id);
        }
        int number = 0;
        for (Functional.Source source : model.outputs()) {
            String id = model.outputs().size() == 1 ? "output" : "output" + number++;
            nodes.addObject().put("id", id).put("type", "output");
            edges(List.of(source), id);
        }
    }

    private ObjectNode node(String id, String type) {
        ids.add(id);
        ObjectNode node = nodes.addObject().put("id", id).put("type", type);
        return node.putObject("params");
    }

    /** In the order of the inputs, which is the order in which they are read. */
    private void edges(List<Functional.Source> from, String target) {
        for (Functional.Source source : from) {
            ObjectNode edge =
                    edges.addObject().put("source", ids.get(source.place())).put("target", target);
            if (source.output() != 0) {
                edge.put("sourceOutput", source.output());
            }
        }
    }
}
