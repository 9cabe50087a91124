package dev.quire.graph;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A change to a graph that keeps the mathematics and saves work.
 *
 * @param name what it is switched off by
 * @param rule what is built in place of a node
 * @param end what is built of an output of the graph
 */
public record Rewrite(String name, Rule rule, UnaryOperator<Tensor> end) {
    /** A rewrite that leaves the outputs of the graph as they are. */
    public Rewrite(String name, Rule rule) {
        this(name, rule, UnaryOperator.identity());
    }

    /** What is built in place of one node. */
    @FunctionalInterface
    public interface Rule {
        /**
         * Builds something else for a node, or nothing to leave it as it is.
         *
         * @param node of the old graph
         * @param operands its operands in the new graph
         * @param uses how often each node of the old graph is used
         * @return the outputs in the new graph, or null
         */
        @Nullable
        List<Tensor> apply(Node node, List<Tensor> operands, Uses uses);
    }

    /** How often the outputs of a node are used in the graph being rewritten. */
    @FunctionalInterface
    public interface Uses {
        int of(Node node);
    }
}
