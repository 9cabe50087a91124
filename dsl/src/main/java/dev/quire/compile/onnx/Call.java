package dev.quire.compile.onnx;

import dev.quire.QuireException;
import dev.quire.graph.Attributes;
import dev.quire.graph.DType;
import dev.quire.graph.Node;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import java.util.List;
import java.util.Map;

/**
 * A node being printed: what a row of the table sees.
 *
 * @param node of the graph
 * @param operands the names of its inputs
 * @param out where what it prints goes
 */
record Call(Node node, List<String> operands, OnnxBuilder out) {
    Attributes attributes() {
        return node.attributes();
    }

    int count() {
        return operands.size();
    }

    String operand(int index) {
        return operands.get(index);
    }

    /** The type of an operand. */
    TensorType type(int index) {
        return node.inputs().get(index).type();
    }

    Shape shape(int index) {
        return type(index).shape();
    }

    /** The type of the first output. */
    TensorType result() {
        return node.types().get(0);
    }

    String add(String type, String... inputs) {
        return add(type, Map.of(), inputs);
    }

    String add(String type, Map<String, Object> attributes, String... inputs) {
        return many(type, attributes, 1, List.of(inputs)).get(0);
    }

    List<String> many(String type, Map<String, Object> attributes, int outputs, List<String> inputs) {
        return out.add(place(), type, attributes, inputs, outputs);
    }

    private String place() {
        return node.layer().isEmpty() ? "" : node.layer() + "/";
    }

    /** A name under this place. */
    String name(String wish) {
        return place() + wish;
    }

    /** One number of the type of the first operand. */
    String number(double value) {
        DType dtype = type(0).dtype();
        if (!dtype.isFloating() && value != Math.rint(value)) {
            throw refusal("whole numbers and " + value + " have no common type there", "cast(DType.FLOAT32) before it");
        }
        return out.constant(dtype, List.of(), value);
    }

    String longs(long... values) {
        return out.longs(values);
    }

    String longs(List<Long> values) {
        return out.longs(values.stream().mapToLong(Long::longValue).toArray());
    }

    /** The same values in another shape; a batch size in it is worked out by the one who runs it, where there is one. */
    String reshape(String value, Shape shape) {
        long[] sizes = shape.sizes();
        int free = 0;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] < 0) {
                sizes[i] = -1;
                free++;
            }
        }
        return add("Reshape", value, free > 1 ? out.shape(shape) : out.longs(sizes));
    }

    /** Why this node cannot be printed, where it is, and what to do. */
    QuireException refusal(String reason, String remedy) {
        return Refusals.of(node, reason, remedy);
    }
}
