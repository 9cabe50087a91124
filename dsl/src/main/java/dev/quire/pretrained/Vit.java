package dev.quire.pretrained;

import static dev.quire.model.LayerOptions.stride;
import static dev.quire.model.Layers.block;
import static dev.quire.model.Layers.classToken;
import static dev.quire.model.Layers.layerNorm;
import static dev.quire.model.Layers.permute;
import static dev.quire.model.Layers.positionalEmbedding;
import static dev.quire.model.Layers.reshape;
import static dev.quire.model.Layers.select;
import static dev.quire.model.WindowLayers.conv;

import dev.quire.QuireException;
import dev.quire.model.Layer;
import java.util.List;

/**
 * The sizes of a vision transformer, Dosovitskiy et al. 2020. It is given images {@code [channels, image, image]}.
 *
 * @param image pixels a side
 * @param patch pixels a side of a patch; must divide the image's
 * @param layers how many transformer blocks
 * @param blocks what a block is like
 */
record Vit(int image, int patch, int layers, TransformerLayer blocks) implements Design {
    static final Naming NAMING = Naming.prefixed(
            "vit.",
            Naming.row("embeddings\\.patches\\.(.*)", "embeddings.patch_embeddings.projection.$1"),
            Naming.row("embeddings\\.token\\.weight", "embeddings.cls_token"),
            Naming.row(
                    "embeddings\\.positions\\.weight", Naming.Layout.ONE_MORE_AXIS, "embeddings.position_embeddings"),
            Naming.row("encoder\\.layer(\\d+)\\.attention\\.norm\\.(.*)", "encoder.layer.$1.layernorm_before.$2"),
            Naming.row(
                    "encoder\\.layer(\\d+)\\.attention\\.self\\.in_proj_(.*)",
                    Naming.Layout.JOINED,
                    "encoder.layer.$1.attention.attention.query.$2",
                    "encoder.layer.$1.attention.attention.key.$2",
                    "encoder.layer.$1.attention.attention.value.$2"),
            Naming.row(
                    "encoder\\.layer(\\d+)\\.attention\\.self\\.out_proj\\.(.*)",
                    "encoder.layer.$1.attention.output.dense.$2"),
            Naming.row("encoder\\.layer(\\d+)\\.dense\\.norm\\.(.*)", "encoder.layer.$1.layernorm_after.$2"),
            Naming.row("encoder\\.layer(\\d+)\\.dense\\.expand\\.(.*)", "encoder.layer.$1.intermediate.dense.$2"),
            Naming.row("encoder\\.layer(\\d+)\\.dense\\.contract\\.(.*)", "encoder.layer.$1.output.dense.$2"),
            Naming.row("norm\\.(.*)", "layernorm.$1"),
            Naming.row("head\\.(.*)", "classifier.$1"));

    Vit {
        if (image % patch != 0) {
            throw new QuireException("vit: patches of " + patch + " pixels do not divide images of " + image
                    + ": use another patch(…) or imageSize(…)");
        }
    }

    static Vit of(Configuration config) {
        config.refuseUnless("qkv_bias", true);
        return new Vit(
                config.number("image_size", 224),
                config.number("patch_size", 16),
                config.number("num_hidden_layers", 12),
                new TransformerLayer(
                        config.number("hidden_size", 768),
                        config.number("num_attention_heads", 12),
                        config.number("intermediate_size", 3072),
                        config.activation("hidden_act", "gelu"),
                        config.real("hidden_dropout_prob", 0),
                        config.real("attention_probs_dropout_prob", 0),
                        config.real("layer_norm_eps", 1e-12),
                        TransformerLayer.Kind.SEEING));
    }

    @Override
    public List<Layer> body() {
        int places = (image / patch) * (image / patch);
        return List.of(
                block(
                        "embeddings",
                        Design.kept(
                                block("patches", conv(blocks.units(), patch, stride(patch))),
                                reshape(blocks.units(), places),
                                permute(2, 1),
                                block("token", classToken()),
                                block("positions", positionalEmbedding(places + 1)),
                                Design.dropout(blocks.dropout()))),
                blocks.stack("encoder", layers),
                block("norm", layerNorm(1, blocks.eps())),
                select(1, 0));
    }
}
