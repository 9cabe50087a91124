package dev.quire.graph;

import java.util.List;
import java.util.function.Supplier;

/** What a layer sees of the graph it adds ops to: its place, its parameters and whether the network is training. */
public final class Scope {
    private final GraphBuilder builder;
    private final String path;

    private Scope(GraphBuilder builder, String path) {
        this.builder = builder;
        this.path = path;
    }

    /** The outermost scope of a graph. */
    public static Scope root(GraphBuilder builder) {
        return new Scope(builder, "");
    }

    public boolean training() {
        return builder.training();
    }

    /** The dotted name of this place; empty at the root. */
    public String path() {
        return path;
    }

    /** A trainable float parameter of this layer. */
    public Tensor parameter(String name, Init init, long... sizes) {
        return builder.parameter(name(name), new TensorType(DType.FLOAT32, Shape.of(sizes)), init);
    }

    /** A value kept with the parameters that has no gradient. */
    public Tensor buffer(String name, DType dtype, Init init, long... sizes) {
        return builder.buffer(name(name), new TensorType(dtype, Shape.of(sizes)), init);
    }

    /** Values known now, row-major, as a FLOAT32 tensor. */
    public Tensor constant(List<Double> values, long... sizes) {
        return builder.add(
                ArithmeticOps.CONSTANT,
                Attributes.of("values", List.copyOf(values))
                        .with("shape", Shape.of(sizes))
                        .with("dtype", DType.FLOAT32));
    }

    /** Runs a part of the layer, or a child layer, in a scope of its own. */
    public <T> T within(String name, Supplier<String> description, java.util.function.Function<Scope, T> body) {
        Scope child = new Scope(builder, name(name));
        String before = builder.layer(child.path);
        try {
            return body.apply(child);
        } catch (ShapeException e) {
            throw e.at("layer " + child.path + ", " + description.get());
        } finally {
            builder.layer(before);
        }
    }

    private String name(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Adds an op with one output, for ops that {@link Tensor} has no method for. */
    public Tensor add(Op op, Attributes attributes, Tensor... operands) {
        return builder.add(op, attributes, operands);
    }

    /** Adds an op with several outputs. */
    public Node node(Op op, Attributes attributes, List<Tensor> operands) {
        return builder.node(op, attributes, operands);
    }
}
