package dev.quire.pretrained;

import static dev.quire.model.Layers.activation;
import static dev.quire.model.Layers.block;
import static dev.quire.model.Layers.dense;
import static dev.quire.model.Layers.embedding;
import static dev.quire.model.Layers.layerNorm;
import static dev.quire.model.Layers.masking;
import static dev.quire.model.Layers.positionalEmbedding;
import static dev.quire.model.Layers.select;

import dev.quire.model.Activation;
import dev.quire.model.Layer;
import java.util.List;
import java.util.OptionalInt;

/**
 * The sizes of a BERT encoder, Devlin et al. 2018. It is given tokens {@code [length]} of one sentence, and gives
 * what is gathered at the first.
 *
 * @param vocabulary how many tokens there are
 * @param length the most places
 * @param layers how many transformer blocks
 * @param blocks what a block is like
 * @param padding the token that fills up, which attention passes over; empty where none is
 * @param headDropout before the head, in training
 */
record Bert(int vocabulary, int length, int layers, TransformerLayer blocks, OptionalInt padding, double headDropout)
        implements Design {
    static final Naming NAMING = Naming.prefixed(
            "bert.",
            Naming.row("embeddings\\.tokens\\.weight", "embeddings.word_embeddings.weight"),
            // One kind of sentence: its row is the same at every place, and is added to the places'.
            Naming.row(
                    "embeddings\\.positions\\.weight",
                    Naming.Layout.PLUS_FIRST_ROW,
                    "embeddings.position_embeddings.weight",
                    "embeddings.token_type_embeddings.weight"),
            Naming.row("embeddings\\.norm\\.(.*)", "embeddings.LayerNorm.$1"),
            Naming.row(
                    "encoder\\.layer(\\d+)\\.attention\\.sum\\.self\\.in_proj_(.*)",
                    Naming.Layout.JOINED,
                    "encoder.layer.$1.attention.self.query.$2",
                    "encoder.layer.$1.attention.self.key.$2",
                    "encoder.layer.$1.attention.self.value.$2"),
            Naming.row(
                    "encoder\\.layer(\\d+)\\.attention\\.sum\\.self\\.out_proj\\.(.*)",
                    "encoder.layer.$1.attention.output.dense.$2"),
            Naming.row(
                    "encoder\\.layer(\\d+)\\.attention\\.norm\\.(.*)",
                    "encoder.layer.$1.attention.output.LayerNorm.$2"),
            Naming.row("encoder\\.layer(\\d+)\\.dense\\.sum\\.expand\\.(.*)", "encoder.layer.$1.intermediate.dense.$2"),
            Naming.row("encoder\\.layer(\\d+)\\.dense\\.sum\\.contract\\.(.*)", "encoder.layer.$1.output.dense.$2"),
            Naming.row("encoder\\.layer(\\d+)\\.dense\\.norm\\.(.*)", "encoder.layer.$1.output.LayerNorm.$2"),
            Naming.row("pooler\\.(.*)", "pooler.dense.$1"),
            Naming.row("head\\.(.*)", "classifier.$1"));

    static Bert of(Configuration config) {
        config.refuseUnless("position_embedding_type", "absolute");
        config.refuseUnless("is_decoder", false);
        double dropout = config.real("hidden_dropout_prob", 0.1);
        return new Bert(
                config.number("vocab_size", 30522),
                config.number("max_position_embeddings", 512),
                config.number("num_hidden_layers", 12),
                new TransformerLayer(
                        config.number("hidden_size", 768),
                        config.number("num_attention_heads", 12),
                        config.number("intermediate_size", 3072),
                        config.activation("hidden_act", "gelu"),
                        dropout,
                        config.real("attention_probs_dropout_prob", 0.1),
                        config.real("layer_norm_eps", 1e-12),
                        TransformerLayer.Kind.READING),
                config.token("pad_token_id", 0),
                config.real("classifier_dropout", dropout));
    }

    @Override
    public Layer network(int outputs) {
        return masked(Design.super.network(outputs));
    }

    @Override
    public Layer backbone() {
        return masked(Design.super.backbone());
    }

    private Layer masked(Layer network) {
        return padding.isPresent() ? masking(padding.getAsInt(), network) : network;
    }

    @Override
    public List<Layer> body() {
        return List.of(
                block(
                        "embeddings",
                        Design.kept(
                                block("tokens", embedding(vocabulary, blocks.units())),
                                block("positions", positionalEmbedding(length)),
                                block("norm", layerNorm(1, blocks.eps())),
                                Design.dropout(blocks.dropout()))),
                blocks.stack("encoder", layers),
                select(1, 0),
                block("pooler", dense(blocks.units())),
                activation(Activation.Function.TANH));
    }

    @Override
    public List<Layer> head(int outputs) {
        return List.of(Design.kept(Design.dropout(headDropout), block("head", dense(outputs))));
    }
}
