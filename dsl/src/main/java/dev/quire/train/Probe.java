package dev.quire.train;

import dev.quire.compile.torchscript.Methods;
import dev.quire.compile.torchscript.Script;
import dev.quire.graph.Graph;
import dev.quire.graph.Shape;
import java.util.List;

/**
 * A question about a trained network that its own program does not answer: a small second program over the same
 * weights, made when it is asked.
 *
 * @param graph from the inputs of the network to what is asked for
 */
public record Probe(Graph graph) {
    static final String METHOD = "ask";

    /**
     * Where in a picture the last convolution found what speaks for a class: the outputs, and a map for each example. It
     * is given how much each output counts: 1 for the class asked about.
     *
     * @throws dev.quire.QuireException when there is no convolution of pictures
     */
    public static Probe gradCam(Plan plan) {
        return new Probe(lowering(plan).gradCam());
    }

    /** What the last dense layer is given, a row an example; the outputs where there is no dense layer. */
    public static Probe hidden(Plan plan) {
        return new Probe(lowering(plan).hidden());
    }

    private static Lowering lowering(Plan plan) {
        return new Lowering(plan.model(), plan.data(), plan.spec(), plan.loss(), plan.metrics(), false);
    }

    /** The shape of an output for one example. */
    public Shape shape(int output) {
        return graph.outputs().get(output).shape().unbatched();
    }

    Script script() {
        return new Script(List.of(Methods.function(METHOD, graph)));
    }
}
