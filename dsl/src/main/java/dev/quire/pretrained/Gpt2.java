package dev.quire.pretrained;

import static dev.quire.model.LayerOptions.noBias;
import static dev.quire.model.Layers.block;
import static dev.quire.model.Layers.dense;
import static dev.quire.model.Layers.embedding;
import static dev.quire.model.Layers.layerNorm;
import static dev.quire.model.Layers.positionalEmbedding;
import static dev.quire.model.Layers.shared;
import static dev.quire.model.Layers.unembedding;

import dev.quire.model.Layer;
import dev.quire.model.Sequential;
import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of a GPT-2, Radford et al. 2019. It is given tokens {@code [length]}, and its head gives scores of the next
 * token at each place.
 *
 * @param vocabulary how many tokens there are
 * @param length the most places
 * @param layers how many transformer blocks
 * @param blocks what a block is like
 * @param embeddingDropout of the sum of token and place, in training
 * @param isTied whether the head's weights are those of the embedding
 */
record Gpt2(int vocabulary, int length, int layers, TransformerLayer blocks, double embeddingDropout, boolean isTied)
        implements Design {
    private static final String TABLE = "wte";

    static final Naming NAMING = Naming.prefixed(
            "transformer.",
            Naming.row("wte\\.weight|embeddings\\.tokens\\.weight", "wte.weight"),
            Naming.row("embeddings\\.positions\\.weight", "wpe.weight"),
            Naming.row("decoder\\.layer(\\d+)\\.attention\\.norm\\.(.*)", "h.$1.ln_1.$2"),
            Naming.row(
                    "decoder\\.layer(\\d+)\\.attention\\.self\\.in_proj_weight",
                    Naming.Layout.TRANSPOSED,
                    "h.$1.attn.c_attn.weight"),
            Naming.row("decoder\\.layer(\\d+)\\.attention\\.self\\.in_proj_bias", "h.$1.attn.c_attn.bias"),
            Naming.row(
                    "decoder\\.layer(\\d+)\\.attention\\.self\\.out_proj\\.weight",
                    Naming.Layout.TRANSPOSED,
                    "h.$1.attn.c_proj.weight"),
            Naming.row("decoder\\.layer(\\d+)\\.attention\\.self\\.out_proj\\.bias", "h.$1.attn.c_proj.bias"),
            Naming.row("decoder\\.layer(\\d+)\\.dense\\.norm\\.(.*)", "h.$1.ln_2.$2"),
            Naming.row(
                    "decoder\\.layer(\\d+)\\.dense\\.expand\\.weight",
                    Naming.Layout.TRANSPOSED,
                    "h.$1.mlp.c_fc.weight"),
            Naming.row("decoder\\.layer(\\d+)\\.dense\\.expand\\.bias", "h.$1.mlp.c_fc.bias"),
            Naming.row(
                    "decoder\\.layer(\\d+)\\.dense\\.contract\\.weight",
                    Naming.Layout.TRANSPOSED,
                    "h.$1.mlp.c_proj.weight"),
            Naming.row("decoder\\.layer(\\d+)\\.dense\\.contract\\.bias", "h.$1.mlp.c_proj.bias"),
            Naming.row("norm\\.(.*)", "ln_f.$1"),
            Naming.row("head\\.weight", "lm_head.weight"));

    static Gpt2 of(Configuration config) {
        config.refuseUnless("scale_attn_weights", true);
        config.refuseUnless("scale_attn_by_inverse_layer_idx", false);
        config.refuseUnless("add_cross_attention", false);
        int units = config.number("n_embd", 768);
        return new Gpt2(
                config.number("vocab_size", 50257),
                config.number("n_positions", 1024),
                config.number("n_layer", 12),
                new TransformerLayer(
                        units,
                        config.number("n_head", 12),
                        config.number("n_inner", 4 * units),
                        config.activation("activation_function", "gelu_new"),
                        config.real("resid_pdrop", 0.1),
                        config.real("attn_pdrop", 0.1),
                        config.real("layer_norm_epsilon", 1e-5),
                        TransformerLayer.Kind.WRITING),
                config.real("embd_pdrop", 0.1),
                config.flag("tie_word_embeddings", true));
    }

    @Override
    public List<Layer> body() {
        return body(block("tokens", embedding(vocabulary, blocks.units())));
    }

    private List<Layer> body(Layer tokens) {
        return List.of(
                block(
                        "embeddings",
                        Design.kept(
                                tokens,
                                block("positions", positionalEmbedding(length)),
                                Design.dropout(embeddingDropout))),
                blocks.stack("decoder", layers),
                block("norm", layerNorm(1, blocks.eps())));
    }

    @Override
    public Layer network(int outputs) {
        if (!isTied) {
            return Design.super.network(outputs);
        }
        List<Layer> all = new ArrayList<>(body(shared(TABLE, embedding(vocabulary, blocks.units()))));
        all.add(unembedding(TABLE, vocabulary));
        return new Sequential(all);
    }

    @Override
    public List<Layer> head(int outputs) {
        return List.of(block("head", dense(outputs, noBias())));
    }
}
