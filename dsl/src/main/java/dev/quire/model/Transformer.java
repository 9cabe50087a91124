package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;

/**
 * A transformer block over sequences {@code [N, length, units]}, Vaswani et al. 2017: self-attention, then two dense
 * layers at each place, each with a way past it. Parameters and their start are those of PyTorch's
 * {@code TransformerEncoderLayer}.
 *
 * <p>An encoder block sees the whole sequence; its defaults are PyTorch's: post-norm, ReLU, 2048 hidden units, dropout
 * 0.1. A decoder block is the one of GPT-2, Radford et al. 2019: a place sees only those before it, and there is no
 * attention to a second sequence; its defaults are pre-norm, GELU, four times the units hidden, dropout 0.1.
 *
 * @param kind encoder or decoder
 * @param heads of attention; must divide the units
 * @param hidden units between the two dense layers; 0 for four times the block's
 * @param activation between the two dense layers
 * @param preNorm whether to normalise before attention and dense layers, or after
 * @param dropout in training, of the attention, between the dense layers, and of what is added to the way past
 */
public record Transformer(Kind kind, int heads, int hidden, Activation activation, boolean preNorm, double dropout)
        implements Unary {
    static final int ENCODER_HIDDEN = 2048;
    static final double DROPOUT = 0.1;

    /** Who sees whom. */
    public enum Kind {
        /** Every place sees every other. */
        ENCODER("transformerEncoder"),
        /** A place sees those before it, and itself. */
        DECODER("transformerDecoder");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    public Transformer {
        Check.positive(kind.word, "heads", heads);
        Check.atLeast(kind.word, "hidden", hidden, 0);
        Check.rate(kind.word, dropout);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        Sequences.expect(input);
        if (preNorm) {
            Tensor seen = input.add(attend(scope, norm(scope, "norm1", input)));
            return seen.add(think(scope, norm(scope, "norm2", seen)));
        }
        Tensor seen = norm(scope, "norm1", input.add(attend(scope, input)));
        return norm(scope, "norm2", seen.add(think(scope, seen)));
    }

    private Tensor attend(Scope scope, Tensor input) {
        Layer attention = new SelfAttention(heads, kind == Kind.DECODER, dropout, true);
        return drop(scope, Placement.apply(scope, "self_attn", attention, input));
    }

    private Tensor think(Scope scope, Tensor input) {
        int units = Math.toIntExact(input.size(2));
        int wide = hidden == 0 ? Math.multiplyExact(4, units) : hidden;
        Tensor between = Placement.apply(scope, "linear1", new Dense(wide, true), input);
        between = drop(scope, activation.forward(scope, between));
        return drop(scope, Placement.apply(scope, "linear2", new Dense(units, true), between));
    }

    private Tensor norm(Scope scope, String name, Tensor input) {
        return Placement.apply(scope, name, new LayerNorm(1, 1e-5), input);
    }

    private Tensor drop(Scope scope, Tensor input) {
        return new Dropout(dropout).forward(scope, input);
    }

    @Override
    public String toString() {
        boolean encoder = kind == Kind.ENCODER;
        StringBuilder out = new StringBuilder(kind.word).append('(').append(heads);
        if (hidden != (encoder ? ENCODER_HIDDEN : 0)) {
            out.append(", hidden(").append(hidden).append(')');
        }
        if (activation.function() != (encoder ? Activation.Function.RELU : Activation.Function.GELU)) {
            out.append(", ").append(activation);
        }
        if (preNorm == encoder) {
            out.append(encoder ? ", preNorm()" : ", postNorm()");
        }
        return out.append(dropout == DROPOUT ? ")" : ", dropout(" + dropout + "))")
                .toString();
    }
}
