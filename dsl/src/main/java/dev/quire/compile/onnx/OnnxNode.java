package dev.quire.compile.onnx;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One node of an ONNX graph.
 *
 * @param name unique in the graph
 * @param type the operator, such as {@code Conv}
 * @param inputs names of values; empty for an optional one that is left out
 * @param outputs names of values
 * @param attributes {@code Long}, {@code Double}, {@code String}, or a list of longs or of strings, by name
 */
record OnnxNode(String name, String type, List<String> inputs, List<String> outputs, Map<String, Object> attributes) {
    OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Map.copyOf(attributes);
    }

    OnnxNode with(List<String> otherInputs, List<String> otherOutputs) {
        return new OnnxNode(name, type, otherInputs, otherOutputs, attributes);
    }

    Message message() {
        Message out = new Message();
        inputs.forEach(input -> out.text(Proto.Node.INPUT, input));
        outputs.forEach(output -> out.text(Proto.Node.OUTPUT, output));
        out.text(Proto.Node.NAME, name).text(Proto.Node.OP_TYPE, type);
        new TreeMap<>(attributes).forEach((key, value) -> out.message(Proto.Node.ATTRIBUTE, attribute(key, value)));
        return out;
    }

    private static Message attribute(String name, Object value) {
        Message out = new Message().text(Proto.Attribute.NAME, name);
        int type;
        if (value instanceof Long number) {
            out.integer(Proto.Attribute.INTEGER, number);
            type = Proto.Attribute.TYPE_INTEGER;
        } else if (value instanceof Double number) {
            out.real(Proto.Attribute.REAL, number.floatValue());
            type = Proto.Attribute.TYPE_REAL;
        } else if (value instanceof String text) {
            out.text(Proto.Attribute.TEXT, text);
            type = Proto.Attribute.TYPE_TEXT;
        } else if (value instanceof List<?> list) {
            boolean numbers = list.stream().allMatch(Long.class::isInstance);
            for (Object each : list) {
                if (each instanceof Long number) {
                    out.integer(Proto.Attribute.INTEGERS, number);
                } else {
                    out.text(Proto.Attribute.TEXTS, each.toString());
                }
            }
            type = numbers ? Proto.Attribute.TYPE_INTEGERS : Proto.Attribute.TYPE_TEXTS;
        } else {
            throw new IllegalArgumentException("no attribute can be " + value);
        }
        return out.integer(Proto.Attribute.TYPE, type);
    }
}
