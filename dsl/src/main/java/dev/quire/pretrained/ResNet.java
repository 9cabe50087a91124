package dev.quire.pretrained;

import static dev.quire.model.LayerOptions.noBias;
import static dev.quire.model.LayerOptions.padding;
import static dev.quire.model.LayerOptions.stride;
import static dev.quire.model.Layers.batchNorm;
import static dev.quire.model.Layers.block;
import static dev.quire.model.Layers.parallel;
import static dev.quire.model.Layers.residual;
import static dev.quire.model.WindowLayers.conv;
import static dev.quire.model.WindowLayers.globalAveragePool;
import static dev.quire.model.WindowLayers.maxPool;

import dev.quire.QuireException;
import dev.quire.model.Activation;
import dev.quire.model.Join;
import dev.quire.model.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of a residual network, He et al. 2015, with the stride of a bottleneck at its 3x3 convolution. It is given
 * images {@code [channels, height, width]} of any size.
 *
 * @param stem channels after the first convolution
 * @param widths channels after each stage
 * @param depths blocks of each stage
 * @param isBottleneck whether a block is 1x1, 3x3 and 1x1 convolutions, or two of 3x3
 * @param shrinksFirst whether the first stage halves the image too
 * @param shrinksEarly whether a bottleneck halves the image at its first convolution
 * @param activation after each convolution
 */
record ResNet(
        int stem,
        List<Integer> widths,
        List<Integer> depths,
        boolean isBottleneck,
        boolean shrinksFirst,
        boolean shrinksEarly,
        Activation activation)
        implements Design {
    private static final int REDUCTION = 4;

    static final Naming NAMING = Naming.prefixed(
            "resnet.",
            Naming.row("stem\\.conv\\.(.*)", "embedder.embedder.convolution.$1"),
            Naming.row("stem\\.norm\\.(.*)", "embedder.embedder.normalization.$1"),
            Naming.row(
                    "stage(\\d+)\\.layer(\\d+)\\.sum\\.body\\.conv(\\d+)\\.(.*)",
                    "encoder.stages.$1.layers.$2.layer.$3.convolution.$4"),
            Naming.row(
                    "stage(\\d+)\\.layer(\\d+)\\.sum\\.body\\.norm(\\d+)\\.(.*)",
                    "encoder.stages.$1.layers.$2.layer.$3.normalization.$4"),
            Naming.row(
                    "stage(\\d+)\\.layer(\\d+)\\.sum\\.shortcut\\.conv\\.(.*)",
                    "encoder.stages.$1.layers.$2.shortcut.convolution.$3"),
            Naming.row(
                    "stage(\\d+)\\.layer(\\d+)\\.sum\\.shortcut\\.norm\\.(.*)",
                    "encoder.stages.$1.layers.$2.shortcut.normalization.$3"),
            Naming.row("head\\.(.*)", "classifier.1.$1"));

    static ResNet of(Configuration config) {
        String kind = config.word("layer_type", "bottleneck");
        if (!kind.equals("bottleneck") && !kind.equals("basic")) {
            throw config.refused("layer_type", kind, "bottleneck or basic");
        }
        return new ResNet(
                config.number("embedding_size", 64),
                config.numbers("hidden_sizes", List.of(256, 512, 1024, 2048)),
                config.numbers("depths", List.of(3, 4, 6, 3)),
                kind.equals("bottleneck"),
                config.flag("downsample_in_first_stage", false),
                config.flag("downsample_in_bottleneck", false),
                config.activation("hidden_act", "relu"));
    }

    /** One of the depths that are in use. */
    static ResNet deep(int layers) {
        Activation relu = new Activation(Activation.Function.RELU);
        List<Integer> narrow = List.of(64, 128, 256, 512);
        return switch (layers) {
            case 18 -> new ResNet(64, narrow, List.of(2, 2, 2, 2), false, false, false, relu);
            case 34 -> new ResNet(64, narrow, List.of(3, 4, 6, 3), false, false, false, relu);
            case 50 -> new ResNet(64, List.of(256, 512, 1024, 2048), List.of(3, 4, 6, 3), true, false, false, relu);
            default -> throw new QuireException("resnet: expected 18, 34 or 50 layers, got " + layers);
        };
    }

    @Override
    public List<Layer> body() {
        List<Layer> all = new ArrayList<>();
        all.add(block(
                "stem",
                block("conv", conv(stem, 7, stride(2), padding(3), noBias())),
                block("norm", batchNorm()),
                activation,
                maxPool(3, stride(2), padding(1))));
        int channels = stem;
        for (int stage = 0; stage < widths.size(); stage++) {
            int width = widths.get(stage);
            List<Layer> layers = new ArrayList<>();
            for (int i = 0; i < depths.get(stage); i++) {
                int step = i == 0 && (stage > 0 || shrinksFirst) ? 2 : 1;
                layers.add(block("layer" + i, block("sum", sum(channels, width, step)), activation));
                channels = width;
            }
            all.add(Design.group("stage" + stage, layers));
        }
        all.add(globalAveragePool());
        return List.copyOf(all);
    }

    private Layer sum(int channels, int width, int step) {
        Layer body = block("body", isBottleneck ? bottleneck(width, step) : basic(width, step));
        if (channels == width && step == 1) {
            return residual(body);
        }
        Layer shortcut =
                block("shortcut", block("conv", conv(width, 1, stride(step), noBias())), block("norm", batchNorm()));
        return parallel(Join.Kind.ADD, 1, body, shortcut);
    }

    private Layer[] basic(int width, int step) {
        return new Layer[] {
            block("conv0", conv(width, 3, stride(step), padding(1), noBias())),
            block("norm0", batchNorm()),
            activation,
            block("conv1", conv(width, 3, padding(1), noBias())),
            block("norm1", batchNorm())
        };
    }

    private Layer[] bottleneck(int width, int step) {
        int narrow = width / REDUCTION;
        return new Layer[] {
            block("conv0", conv(narrow, 1, stride(shrinksEarly ? step : 1), noBias())),
            block("norm0", batchNorm()),
            activation,
            block("conv1", conv(narrow, 3, stride(shrinksEarly ? 1 : step), padding(1), noBias())),
            block("norm1", batchNorm()),
            activation,
            block("conv2", conv(width, 1, noBias())),
            block("norm2", batchNorm())
        };
    }
}
