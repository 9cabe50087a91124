package dev.quire.model.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.data.table.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A network of nodes and edges. What else an editor keeps beside them, such as positions, is passed over. */
final class GraphReader {
    /** Far more than can be trained, and few enough to be checked while somebody waits. */
    static final int MOST = 50_000;

    private final Findings findings;
    private final List<Draft.Node> nodes = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    /** Sources by the input they go to, for edges that say which, for each node. */
    private final Map<Integer, TreeMap<Integer, Draft.Source>> placed = new HashMap<>();

    private GraphReader(Findings findings) {
        this.findings = findings;
    }

    static Draft read(ObjectNode tree, Findings findings) {
        GraphReader reader = new GraphReader(findings);
        JsonNode version = tree.get("version");
        if (version != null) {
            ModelJson.isReadable(tree, findings);
        }
        reader.nodes(tree.path("nodes"));
        reader.edges(tree.path("edges"));
        return new Draft(tree.path("name").asText(""), reader.form(tree.get("form")), reader.nodes);
    }

    private Draft.Form form(@Nullable JsonNode given) {
        List<String> words = List.of("sequential", "model", "layer");
        if (given == null) {
            return Draft.Form.ANY;
        }
        if (!words.contains(given.asText())) {
            findings.add(
                    Problem.Kind.FORM,
                    "",
                    "the form is " + LayerReader.kind(given),
                    "it must be one of " + String.join(", ", words) + ", or left out");
            return Draft.Form.ANY;
        }
        return Draft.Form.valueOf(given.asText().toUpperCase(Locale.ROOT));
    }

    private void nodes(JsonNode list) {
        if (!list.isArray()) {
            findings.add(Problem.Kind.FORM, "", "nodes is " + LayerReader.kind(list), "it must be a list");
            return;
        }
        if (list.size() > MOST) {
            findings.add(
                    Problem.Kind.TOO_LARGE,
                    "",
                    "the graph has " + list.size() + " nodes",
                    "at most " + MOST + " are read: put layers that repeat into a block");
            return;
        }
        NodeReader reader = new NodeReader(findings);
        for (int i = 0; i < list.size(); i++) {
            JsonNode node = list.get(i);
            String id = text(node.path("id"));
            if (id == null) {
                id = "nodes[" + i + "]";
                findings.add(
                        Problem.Kind.FORM, id, "the id is " + LayerReader.kind(node.path("id")), "it must be a text");
            }
            boolean twin = places.putIfAbsent(id, i) != null;
            if (twin) {
                findings.add(
                        Problem.Kind.DUPLICATE_ID,
                        id,
                        "two nodes have the id '" + id + "'",
                        "give each one of its own");
            }
            nodes.add(node(reader, id, node));
            nodes.get(i).twin = twin;
        }
    }

    private Draft.Node node(NodeReader reader, String id, JsonNode node) {
        JsonNode params = node.path("params");
        boolean isObject = params.isObject() || params.isMissingNode() || params.isNull();
        if (!node.path("type").isTextual()) {
            findings.add(
                    Problem.Kind.FORM,
                    id,
                    "the type is " + LayerReader.kind(node.path("type")),
                    "it must be a text such as \"dense\"");
        }
        if (!isObject) {
            findings.add(
                    Problem.Kind.FORM,
                    id,
                    "params is " + LayerReader.kind(params),
                    "it must be an object such as {\"units\" : 10}");
        }
        if (!isObject || !node.path("type").isTextual()) {
            return faulty(id);
        }
        ObjectNode given = params instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        return reader.node(id, node.path("type").textValue(), given);
    }

    private static Draft.Node faulty(String id) {
        Draft.Node out = new Draft.Node(id, Draft.Role.LAYER);
        out.layers = null;
        return out;
    }

    /** An id or the end of an edge; some write numbers. */
    private static @Nullable String text(JsonNode node) {
        return (node.isTextual() && !node.textValue().isEmpty()) || node.isIntegralNumber() ? node.asText() : null;
    }

    private void edges(JsonNode list) {
        if (!list.isArray() && !(list.isMissingNode() && nodes.size() < 2)) {
            findings.add(Problem.Kind.FORM, "", "edges is " + LayerReader.kind(list), "it must be a list");
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            edge(list.get(i), "edges[" + i + "]");
        }
        placed.forEach((node, sources) -> {
            List<Draft.Source> from = nodes.get(node).from;
            sources.forEach((input, source) -> from.add(Math.min(input, from.size()), source));
            if (sources.lastKey() >= from.size()) {
                findings.add(
                        Problem.Kind.INPUT_COUNT,
                        nodes.get(node).id,
                        "an edge goes to its input " + sources.lastKey() + ", it is given " + from.size(),
                        "number its inputs from 0 without gaps");
            }
        });
    }

    private void edge(JsonNode edge, String place) {
        Integer source = end(edge, "source", "target", place);
        Integer target = end(edge, "target", "source", place);
        Integer output = number(edge, "sourceOutput", place);
        Integer input = number(edge, "targetInput", place);
        if (source == null || target == null || output == null || input == null) {
            return;
        }
        Draft.Source from = new Draft.Source(source, output);
        if (!edge.has("targetInput")) {
            nodes.get(target).from.add(from);
        } else if (placed.computeIfAbsent(target, node -> new TreeMap<>()).putIfAbsent(input, from) != null) {
            findings.add(
                    Problem.Kind.INPUT_COUNT,
                    nodes.get(target).id,
                    "two edges go to its input " + input,
                    "leave one of them out, or number them");
        }
    }

    private @Nullable Integer end(JsonNode edge, String field, String other, String place) {
        String id = text(edge.path(field));
        if (id == null) {
            findings.add(
                    Problem.Kind.FORM,
                    place,
                    "the " + field + " is " + LayerReader.kind(edge.path(field)),
                    "it must be the id of a node");
            return null;
        }
        Integer found = places.get(id);
        if (found == null) {
            String at = text(edge.path(other));
            findings.add(
                    Problem.Kind.UNKNOWN_NODE,
                    at != null && places.containsKey(at) ? at : place,
                    "an edge " + (field.equals("source") ? "comes from" : "goes to") + " '" + LayerReader.kind(id)
                            + "', which is no node",
                    nodes.isEmpty()
                            ? "add the node"
                            : Nearest.of(id, List.copyOf(places.keySet()), "did you mean", "there are:"));
        }
        return found;
    }

    /** A number of an edge, 0 where it is left out; null where it is faulty. */
    private @Nullable Integer number(JsonNode edge, String field, String place) {
        JsonNode given = edge.path(field);
        if (given.isMissingNode() || given.isNull()) {
            return 0;
        }
        if (!FieldReader.isWhole(given) || given.doubleValue() < 0) {
            findings.add(
                    Problem.Kind.FORM,
                    place,
                    field + " is " + LayerReader.kind(given),
                    "it must be a whole number from 0 on");
            return null;
        }
        return (int) given.doubleValue();
    }
}
