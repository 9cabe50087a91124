package dev.quire.model.json;

import dev.quire.data.Dataset;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import dev.quire.model.Architecture;
import dev.quire.model.Embedding;
import dev.quire.model.Reshape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What the inputs of a draft are given: what they say, or what a dataset gives. */
final class Inputs {
    private final Draft draft;
    private final Findings findings;

    private Inputs(Draft draft, Findings findings) {
        this.draft = draft;
        this.findings = findings;
    }

    /**
     * Types of one example by node, those that are known. An input that is given as many values in another shape by the
     * dataset reshapes them.
     *
     * @param needed whether an input must say its shape where there is no dataset
     */
    static Map<Integer, TensorType> of(Draft draft, @Nullable Dataset data, boolean needed, Findings findings) {
        Inputs inputs = new Inputs(draft, findings);
        Map<Integer, TensorType> out = new HashMap<>();
        List<Integer> places = draft.places(Draft.Role.INPUT);
        List<TensorType> given = data == null ? List.of() : Architecture.inputs(data);
        if (data != null && !places.isEmpty() && given.size() != places.size()) {
            findings.add(
                    Problem.Kind.DATASET,
                    "",
                    "the network has " + places.size() + (places.size() == 1 ? " input, " : " inputs, ") + data.name()
                            + " gives " + given.size(),
                    "add or take out an input");
            given = List.of();
        }
        for (int i = 0; i < places.size(); i++) {
            Draft.Node node = draft.nodes().get(places.get(i));
            if (node.layers == null) {
                continue;
            }
            inputs.channelsFirst(node);
            TensorType type = data != null && i < given.size()
                    ? inputs.fitted(node, given.get(i), data)
                    : inputs.said(places.get(i), needed);
            if (type != null) {
                out.put(places.get(i), type);
            }
        }
        return out;
    }

    /** Others put the channels of an image last. */
    private void channelsFirst(Draft.Node node) {
        Shape shape = node.shape;
        if (!node.foreign || shape == null || shape.rank() != 3 || isChannels(shape.size(0))) {
            return;
        }
        if (isChannels(shape.size(2))) {
            node.shape = Shape.of(shape.size(2), shape.size(0), shape.size(1));
            findings.remark(
                    "the shape " + shape + " of '" + node.id + "' is read as " + node.shape + ": channels come first");
        }
    }

    private static boolean isChannels(long size) {
        return size == 1 || size == 3;
    }

    private @Nullable TensorType said(int place, boolean needed) {
        Draft.Node node = draft.nodes().get(place);
        Shape shape = node.shape;
        if (shape == null) {
            if (needed) {
                findings.add(
                        Problem.Kind.MISSING_PARAMETER,
                        node.id,
                        "the input has no shape",
                        "add one of one example, such as \"shape\" : [1, 28, 28]");
            }
            return null;
        }
        DType dtype = node.dtype;
        return new TensorType(dtype != null ? dtype : usual(place), shape);
    }

    /** Whole numbers for what is only looked up, else floats. */
    private DType usual(int place) {
        List<Draft.Node> users = draft.nodes().stream()
                .filter(node -> node.from.stream().anyMatch(source -> source.node() == place))
                .toList();
        boolean lookedUp = !users.isEmpty()
                && users.stream()
                        .allMatch(node -> node.layersOf().stream()
                                .findFirst()
                                .filter(Embedding.class::isInstance)
                                .isPresent());
        return lookedUp ? DType.INT64 : DType.FLOAT32;
    }

    private TensorType fitted(Draft.Node node, TensorType given, Dataset data) {
        Shape said = node.shape;
        if (node.dtype != null && node.dtype != given.dtype()) {
            findings.add(
                    Problem.Kind.DATASET,
                    node.id,
                    "takes " + word(node.dtype) + ", " + data.name() + " gives " + word(given.dtype()),
                    "leave the dtype out");
        }
        if (said == null || said.equals(given.shape())) {
            return given;
        }
        if (said.count() != given.shape().count()) {
            findings.add(
                    Problem.Kind.DATASET,
                    node.id,
                    "takes " + said + ", " + data.name() + " gives " + given.shape(),
                    "write the shape "
                            + LongStream.of(given.shape().sizes()).boxed().toList());
            return given.with(said);
        }
        node.layers = List.of(new Reshape(
                LongStream.of(said.sizes()).mapToObj(Math::toIntExact).toList()));
        findings.remark("what " + data.name() + " gives, " + given.shape() + ", is reshaped to the " + said + " of '"
                + node.id + "'");
        return given;
    }

    private static String word(DType dtype) {
        return dtype.name().toLowerCase(java.util.Locale.ROOT);
    }
}
