package dev.quire.compile.onnx;

import dev.quire.graph.DType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights of matrix products and convolutions as 8-bit numbers, with one scale for each output channel: a quarter of the
 * bytes. They become 32-bit numbers again before they are used; what is calculated stays in 32 bits.
 */
final class Quantization {
    /** The largest 8-bit number used: as far from 0 as the smallest. */
    private static final float LARGEST = 127;

    private final Map<String, Initializer> initializers = new LinkedHashMap<>();
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Map<String, String> done = new LinkedHashMap<>();
    private final WeightSource weights;

    private Quantization(OnnxGraph graph, WeightSource weights) {
        this.weights = weights;
        graph.initializers().forEach(each -> initializers.put(each.name(), each));
    }

    static OnnxGraph apply(OnnxGraph graph, WeightSource weights) throws IOException {
        Quantization work = new Quantization(graph, weights);
        for (OnnxNode node : graph.nodes()) {
            work.rewrite(node);
        }
        // A parameter may still be needed as it was, by an embedding of the same weights.
        List<Initializer> kept = work.initializers.values().stream()
                .filter(each ->
                        work.nodes.stream().anyMatch(node -> node.inputs().contains(each.name())))
                .toList();
        return new OnnxGraph(graph.inputs(), graph.outputs(), work.nodes, kept, graph.types());
    }

    private void rewrite(OnnxNode node) throws IOException {
        int axis = channels(node);
        Initializer weight = axis < 0 ? null : initializers.get(node.inputs().get(1));
        if (weight == null
                || weight.type() != Proto.type(DType.FLOAT32)
                || weight.sizes().size() < 2
                || !(weight.source() instanceof Source.Pieces pieces)
                || pieces.pieces().size() != 1) {
            nodes.add(node);
            return;
        }
        Source.Piece piece = pieces.pieces().get(0);
        int place = node.type().equals("MatMul") ? weight.sizes().size() - 1 : axis;
        List<String> inputs = new ArrayList<>(node.inputs());
        String key = weight.name() + "@" + place;
        String known = done.get(key);
        if (known == null) {
            known = quantize(weight, piece, place);
            done.put(key, known);
        }
        inputs.set(1, known);
        nodes.add(node.with(inputs, node.outputs()));
    }

    /** Which axis of the second operand holds the output channels; negative where it is left as it is. */
    private static int channels(OnnxNode node) {
        return switch (node.type()) {
            case "Conv", "Gemm" -> 0;
            case "ConvTranspose", "MatMul" -> 1;
            default -> -1;
        };
    }

    private String quantize(Initializer weight, Source.Piece piece, int axis) throws IOException {
        int channels = Math.toIntExact(weight.sizes().get(axis));
        long inner = weight.sizes().stream().skip(axis + 1L).reduce(1L, Math::multiplyExact);
        float[] scales = scales(piece, channels, inner);
        double[] values = new double[channels];
        for (int i = 0; i < channels; i++) {
            values[i] = scales[i];
        }
        String number = weight.name() + ".int8." + axis;
        add(new Initializer(number, Proto.INT8, weight.sizes(), new Source.Quantized(piece, inner, scales)));
        add(new Initializer(
                number + ".scale",
                Proto.type(DType.FLOAT32),
                List.of((long) channels),
                new Source.Known(Literals.bytes(DType.FLOAT32, values))));
        String name = number + "/DequantizeLinear";
        nodes.add(new OnnxNode(
                name, "DequantizeLinear", List.of(number, number + ".scale"), List.of(name), Map.of("axis", (long)
                        axis)));
        return name;
    }

    private void add(Initializer initializer) {
        initializers.put(initializer.name(), initializer);
    }

    private float[] scales(Source.Piece piece, int channels, long inner) throws IOException {
        float[] scales = new float[channels];
        Channels.read(piece, weights, inner, channels, (channel, values, from, to) -> {
            float largest = scales[channel];
            for (int i = from; i < to; i++) {
                largest = Math.max(largest, Math.abs(values[i]));
            }
            scales[channel] = largest;
        });
        for (int i = 0; i < channels; i++) {
            scales[i] = scales[i] == 0 ? 1 : scales[i] / LARGEST;
        }
        return scales;
    }
}
