package dev.quire.pretrained;

import static dev.quire.model.Layers.block;
import static dev.quire.model.Layers.dense;
import static dev.quire.model.Layers.layerNorm;
import static dev.quire.model.Layers.residual;

import dev.quire.model.Activation;
import dev.quire.model.Layer;
import dev.quire.model.SelfAttention;
import java.util.stream.IntStream;

/**
 * What the blocks of a transformer are like: attention and two dense layers, each with a way past it, normalised before
 * or after.
 *
 * @param units numbers at each place
 * @param heads of attention; must divide the units
 * @param hidden units between the two dense layers
 * @param activation between them
 * @param dropout in training, of what is added to the way past
 * @param attentionDropout in training, of the attention
 * @param eps added to variances
 * @param kind who sees whom, and where it is normalised
 */
record TransformerLayer(
        int units,
        int heads,
        int hidden,
        Activation activation,
        double dropout,
        double attentionDropout,
        double eps,
        Kind kind) {
    /** Who sees whom, and where it is normalised. */
    enum Kind {
        /** All see all, normalised before: as in a vision transformer. */
        SEEING,
        /** All see all, normalised after: as in BERT. */
        READING,
        /** A place sees those before it, normalised before: as in GPT-2. */
        WRITING
    }

    /** Blocks one after another, numbered: {@code "layer" + i}. */
    Layer stack(String name, int layers) {
        return Design.group(
                name,
                IntStream.range(0, layers)
                        .mapToObj(i -> block("layer" + i, attention(), thought()))
                        .toList());
    }

    private Layer attention() {
        Layer attention = new SelfAttention(heads, kind == Kind.WRITING, attentionDropout, true);
        return block("attention", around(block("self", attention), Design.dropout(dropout)));
    }

    private Layer thought() {
        return block(
                "dense",
                around(
                        block("expand", dense(hidden)),
                        activation,
                        block("contract", dense(units)),
                        Design.dropout(dropout)));
    }

    private Layer[] around(Layer... body) {
        Layer norm = block("norm", layerNorm(1, eps));
        Layer[] kept = Design.kept(body);
        if (kind == Kind.READING) {
            return new Layer[] {block("sum", residual(kept)), norm};
        }
        Layer[] all = new Layer[kept.length + 1];
        all[0] = norm;
        System.arraycopy(kept, 0, all, 1, kept.length);
        return new Layer[] {residual(all)};
    }
}
