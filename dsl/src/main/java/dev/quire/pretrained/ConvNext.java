package dev.quire.pretrained;

import static dev.quire.model.LayerOptions.padding;
import static dev.quire.model.LayerOptions.stride;
import static dev.quire.model.Layers.block;
import static dev.quire.model.Layers.dense;
import static dev.quire.model.Layers.layerNorm;
import static dev.quire.model.Layers.layerScale;
import static dev.quire.model.Layers.permute;
import static dev.quire.model.Layers.residual;
import static dev.quire.model.WindowLayers.conv;
import static dev.quire.model.WindowLayers.depthwiseConv;
import static dev.quire.model.WindowLayers.globalAveragePool;

import dev.quire.model.Activation;
import dev.quire.model.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of a ConvNeXt, Liu et al. 2022, without the dropping of whole blocks in training. It is given images
 * {@code [channels, height, width]}.
 *
 * @param patch pixels a side that the first convolution makes one place of
 * @param widths channels of each stage
 * @param depths blocks of each stage
 * @param activation between the dense layers of a block
 * @param scale the factors of a block's result at the start; 0 for none
 * @param eps added to the variance of the last normalisation
 */
record ConvNext(int patch, List<Integer> widths, List<Integer> depths, Activation activation, double scale, double eps)
        implements Design {
    private static final double INNER_EPS = 1e-6;

    static final Naming NAMING = Naming.prefixed(
            "convnext.",
            Naming.row("stem\\.conv\\.(.*)", "embeddings.patch_embeddings.$1"),
            Naming.row("stem\\.norm\\.(.*)", "embeddings.layernorm.$1"),
            Naming.row("stage(\\d+)\\.shrink\\.norm\\.(.*)", "encoder.stages.$1.downsampling_layer.0.$2"),
            Naming.row("stage(\\d+)\\.shrink\\.conv\\.(.*)", "encoder.stages.$1.downsampling_layer.1.$2"),
            Naming.row("stage(\\d+)\\.layer(\\d+)\\.conv\\.(.*)", "encoder.stages.$1.layers.$2.dwconv.$3"),
            Naming.row("stage(\\d+)\\.layer(\\d+)\\.norm\\.(.*)", "encoder.stages.$1.layers.$2.layernorm.$3"),
            Naming.row("stage(\\d+)\\.layer(\\d+)\\.expand\\.(.*)", "encoder.stages.$1.layers.$2.pwconv1.$3"),
            Naming.row("stage(\\d+)\\.layer(\\d+)\\.contract\\.(.*)", "encoder.stages.$1.layers.$2.pwconv2.$3"),
            Naming.row(
                    "stage(\\d+)\\.layer(\\d+)\\.scale\\.weight", "encoder.stages.$1.layers.$2.layer_scale_parameter"),
            Naming.row("norm\\.(.*)", "layernorm.$1"),
            Naming.row("head\\.(.*)", "classifier.$1"));

    static ConvNext of(Configuration config) {
        return new ConvNext(
                config.number("patch_size", 4),
                config.numbers("hidden_sizes", List.of(96, 192, 384, 768)),
                config.numbers("depths", List.of(3, 3, 9, 3)),
                config.activation("hidden_act", "gelu"),
                config.real("layer_scale_init_value", 1e-6),
                config.real("layer_norm_eps", 1e-12));
    }

    @Override
    public List<Layer> body() {
        List<Layer> all = new ArrayList<>();
        all.add(block(
                "stem", concat(new Layer[] {block("conv", conv(widths.get(0), patch, stride(patch)))}, channelNorm())));
        for (int stage = 0; stage < widths.size(); stage++) {
            int width = widths.get(stage);
            List<Layer> layers = new ArrayList<>();
            if (stage > 0) {
                layers.add(block("shrink", concat(channelNorm(), new Layer[] {block("conv", conv(width, 2, stride(2)))
                })));
            }
            for (int i = 0; i < depths.get(stage); i++) {
                layers.add(block("layer" + i, residual(inner(width))));
            }
            all.add(Design.group("stage" + stage, layers));
        }
        all.add(globalAveragePool());
        all.add(block("norm", layerNorm(1, eps)));
        return List.copyOf(all);
    }

    private Layer[] inner(int width) {
        return Design.kept(
                block("conv", depthwiseConv(7, padding(3))),
                permute(2, 3, 1),
                block("norm", layerNorm(1, INNER_EPS)),
                block("expand", dense(4 * width)),
                activation,
                block("contract", dense(width)),
                scale > 0 ? block("scale", layerScale(scale)) : Design.NOTHING,
                permute(3, 1, 2));
    }

    /** Normalises the channels of each place. */
    private static Layer[] channelNorm() {
        return new Layer[] {permute(2, 3, 1), block("norm", layerNorm(1, INNER_EPS)), permute(3, 1, 2)};
    }

    private static Layer[] concat(Layer[] first, Layer[] second) {
        List<Layer> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(second));
        return all.toArray(Layer[]::new);
    }
}
