package dev.quire.pretrained;

import dev.quire.QuireException;
import dev.quire.model.Activation;
import dev.quire.model.Layer;
import dev.quire.model.LayerOption;
import dev.quire.model.NormalStart;
import dev.quire.model.Options;
import java.util.List;
import java.util.OptionalInt;

/** Makes well-known networks to be trained from scratch; {@code dev.quire.Quire} says what each does. */
public final class WellKnown {
    private static final double DEVIATION = 0.02;

    private WellKnown() {}

    /** A {@link ResNet}. */
    public static Layer resnet(int layers, int classes) {
        return ResNet.deep(layers).network(classes);
    }

    /** A {@link Vit}. */
    public static Layer vit(int classes, LayerOption... given) {
        Options options = Options.of(
                "vit", given, "imageSize", "patch", "units", "layers", "heads", "hidden", "activation", "dropout");
        return normal(new Vit(
                        options.number("imageSize", 224),
                        options.number("patch", 16),
                        options.number("layers", 12),
                        blocks("vit", options, Activation.Function.GELU, 0, 1e-12, TransformerLayer.Kind.SEEING))
                .network(classes));
    }

    /** A {@link ConvNext}. */
    public static Layer convnext(int classes, LayerOption... given) {
        Options options = Options.of("convnext", given, "patch", "widths", "depths", "activation");
        List<Integer> widths = orElse(options.numbers("widths"), List.of(96, 192, 384, 768));
        List<Integer> depths = orElse(options.numbers("depths"), List.of(3, 3, 9, 3));
        if (widths.size() != depths.size()) {
            throw new QuireException("convnext: " + widths.size() + " widths and " + depths.size()
                    + " depths: give as many of each, one for each stage");
        }
        return normal(new ConvNext(
                        options.number("patch", 4),
                        widths,
                        depths,
                        options.activation(new Activation(Activation.Function.GELU)),
                        1e-6,
                        1e-12)
                .network(classes));
    }

    /** A {@link Bert}. */
    public static Layer bert(int vocabulary, int classes, LayerOption... given) {
        Options options =
                Options.of("bert", given, "length", "units", "layers", "heads", "hidden", "activation", "dropout");
        TransformerLayer blocks =
                blocks("bert", options, Activation.Function.GELU, 0.1, 1e-12, TransformerLayer.Kind.READING);
        return normal(new Bert(
                        vocabulary,
                        options.number("length", 512),
                        options.number("layers", 12),
                        blocks,
                        OptionalInt.empty(),
                        blocks.dropout())
                .network(classes));
    }

    /** A {@link Gpt2}. */
    public static Layer gpt2(int vocabulary, LayerOption... given) {
        Options options =
                Options.of("gpt2", given, "length", "units", "layers", "heads", "hidden", "activation", "dropout");
        TransformerLayer blocks =
                blocks("gpt2", options, Activation.Function.GELU_TANH, 0.1, 1e-5, TransformerLayer.Kind.WRITING);
        return normal(new Gpt2(
                        vocabulary,
                        options.number("length", 1024),
                        options.number("layers", 12),
                        blocks,
                        blocks.dropout(),
                        true)
                .network(vocabulary));
    }

    private static TransformerLayer blocks(
            String word,
            Options options,
            Activation.Function activation,
            double dropout,
            double eps,
            TransformerLayer.Kind kind) {
        int units = options.number("units", 768);
        int heads = options.number("heads", Math.max(1, units / 64));
        if (units % heads != 0) {
            throw new QuireException(word + ": heads(" + heads + ") must divide units(" + units + ")");
        }
        double rate = options.dropout(dropout);
        return new TransformerLayer(
                units,
                heads,
                options.number("hidden", Math.multiplyExact(4, units)),
                options.activation(new Activation(activation)),
                rate,
                rate,
                eps,
                kind);
    }

    private static List<Integer> orElse(List<Integer> given, List<Integer> usual) {
        return given.isEmpty() ? usual : given;
    }

    private static Layer normal(Layer network) {
        return new NormalStart(DEVIATION, network);
    }
}
