package dev.quire.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the op table: what comes out, how libtorch is asked for it, and how a gradient flows back.
 *
 * @param name unique in the table
 * @param types the types of the outputs, from those of the inputs; refuses inputs that do not fit
 * @param torch the TorchScript call: <code>{0}</code> is the first input, <code>{1?}</code> the second or {@code None},
 *     <code>{*}</code> all of them, <code>{name}</code> an attribute; a shape prints with the batch size in place of
 *     its negative sizes, <code>{name:count}</code> is the number of its elements
 * @param gradient how a gradient flows back; where there is none the program asks {@code torch.grad} for this node
 * @param kind what a rewrite may assume of it
 */
public record Op(
        String name, TypeRule types, String torch, @Nullable GradientRule gradient, Kind kind) {
    /** What a rewrite may assume of an op. */
    public enum Kind {
        /** An input, parameter or buffer: printed by no call. */
        LEAF,
        /** Equal inputs give equal outputs and nothing else happens. */
        PURE,
        /** Draws from the random stream: never merged, dropped when unused. */
        RANDOM,
        /** Changes a buffer: never dropped. */
        EFFECT
    }

    /** Output types from input types and attributes. */
    @FunctionalInterface
    public interface TypeRule {
        List<TensorType> infer(List<TensorType> inputs, Attributes attributes);
    }

    /** The gradients of the inputs from that of the first output. */
    @FunctionalInterface
    public interface GradientRule {
        List<@Nullable Tensor> apply(Backward backward);
    }

    /** A row with one output whose gradient is left to {@code torch.grad}. */
    public static Op of(String name, SingleRule rule, String torch) {
        return new Op(name, (inputs, attributes) -> List.of(rule.infer(inputs, attributes)), torch, null, Kind.PURE);
    }

    /** A row with several outputs. */
    public static Op many(String name, TypeRule rule, String torch) {
        return new Op(name, rule, torch, null, Kind.PURE);
    }

    public Op gradient(GradientRule rule) {
        return new Op(name, types, torch, rule, kind);
    }

    boolean isLeaf() {
        return kind == Kind.LEAF;
    }

    public Op kind(Kind other) {
        return new Op(name, types, torch, gradient, other);
    }

    /** The type of the only output. */
    @FunctionalInterface
    public interface SingleRule {
        TensorType infer(List<TensorType> inputs, Attributes attributes);
    }

    @Override
    public String toString() {
        return name;
    }
}
