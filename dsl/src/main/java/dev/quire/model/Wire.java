package dev.quire.model;

import dev.quire.QuireException;
import dev.quire.graph.TensorType;
import java.util.List;

/**
 * A value between layers in the functional form: an {@code input(…)}, or what {@code layer.on(wire…)} gives. It is
 * worked out once, however many layers it goes to; a layer that is put on two wires is two layers, each with parameters
 * of its own, unless it is {@code shared(…)}. Compared by identity.
 */
public final class Wire {
    private final Origin origin;
    private final int output;

    private Wire(Origin origin, int output) {
        this.origin = origin;
        this.output = output;
    }

    /** Where a value comes from. */
    sealed interface Origin {}

    /** Passed in; the type is that of one example, without the batch. */
    static final class Given implements Origin {
        private final TensorType type;

        private Given(TensorType type) {
            this.type = type;
        }

        TensorType type() {
            return type;
        }
    }

    /** A layer on wires. */
    static final class Applied implements Origin {
        private final Layer layer;
        private final List<Wire> inputs;

        private Applied(Layer layer, List<Wire> inputs) {
            this.layer = layer;
            this.inputs = List.copyOf(inputs);
        }

        Layer layer() {
            return layer;
        }

        List<Wire> inputs() {
            return inputs;
        }
    }

    static Wire input(TensorType type) {
        return new Wire(new Given(type), 0);
    }

    static Wire of(Layer layer, List<Wire> inputs) {
        if (inputs.isEmpty()) {
            throw new QuireException(layer + ".on() needs a wire at least, as in " + layer + ".on(input(3, 64, 64))");
        }
        return new Wire(new Applied(layer, inputs), 0);
    }

    Origin origin() {
        return origin;
    }

    int index() {
        return output;
    }

    /** Another output of the same layer, for a layer that has several; a wire is output 0 to begin with. */
    public Wire output(int index) {
        Check.atLeast("output", "the index", index, 0);
        return new Wire(origin, index);
    }

    @Override
    public String toString() {
        String from = origin instanceof Applied applied ? applied.layer.toString() : "input " + ((Given) origin).type;
        return output == 0 ? from : from + ", output " + output;
    }
}
