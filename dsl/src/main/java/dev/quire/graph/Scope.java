package dev.quire.graph;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a layer sees of the graph it adds ops to: its place, its parameters and whether the network is training. */
public final class Scope {
    private final GraphBuilder builder;
    private final String path;
    private final boolean again;
    private final Starts starts;
    private final @Nullable Tensor mask;

    private Scope(GraphBuilder builder, String path, boolean again, Starts starts, @Nullable Tensor mask) {
        this.builder = builder;
        this.path = path;
        this.again = again;
        this.starts = starts;
        this.mask = mask;
    }

    /** How parameters and buffers start, in place of how their layers have it. */
    @FunctionalInterface
    public interface Starts {
        /**
         * How one starts.
         *
         * @param name of the parameter or buffer, from the root
         * @param type its element type and shape
         * @param usual how its layer has it
         */
        Init of(String name, TensorType type, Init usual);
    }

    /** The outermost scope of a graph. */
    public static Scope root(GraphBuilder builder) {
        return new Scope(builder, "", false, (name, type, usual) -> usual, null);
    }

    public boolean training() {
        return builder.training();
    }

    /** Whether a parameter of this layer stays as it is. */
    public boolean isFrozen(String name) {
        return builder.isFrozen(name(name));
    }

    /** This place with other starts for what is declared in it; those of the outermost decide. */
    public Scope starting(Starts other) {
        return new Scope(
                builder, path, again, (name, type, usual) -> starts.of(name, type, other.of(name, type, usual)), mask);
    }

    /**
     * This place, where attention heeds a mask.
     *
     * @param mask what is added to the scores of each place, {@code [N, 1, 1, length]}
     */
    public Scope masking(Tensor mask) {
        return new Scope(builder, path, again, starts, mask);
    }

    /** What attention adds to the scores of each place, {@code [N, 1, 1, length]}; null where it sees all of them. */
    public @Nullable Tensor mask() {
        return mask;
    }

    /** The dotted name of this place; empty at the root. */
    public String path() {
        return path;
    }

    /** A trainable float parameter of this layer. */
    public Tensor parameter(String name, Init init, long... sizes) {
        TensorType type = new TensorType(DType.FLOAT32, Shape.of(sizes));
        return again
                ? builder.declared(name(name), type)
                : builder.parameter(name(name), type, starts.of(name(name), type, init));
    }

    /** A value kept with the parameters that has no gradient. */
    public Tensor buffer(String name, DType dtype, Init init, long... sizes) {
        TensorType type = new TensorType(dtype, Shape.of(sizes));
        return again
                ? builder.declared(name(name), type)
                : builder.buffer(name(name), type, starts.of(name(name), type, init));
    }

    /** Values known now, row-major, as a FLOAT32 tensor. */
    public Tensor constant(List<Double> values, long... sizes) {
        return builder.add(
                ArithmeticOps.CONSTANT,
                Attributes.of("values", List.copyOf(values))
                        .with("shape", Shape.of(sizes))
                        .with("dtype", DType.FLOAT32));
    }

    /** Runs a part of the layer in a scope of its own. */
    public <T> T within(String name, Supplier<String> description, Function<Scope, T> body) {
        return inside(new Scope(builder, name(name), again, starts, mask), description, body);
    }

    /** Puts a child layer into a scope of its own, and notes it among the {@link GraphBuilder#parts}. */
    public List<Tensor> place(String name, Object layer, Function<Scope, List<Tensor>> body) {
        return builder.part(name(name), layer, () -> within(name, layer::toString, body));
    }

    /**
     * Puts a layer that keeps its parameters wherever it is put: they are declared at its first place, under this name
     * alone, and used again at every other.
     */
    public List<Tensor> shared(String name, Object layer, Function<Scope, List<Tensor>> body) {
        return inside(new Scope(builder, name, builder.isShared(name, layer), starts, mask), layer::toString, body);
    }

    private <T> T inside(Scope child, Supplier<String> description, Function<Scope, T> body) {
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
