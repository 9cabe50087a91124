package dev.quire.compile.onnx;

import com.google.protobuf.ByteString;
import dev.quire.graph.TensorType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts a printed graph into bytes: what describes it from memory, its weights from where they are. */
final class ModelWriter {
    /** The name of the batch size in the types of inputs and outputs. */
    private static final String BATCH = "batch";

    /** Smaller initializers stay in the file even where the weights are kept beside it. */
    private static final int SMALL = 1024;

    /** Weights kept beside the file begin at multiples of this, so that they can be mapped into memory. */
    private static final int PAGE = 4096;

    private final OnnxGraph graph;
    private final WeightSource weights;
    private final Description description;

    ModelWriter(OnnxGraph graph, WeightSource weights, Description description) {
        this.graph = graph;
        this.weights = weights;
        this.description = description;
    }

    /** How many bytes the weights and constants have. */
    long weightBytes() {
        return graph.initializers().stream()
                .mapToLong(each -> each.source().bytes())
                .sum();
    }

    /** Some bytes, and the weights after them. */
    private record Part(ByteString head, List<Initializer> weights) {
        long length() {
            return head.size()
                    + weights.stream().mapToLong(each -> each.source().bytes()).sum();
        }
    }

    /**
     * Writes the model.
     *
     * @param beside the name of the file with the weights; empty where they are in this one
     */
    void write(Sink sink, String beside) throws IOException {
        Map<String, Long> offsets = beside.isEmpty() ? Map.of() : offsets();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(description().content(), List.of()));
        for (Initializer each : graph.initializers()) {
            Long offset = offsets.get(each.name());
            parts.add(offset == null ? inline(each) : outside(each, beside, offset));
        }
        long length = parts.stream().mapToLong(Part::length).sum();
        sink.put(header().lengthOf(Proto.Model.GRAPH, length).content().toByteArray());
        for (Part part : parts) {
            sink.put(part.head().toByteArray());
            for (Initializer each : part.weights()) {
                each.source().write(sink, weights);
            }
        }
        sink.flush();
    }

    /** Writes the weights that are kept beside the model. */
    void writeData(Sink sink) throws IOException {
        Map<String, Long> offsets = offsets();
        for (Initializer each : graph.initializers()) {
            Long offset = offsets.get(each.name());
            if (offset != null) {
                sink.put(new byte[Math.toIntExact(offset - sink.position())]);
                each.source().write(sink, weights);
            }
        }
        sink.flush();
    }

    private Map<String, Long> offsets() {
        Map<String, Long> out = new HashMap<>();
        long at = 0;
        for (Initializer each : graph.initializers()) {
            if (each.source().bytes() >= SMALL) {
                at = (at + PAGE - 1) / PAGE * PAGE;
                out.put(each.name(), at);
                at += each.source().bytes();
            }
        }
        return out;
    }

    private static Part inline(Initializer initializer) {
        ByteString message = initializer
                .message()
                .lengthOf(Proto.Tensor.RAW_DATA, initializer.source().bytes())
                .content();
        long length = message.size() + initializer.source().bytes();
        ByteString head = new Message()
                .lengthOf(Proto.Graph.INITIALIZER, length)
                .content()
                .concat(message);
        return new Part(head, List.of(initializer));
    }

    private static Part outside(Initializer initializer, String beside, long offset) {
        Map<String, String> place = new LinkedHashMap<>();
        place.put("location", beside);
        place.put("offset", Long.toString(offset));
        place.put("length", Long.toString(initializer.source().bytes()));
        Message message = initializer
                .message()
                .entries(Proto.Tensor.EXTERNAL_DATA, place)
                .integer(Proto.Tensor.DATA_LOCATION, Proto.Tensor.EXTERNAL);
        return new Part(new Message().message(Proto.Graph.INITIALIZER, message).content(), List.of());
    }

    /** What stands before the graph. */
    private Message header() {
        Message operators =
                new Message().text(Proto.OperatorSet.DOMAIN, "").integer(Proto.OperatorSet.VERSION, OnnxFile.OPERATORS);
        Message out = new Message()
                .integer(Proto.Model.IR_VERSION, OnnxFile.FORMAT)
                .text(Proto.Model.PRODUCER_NAME, "Quire")
                .message(Proto.Model.OPSET_IMPORT, operators)
                .entries(Proto.Model.METADATA_PROPS, description.metadata());
        if (!description.version().isEmpty()) {
            out.text(Proto.Model.PRODUCER_VERSION, description.version());
        }
        if (!description.text().isEmpty()) {
            out.text(Proto.Model.DOC_STRING, description.text());
        }
        return out;
    }

    /** The graph without its initializers. */
    private Message description() {
        Message out = new Message();
        graph.nodes().forEach(node -> out.message(Proto.Graph.NODE, node.message()));
        out.text(Proto.Graph.NAME, description.name());
        graph.inputs()
                .forEach((name, type) -> out.message(
                        Proto.Graph.INPUT,
                        value(name, type, description.inputs().getOrDefault(name, ""))));
        graph.outputs()
                .forEach((name, type) -> out.message(Proto.Graph.OUTPUT, value(name, type, description.output())));
        graph.types().forEach((name, type) -> out.message(Proto.Graph.VALUE_INFO, value(name, type, "")));
        return out;
    }

    private static Message value(String name, TensorType type, String text) {
        Message shape = new Message();
        for (long size : type.shape().sizes()) {
            Message one = new Message();
            if (size > 0) {
                one.integer(Proto.Type.SIZE_VALUE, size);
            } else {
                one.text(Proto.Type.SIZE_NAME, size == -1 ? BATCH : -size + "*" + BATCH);
            }
            shape.message(Proto.Type.SHAPE_SIZE, one);
        }
        Message tensor = new Message()
                .integer(Proto.Type.TENSOR_ELEMENT, Proto.type(type.dtype()))
                .message(Proto.Type.TENSOR_SHAPE, shape);
        Message out = new Message()
                .text(Proto.ValueInfo.NAME, name)
                .message(Proto.ValueInfo.TYPE, new Message().message(Proto.Type.TENSOR, tensor));
        if (!text.isEmpty()) {
            out.text(Proto.ValueInfo.DOC_STRING, text);
        }
        return out;
    }
}
