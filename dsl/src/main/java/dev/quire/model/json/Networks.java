package dev.quire.model.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.graph.TensorType;
import dev.quire.model.Architecture;
import dev.quire.model.Functional;
import dev.quire.model.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Networks that somebody described in JSON, in one of three forms that are told apart by their fields.
 *
 * <ul>
 *   <li>A graph, {@code {"nodes" : [{"id", "type", "params"}], "edges" : [{"source", "target"}]}}. Types and parameters
 *       are Quire's words, or as visual editors spell them: {@code Dense}, {@code Conv2D}, {@code out_features},
 *       {@code kernel_size}; an {@code activation} of a layer is one of its own after it. Inputs and outputs are nodes,
 *       in the order of the list. The edges into a node are its inputs in the order of the list, unless
 *       {@code targetInput} numbers them; {@code sourceOutput} asks for another output of a layer that has several.
 *       Where all is one chain the network is {@code sequential(…)}, else it has the functional form.
 *   <li>Quire's own layers in layers, as {@link ModelJson} writes them.
 *   <li>A plain list, {@code {"name", "input_shape", "output_shape", "layers" : [{"layer_type", …}]}}; the dense layer
 *       to the output's size is added, unless it is there already.
 * </ul>
 *
 * <p>Spelled as others do, a network that ends with softmax loses it, and one that ends with a sigmoid too where the
 * dataset has classes: losses here take logits, and {@code predict} gives probabilities. Three sizes of an
 * {@code Input} whose last is 1 or 3 are taken for height, width and channels. {@link DescribedNetwork#remarks} says
 * where that was done. What Quire's own words say is never changed.
 */
public final class Networks {
    private static final String SCHEMA = "network.schema.json";

    private Networks() {}

    /**
     * The network of a text.
     *
     * @throws InvalidNetwork when something is wrong with it; names all of it
     */
    public static DescribedNetwork read(String json) {
        return built(json, null);
    }

    /**
     * The network of a text, for examples of a dataset. It takes what the dataset gives: an input of as many values in
     * another shape reshapes them.
     *
     * @throws InvalidNetwork when something is wrong with it, or it does not fit the dataset; names all of it
     */
    public static DescribedNetwork read(String json, Dataset data) {
        return built(json, data);
    }

    /** All that is wrong with a network; empty when it can be built. */
    public static Problems validate(String json) {
        return checked(json, null).findings.problems();
    }

    /** All that is wrong with a network, for examples of a dataset; empty when it can be trained on them. */
    public static Problems validate(String json, Dataset data) {
        return checked(json, data).findings.problems();
    }

    /** A network in the functional form as a graph of nodes and edges, which {@link #read(String)} reads as an equal one. */
    public static String graph(Functional network) {
        return graph(network, network.inputs());
    }

    /**
     * A network as a graph of nodes and edges, which {@link #read(String)} reads as an equal one.
     *
     * @param inputs types of one example, without the batch
     * @throws QuireException when it cannot be put to these inputs, has a layer that is a class of the user's own, or a
     *     part that is connected to nothing
     */
    public static String graph(Layer network, List<TensorType> inputs) {
        return GraphWriter.write(network, inputs);
    }

    /** The JSON Schema, draft 2020-12, of the forms that Quire writes: the graph and layers in layers. */
    public static String schema() {
        try (InputStream in = Objects.requireNonNull(Networks.class.getResourceAsStream(SCHEMA))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The text of a file.
     *
     * @param file a path; or JSON, which starts with a brace and is given back as it is
     * @throws QuireException when there is no such file, or it is no text
     */
    public static String text(String file) {
        if (file.stripLeading().startsWith("{")) {
            return file;
        }
        try {
            return Files.readString(Path.of(file));
        } catch (CharacterCodingException e) {
            throw new QuireException(file + " is no text, expected a network in JSON", e);
        } catch (IOException | InvalidPathException e) {
            throw new QuireException(
                    "cannot read " + file + ": no such file, or it cannot be opened: check the path, which starts at "
                            + Path.of("").toAbsolutePath(),
                    e);
        }
    }

    private record Checked(Findings findings, @Nullable DescribedNetwork network) {}

    private static DescribedNetwork built(String json, @Nullable Dataset data) {
        Checked checked = checked(json, data);
        checked.findings.refuse();
        return Objects.requireNonNull(checked.network, "a network without a problem");
    }

    private static Checked checked(String json, @Nullable Dataset data) {
        Findings findings = new Findings();
        ObjectNode tree = ModelJson.tree(json, findings);
        if (tree == null) {
            return new Checked(findings, null);
        }
        boolean graph = tree.has("nodes");
        Draft draft;
        if (graph) {
            draft = GraphReader.read(tree, findings);
        } else if (ListReader.isList(tree)) {
            draft = ListReader.read(tree, findings);
        } else {
            draft = NestedReader.read(
                    tree, findings, data == null ? 1 : data.inputs().size());
        }
        if (draft.nodes().isEmpty() && (!findings.isClean() || !graph)) {
            return new Checked(findings, null);
        }
        if (graph) {
            Connections.check(draft, findings);
        }
        boolean nested = !graph && !ListReader.isList(tree);
        if (!nested) {
            Endings.strip(draft, data != null && !data.classes().isEmpty(), findings);
        }
        return checked(draft, data, nested, findings);
    }

    private static Checked checked(Draft draft, @Nullable Dataset data, boolean nested, Findings findings) {
        List<Integer> order = Ordering.of(draft, findings);
        Map<Integer, TensorType> inputs = Inputs.of(draft, data, !nested, findings);
        Map<Integer, TensorType> outputs = ShapeCheck.check(draft, order, inputs, findings);
        if (data != null && draft.places(Draft.Role.OUTPUT).size() == 1) {
            outputs.forEach((place, type) -> classes(draft.nodes().get(place).id, type, data, findings));
        }
        boolean sequence = draft.form() == Draft.Form.SEQUENTIAL || draft.form() == Draft.Form.LAYER;
        if (sequence && findings.isClean() && !Assembly.isSequence(draft, order)) {
            findings.add(
                    Problem.Kind.FORM,
                    "",
                    "the form is " + draft.form().name().toLowerCase(Locale.ROOT) + ", and the nodes are no chain",
                    "leave the form out");
        }
        if (!findings.isClean()) {
            return new Checked(findings, null);
        }
        Layer layer = Assembly.build(draft, order, inputs);
        List<TensorType> taken = draft.places(Draft.Role.INPUT).stream()
                .map(inputs::get)
                .filter(Objects::nonNull)
                .toList();
        return new Checked(
                findings,
                new DescribedNetwork(draft.name(), layer, taken, List.copyOf(outputs.values()), findings.remarks()));
    }

    private static void classes(String node, TensorType type, Dataset data, Findings findings) {
        try {
            Architecture.matchClasses(type.shape(), data);
        } catch (QuireException e) {
            findings.refused(Problem.Kind.DATASET, Place.node(node), e, "change the last layer");
        }
    }
}
