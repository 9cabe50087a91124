package dev.quire.model.json;

import dev.quire.QuireException;
import dev.quire.graph.DType;
import dev.quire.graph.GraphBuilder;
import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import dev.quire.model.Block;
import dev.quire.model.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the layers of a draft to their inputs one by one. After a fault it goes on with the shape that the layer gives
 * whatever it is given, as far as that can be told, so that later faults are found too.
 */
final class ShapeCheck {
    private final Draft draft;
    private final Findings findings;
    private final GraphBuilder builder = new GraphBuilder(false);
    private final Scope root = Scope.root(builder);
    private final List<Value> values = new ArrayList<>();

    /** What a node gives: tensors, or where they are not known the rank, the batch counted, or -1. */
    private record Value(List<Tensor> tensors, int rank) {
        static final Value UNKNOWN = new Value(List.of(), -1);

        boolean isKnown() {
            return !tensors.isEmpty();
        }
    }

    private ShapeCheck(Draft draft, Findings findings) {
        this.draft = draft;
        this.findings = findings;
    }

    /**
     * Checks the shapes.
     *
     * @param inputs types of one example by node; inputs without one are not known
     * @return types of one example's outputs by node, those that are known
     */
    static Map<Integer, TensorType> check(
            Draft draft, List<Integer> order, Map<Integer, TensorType> inputs, Findings findings) {
        ShapeCheck check = new ShapeCheck(draft, findings);
        draft.nodes().forEach(node -> check.values.add(Value.UNKNOWN));
        Map<Integer, TensorType> out = new LinkedHashMap<>();
        for (int place : order) {
            TensorType type = inputs.get(place);
            Value value = type == null ? check.value(place) : check.layers(place, check.given(place, type));
            check.values.set(place, value);
            if (draft.nodes().get(place).role == Draft.Role.OUTPUT && value.isKnown()) {
                check.output(place, value, out);
            }
        }
        return out;
    }

    private Value given(int place, TensorType type) {
        return known(builder.input("input" + place, type.with(type.shape().batched())));
    }

    private static Value known(Tensor... tensors) {
        return new Value(List.of(tensors), tensors[0].shape().rank());
    }

    private void output(int place, Value value, Map<Integer, TensorType> out) {
        Tensor tensor = value.tensors.get(0);
        if (tensor.shape().rank() == 0 || tensor.size(0) != -1) {
            findings.add(
                    Problem.Kind.SHAPE,
                    draft.nodes().get(place).id,
                    "gives shape " + tensor.shape() + ", expected the batch N as its first size",
                    "do not reduce or reshape axis 0");
            return;
        }
        Shape said = draft.nodes().get(place).shape;
        if (said != null && !said.equals(tensor.shape().unbatched())) {
            findings.add(
                    Problem.Kind.SHAPE,
                    draft.nodes().get(place).id,
                    "gives " + tensor.shape().unbatched() + ", the output's shape is said to be " + said,
                    "put flatten() before the dense layers, or change the shape");
        }
        out.put(place, tensor.type().with(tensor.shape().unbatched()));
    }

    private Value value(int place) {
        Draft.Node node = draft.nodes().get(place);
        if (node.layers == null || node.from.isEmpty()) {
            return Value.UNKNOWN;
        }
        Value value = operands(node);
        expected(node, value);
        return layers(place, value);
    }

    private Value layers(int place, Value given) {
        Draft.Node node = draft.nodes().get(place);
        Value value = given;
        String name = "#" + place;
        for (Layer layer : node.layersOf()) {
            value = value.isKnown() ? apply(node, name, layer, value) : presumed(name, layer, value.rank);
            name += "'";
        }
        return value;
    }

    private Value operands(Draft.Node node) {
        List<Tensor> out = new ArrayList<>();
        int rank = -1;
        for (Draft.Source source : node.from) {
            Value value = values.get(source.node());
            rank = node.from.size() == 1 ? value.rank : -1;
            if (!value.isKnown()) {
                return new Value(List.of(), rank);
            }
            boolean all = draft.form() == Draft.Form.SEQUENTIAL && node.from.size() == 1 && source.output() == 0;
            if (all) {
                out.addAll(value.tensors);
            } else if (source.output() >= value.tensors.size()) {
                Draft.Node from = draft.nodes().get(source.node());
                findings.add(
                        Problem.Kind.INPUT_COUNT,
                        node.id,
                        "is given output " + source.output() + " of '" + from.id + "', which has "
                                + value.tensors.size(),
                        "outputs are numbered from 0");
                return Value.UNKNOWN;
            } else {
                out.add(value.tensors.get(source.output()));
            }
        }
        return new Value(out, rank);
    }

    /** Others say of a layer what it is given, too. */
    private void expected(Draft.Node node, Value value) {
        if (node.expected.isEmpty() || value.tensors.size() != 1) {
            return;
        }
        Tensor input = value.tensors.get(0);
        node.expected.forEach((word, size) -> {
            boolean last = Spelling.plain(word).equals("infeatures")
                    || Spelling.plain(word).equals("inputsize");
            long given = input.shape().rank() < 2 ? 0 : input.size(last ? -1 : 1);
            if (given != size) {
                findings.add(
                        Problem.Kind.SHAPE,
                        node.id,
                        word + " is " + size + ", it is given " + input.shape().unbatched(),
                        "write " + given + ", or leave it out");
            }
        });
    }

    private Value apply(Draft.Node node, String path, Layer layer, Value input) {
        String name = layer instanceof Block block ? block.name() : path;
        try {
            List<Tensor> outputs = root.place(name, layer, scope -> layer.apply(scope, input.tensors));
            return new Value(outputs, outputs.get(0).shape().rank());
        } catch (ShapeException e) {
            int call = e.place().indexOf(", ");
            String sentence = (call < 0 ? layer.toString() : e.place().substring(call + 2)) + ": " + e.reason();
            shape(node, sentence);
        } catch (QuireException e) {
            shape(node, String.valueOf(e.getMessage()));
        } catch (ArithmeticException e) {
            findings.add(
                    Problem.Kind.TOO_LARGE,
                    node.id,
                    layer + " makes more values than can be counted",
                    "make it smaller");
        }
        return presumed(path, layer, input.rank);
    }

    private void shape(Draft.Node node, String sentence) {
        int remedy = sentence.lastIndexOf(": ");
        boolean has = remedy > sentence.indexOf(": ");
        findings.add(
                Problem.Kind.SHAPE,
                node.id,
                has ? sentence.substring(0, remedy) : sentence,
                has ? sentence.substring(remedy + 2) : "change the layer, or what it is given");
    }

    /** What a layer gives when it is not known what it is given, but perhaps of what rank. */
    private Value presumed(String path, Layer layer, int rank) {
        int gives = Presumed.rank(layer, rank);
        long[] sizes = Presumed.sizes(layer, rank);
        if (sizes.length == 0) {
            return new Value(List.of(), gives);
        }
        return known(builder.input(
                path + " presumed",
                new TensorType(DType.FLOAT32, Shape.of(sizes).batched())));
    }
}
