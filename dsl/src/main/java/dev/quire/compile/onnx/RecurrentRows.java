package dev.quire.compile.onnx;

import dev.quire.graph.ArithmeticOps;
import dev.quire.graph.Node;
import dev.quire.graph.Op;
import dev.quire.graph.Ops;
import dev.quire.graph.SequenceOps;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How recurrent networks are printed: one node a layer. PyTorch orders gates otherwise than ONNX, so that the rows of
 * the weights are written in another order; their values are the same.
 */
final class RecurrentRows {
    /** Weights and biases of one direction: of the input, of the state, and the biases of both. */
    private static final int PARAMETERS = 4;

    static final Map<Op, Row> ROWS = Map.ofEntries(
            // PyTorch: input, forget, cell, output. ONNX: input, output, forget, cell.
            Row.many(SequenceOps.LSTM, call -> print(call, new Kind("LSTM", 2, new int[] {0, 3, 1, 2}, Map.of()))),
            // PyTorch: reset, update, new. ONNX: update, reset, new.
            Row.many(
                    SequenceOps.GRU,
                    call -> print(call, new Kind("GRU", 1, new int[] {1, 0, 2}, Map.of("linear_before_reset", 1L)))));

    private RecurrentRows() {}

    /**
     * One operator.
     *
     * @param states how many it keeps
     * @param gates for each gate of ONNX, its number in PyTorch
     */
    private record Kind(String type, int states, int[] gates, Map<String, Object> attributes) {}

    private static List<String> print(Call call, Kind kind) {
        Node node = call.node();
        long units = call.attributes().integer("units");
        int ways = call.attributes().flag("bidirectional") ? 2 : 1;
        int layers = Math.toIntExact(call.attributes().integer("layers"));
        Map<String, Object> attributes = new HashMap<>(kind.attributes());
        attributes.put("hidden_size", units);
        attributes.put("direction", ways == 2 ? "bidirectional" : "forward");
        Shape shape = call.shape(0);
        String value = call.add("Transpose", Map.of("perm", List.of(1L, 0L, 2L)), call.operand(0));
        List<List<String>> last = new ArrayList<>();
        for (int i = 0; i < kind.states(); i++) {
            last.add(new ArrayList<>());
        }
        for (int layer = 0; layer < layers; layer++) {
            int first = 1 + kind.states() + layer * ways * PARAMETERS;
            List<Tensor> weights = node.inputs().subList(first, first + ways * PARAMETERS);
            List<String> inputs = new ArrayList<>(List.of(value));
            inputs.addAll(weights(call, kind, weights, units));
            inputs.add("");
            for (int state = 0; state < kind.states(); state++) {
                inputs.add(start(call, 1 + state, (long) layer * ways, ways));
            }
            while (inputs.get(inputs.size() - 1).isEmpty()) {
                inputs.remove(inputs.size() - 1);
            }
            List<String> outputs = call.many(kind.type(), attributes, 1 + kind.states(), inputs);
            for (int i = 0; i < kind.states(); i++) {
                last.get(i).add(outputs.get(1 + i));
            }
            // [length, ways, N, units]
            String perm = call.add(
                    "Transpose",
                    Map.of("perm", layer == layers - 1 ? List.of(2L, 0L, 1L, 3L) : List.of(0L, 2L, 1L, 3L)),
                    outputs.get(0));
            value = call.reshape(
                    perm,
                    layer == layers - 1 ? call.result().shape() : Shape.of(shape.size(1), shape.size(0), ways * units));
        }
        List<String> out = new ArrayList<>(List.of(value));
        last.forEach(states -> out.add(
                layers == 1 ? states.get(0) : call.add("Concat", Map.of("axis", 0L), states.toArray(String[]::new))));
        return out;
    }

    /** The state to begin with, of one layer; left out where it is zeros. */
    private static String start(Call call, int operand, long from, long ways) {
        Tensor state = call.node().inputs().get(operand);
        boolean isZero = state.node().op() == ArithmeticOps.FULL
                && state.node().attributes().real("value") == 0;
        if (isZero) {
            return "";
        }
        return state.size(0) == ways
                ? call.operand(operand)
                : ShapingRows.slice(call, call.operand(operand), 0, from, from + ways);
    }

    private static List<String> weights(Call call, Kind kind, List<Tensor> weights, long units) {
        List<Source.Piece> input = new ArrayList<>();
        List<Source.Piece> state = new ArrayList<>();
        List<Source.Piece> biases = new ArrayList<>();
        long ways = weights.size() / PARAMETERS;
        for (int way = 0; way < ways; way++) {
            List<Tensor> own = weights.subList(way * PARAMETERS, (way + 1) * PARAMETERS);
            for (Tensor weight : own) {
                if (weight.node().op() != Ops.PARAMETER && weight.node().op() != Ops.BUFFER) {
                    throw call.refusal("its weights are calculated", "give it parameters");
                }
            }
            gates(kind, own.get(0), input);
            gates(kind, own.get(1), state);
            gates(kind, own.get(2), biases);
            gates(kind, own.get(3), biases);
        }
        long rows = kind.gates().length * units;
        long in = weights.get(0).size(1);
        return List.of(
                call.out().gather(call.name("W"), List.of(ways, rows, in), input),
                call.out().gather(call.name("R"), List.of(ways, rows, units), state),
                call.out().gather(call.name("B"), List.of(ways, 2 * rows), biases));
    }

    private static void gates(Kind kind, Tensor weight, List<Source.Piece> into) {
        String name = String.valueOf(weight.node().attributes().find("name"));
        long count = weight.shape().count() / kind.gates().length;
        for (int gate : kind.gates()) {
            into.add(new Source.Piece(name, gate * count, count));
        }
    }
}
