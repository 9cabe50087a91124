package dev.quire.graph;

import java.util.List;
import java.util.stream.IntStream;

/** One op applied in a graph. Compared by identity. */
public final class Node {
    private final GraphBuilder builder;
    private final int id;
    private final Op op;
    private final List<Tensor> inputs;
    private final Attributes attributes;
    private final List<TensorType> types;
    private final String layer;

    Node(
            GraphBuilder builder,
            int id,
            Op op,
            List<Tensor> inputs,
            Attributes attributes,
            List<TensorType> types,
            String layer) {
        this.builder = builder;
        this.id = id;
        this.op = op;
        this.inputs = List.copyOf(inputs);
        this.attributes = attributes;
        this.types = List.copyOf(types);
        this.layer = layer;
    }

    /** Its number: inputs have smaller ones. */
    public int id() {
        return id;
    }

    public Op op() {
        return op;
    }

    public List<Tensor> inputs() {
        return inputs;
    }

    public Attributes attributes() {
        return attributes;
    }

    public List<TensorType> types() {
        return types;
    }

    /** The dotted name of the layer that added it, empty outside any layer. */
    public String layer() {
        return layer;
    }

    public Tensor output(int index) {
        return new Tensor(this, index);
    }

    public List<Tensor> outputs() {
        return IntStream.range(0, types.size()).mapToObj(this::output).toList();
    }

    GraphBuilder builder() {
        return builder;
    }

    @Override
    public String toString() {
        return "%" + id + " = " + op + inputs + (attributes.values().isEmpty() ? "" : attributes.values()) + " "
                + types;
    }
}
