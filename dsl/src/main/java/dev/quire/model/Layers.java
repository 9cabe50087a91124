package dev.quire.model;

import dev.quire.graph.DType;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Makes layers; {@code dev.quire.Quire} says what each does. */
public final class Layers {
    private static final String[] WINDOW = {"stride", "padding", "same", "dilation", "groups", "noBias"};

    private Layers() {}

    /** Layers one after another. */
    public static Layer sequential(Layer... layers) {
        return new Sequential(List.of(layers));
    }

    /** A {@link Block}. */
    public static Layer block(String name, Layer... layers) {
        return new Block(name, layers.length == 1 ? layers[0] : sequential(layers));
    }

    /** A {@link Dense}. */
    public static Layer dense(int units, LayerOption... options) {
        return new Dense(units, !Options.of("dense", options, "noBias").has("noBias"));
    }

    /** A {@link Conv} over images. */
    public static Layer conv(int filters, int kernel, LayerOption... options) {
        return conv(filters, kernel, kernel, options);
    }

    /** A {@link Conv} over images with an oblong kernel. */
    public static Layer conv(int filters, int height, int width, LayerOption... options) {
        return convolution(filters, Options.of("conv", options, WINDOW), height, width);
    }

    /** A {@link Conv} over sequences. */
    public static Layer conv1d(int filters, int kernel, LayerOption... options) {
        return convolution(filters, Options.of("conv1d", options, WINDOW), kernel);
    }

    private static Layer convolution(int filters, Options options, int... kernel) {
        return new Conv(
                filters, Window.of(options, List.of(), kernel), options.number("groups", 1), !options.has("noBias"));
    }

    /** A {@link DepthwiseConv} over images. */
    public static Layer depthwiseConv(int kernel, LayerOption... options) {
        return depthwise("depthwiseConv", options, kernel, kernel);
    }

    /** A {@link DepthwiseConv} over sequences. */
    public static Layer depthwiseConv1d(int kernel, LayerOption... options) {
        return depthwise("depthwiseConv1d", options, kernel);
    }

    private static Layer depthwise(String word, LayerOption[] given, int... kernel) {
        Options options = Options.of(word, given, "stride", "padding", "same", "dilation", "multiplier", "noBias");
        return new DepthwiseConv(
                options.number("multiplier", 1), Window.of(options, List.of(), kernel), !options.has("noBias"));
    }

    /** A depthwise convolution and one of single places that mixes the channels, Chollet 2017. */
    public static Layer separableConv(int filters, int kernel, LayerOption... options) {
        Options known = Options.of("separableConv", options, "stride", "padding", "same", "dilation", "noBias");
        return sequential(
                new DepthwiseConv(1, Window.of(known, List.of(), kernel, kernel), !known.has("noBias")),
                known.has("noBias") ? conv(filters, 1, LayerOptions.noBias()) : conv(filters, 1));
    }

    /** A {@link TransposedConv} over images. */
    public static Layer transposedConv(int filters, int kernel, LayerOption... options) {
        return transposed("transposedConv", filters, options, kernel, kernel);
    }

    /** A {@link TransposedConv} over sequences. */
    public static Layer transposedConv1d(int filters, int kernel, LayerOption... options) {
        return transposed("transposedConv1d", filters, options, kernel);
    }

    private static Layer transposed(String word, int filters, LayerOption[] given, int... kernel) {
        Options options =
                Options.of(word, given, "stride", "padding", "same", "dilation", "outputPadding", "groups", "noBias");
        return new TransposedConv(
                filters,
                Window.of(options, List.of(), kernel),
                options.numbers("outputPadding"),
                options.number("groups", 1),
                !options.has("noBias"));
    }

    /** A {@link Pool} of the largest over images. */
    public static Layer maxPool(int size, LayerOption... options) {
        return pool(Pool.Kind.MAX, "maxPool", options, size, size);
    }

    /** A {@link Pool} of the largest over sequences. */
    public static Layer maxPool1d(int size, LayerOption... options) {
        return pool(Pool.Kind.MAX, "maxPool1d", options, size);
    }

    /** A {@link Pool} of the mean over images. */
    public static Layer averagePool(int size, LayerOption... options) {
        return pool(Pool.Kind.AVERAGE, "averagePool", options, size, size);
    }

    /** A {@link Pool} of the mean over sequences. */
    public static Layer averagePool1d(int size, LayerOption... options) {
        return pool(Pool.Kind.AVERAGE, "averagePool1d", options, size);
    }

    private static Layer pool(Pool.Kind kind, String word, LayerOption[] given, int... size) {
        Options options = Options.of(word, given, "stride", "padding", "same", "ceil");
        List<Integer> stride = IntStream.of(size).boxed().toList();
        return new Pool(kind, Window.of(options, stride, size), options.has("ceil"));
    }

    /** An {@link AdaptivePool} of the mean over images. */
    public static Layer adaptiveAveragePool(int height, int width) {
        return new AdaptivePool(Pool.Kind.AVERAGE, List.of(height, width));
    }

    /** An {@link AdaptivePool} of the mean over sequences. */
    public static Layer adaptiveAveragePool1d(int length) {
        return new AdaptivePool(Pool.Kind.AVERAGE, List.of(length));
    }

    /** An {@link AdaptivePool} of the largest over images. */
    public static Layer adaptiveMaxPool(int height, int width) {
        return new AdaptivePool(Pool.Kind.MAX, List.of(height, width));
    }

    /** An {@link AdaptivePool} of the largest over sequences. */
    public static Layer adaptiveMaxPool1d(int length) {
        return new AdaptivePool(Pool.Kind.MAX, List.of(length));
    }

    /** A {@link GlobalPool} of the mean. */
    public static Layer globalAveragePool() {
        return new GlobalPool(Pool.Kind.AVERAGE);
    }

    /** A {@link GlobalPool} of the largest. */
    public static Layer globalMaxPool() {
        return new GlobalPool(Pool.Kind.MAX);
    }

    /** A {@link BatchNorm} with momentum 0.1 and eps 1e-5. */
    public static Layer batchNorm() {
        return batchNorm(0.1, 1e-5);
    }

    /** A {@link BatchNorm}. */
    public static Layer batchNorm(double momentum, double eps) {
        return new BatchNorm(momentum, eps);
    }

    /** A {@link LayerNorm} over the last axis. */
    public static Layer layerNorm() {
        return layerNorm(1);
    }

    /** A {@link LayerNorm} over several of the last axes. */
    public static Layer layerNorm(int axes) {
        return layerNorm(axes, 1e-5);
    }

    /** A {@link LayerNorm}. */
    public static Layer layerNorm(int axes, double eps) {
        return new LayerNorm(axes, eps);
    }

    /** A {@link GroupNorm}. */
    public static Layer groupNorm(int groups) {
        return groupNorm(groups, 1e-5);
    }

    /** A {@link GroupNorm}. */
    public static Layer groupNorm(int groups, double eps) {
        return new GroupNorm(groups, eps);
    }

    /** A {@link Dropout}. */
    public static Dropout dropout(double rate) {
        return new Dropout(rate);
    }

    /** An {@link Activation}. */
    public static Activation activation(Activation.Function function) {
        return new Activation(function);
    }

    /** A {@link LeakyRelu}. */
    public static Layer leakyRelu(double slope) {
        return new LeakyRelu(slope);
    }

    /** An {@link Elu}. */
    public static Layer elu(double alpha) {
        return new Elu(alpha, false);
    }

    /** A smooth {@link Elu}. */
    public static Layer celu(double alpha) {
        return new Elu(alpha, true);
    }

    /** A {@link Softplus}. */
    public static Layer softplus(double beta, double threshold) {
        return new Softplus(beta, threshold);
    }

    /** A {@link Softmax}. */
    public static Layer softmax(int axis) {
        return new Softmax(axis, false);
    }

    /** A logarithmic {@link Softmax}. */
    public static Layer logSoftmax(int axis) {
        return new Softmax(axis, true);
    }

    /** A {@link Prelu}. */
    public static Layer prelu(LayerOption... options) {
        return new Prelu(Options.of("prelu", options, "perChannel").has("perChannel"));
    }

    /** A {@link Flatten}. */
    public static Layer flatten() {
        return new Flatten();
    }

    /** A {@link Reshape}. */
    public static Layer reshape(int... sizes) {
        return new Reshape(IntStream.of(sizes).boxed().toList());
    }

    /** An {@link Upsample}. */
    public static Layer upsample(int scale, LayerOption... options) {
        return new Upsample(
                List.of(scale), Options.of("upsample", options, "bilinear").has("bilinear"));
    }

    /** An {@link Embedding}. */
    public static Layer embedding(int count, int units) {
        return new Embedding(count, units);
    }

    /** A {@link PositionalEmbedding}. */
    public static Layer positionalEmbedding(int length) {
        return new PositionalEmbedding(length);
    }

    /** A {@link Recurrent} network of long short-term memory. */
    public static Layer lstm(int units, LayerOption... options) {
        return recurrent(Recurrent.Cell.LSTM, units, options);
    }

    /** A {@link Recurrent} network of gated units. */
    public static Layer gru(int units, LayerOption... options) {
        return recurrent(Recurrent.Cell.GRU, units, options);
    }

    private static Layer recurrent(Recurrent.Cell cell, int units, LayerOption[] given) {
        Options options = Options.of(cell.word(), given, "layers", "bidirectional", "lastState", "dropout");
        return new Recurrent(
                cell,
                units,
                options.number("layers", 1),
                options.has("bidirectional"),
                options.has("lastState"),
                options.dropout(0));
    }

    /** A {@link SelfAttention}. */
    public static Layer selfAttention(int heads, LayerOption... given) {
        Options options = Options.of("selfAttention", given, "causal", "dropout", "noBias");
        return new SelfAttention(heads, options.has("causal"), options.dropout(0), !options.has("noBias"));
    }

    /** A {@link Transformer} block that sees the whole sequence. */
    public static Layer transformerEncoder(int heads, LayerOption... given) {
        Options options = Options.of("transformerEncoder", given, "hidden", "activation", "preNorm", "dropout");
        return new Transformer(
                Transformer.Kind.ENCODER,
                heads,
                options.number("hidden", Transformer.ENCODER_HIDDEN),
                options.activation(activation(Activation.Function.RELU)),
                options.has("preNorm"),
                options.dropout(Transformer.DROPOUT));
    }

    /** A {@link Transformer} block that sees what came before. */
    public static Layer transformerDecoder(int heads, LayerOption... given) {
        Options options = Options.of("transformerDecoder", given, "hidden", "activation", "postNorm", "dropout");
        return new Transformer(
                Transformer.Kind.DECODER,
                heads,
                options.number("hidden", 0),
                options.activation(activation(Activation.Function.GELU)),
                !options.has("postNorm"),
                options.dropout(Transformer.DROPOUT));
    }

    /** A {@link Residual}. */
    public static Layer residual(Layer... body) {
        return new Residual(List.of(body));
    }

    /** {@link Parallel} branches. */
    public static Layer parallel(Join.Kind kind, int axis, Layer... branches) {
        return new Parallel(new Join(kind, axis), List.of(branches));
    }

    /** A {@link Join} of wires. */
    public static Wire join(Join.Kind kind, int axis, Wire... wires) {
        return new Join(kind, axis).on(wires);
    }

    /** A {@link Shared} layer. */
    public static Layer shared(String name, Layer... layers) {
        return new Shared(name, layers.length == 1 ? layers[0] : sequential(layers));
    }

    /** A {@link Custom} layer without parameters. */
    public static Layer layer(String name, UnaryOperator<Tensor> body) {
        return new Custom(name, (scope, input) -> body.apply(input));
    }

    /** A {@link Custom} layer. */
    public static Layer layer(String name, Unary body) {
        return new Custom(name, body);
    }

    /** An input of the functional form. */
    public static Wire input(DType dtype, long... sizes) {
        return Wire.input(new TensorType(dtype, Check.sizes("input", sizes)));
    }

    /** A {@link Model} whose inputs are in the order in which they are met from the outputs. */
    public static Model model(Wire... outputs) {
        return Wiring.model(null, List.of(outputs));
    }

    /** A {@link Model} whose inputs are in an order of their own. */
    public static Model model(List<Wire> inputs, Wire... outputs) {
        return Wiring.model(inputs, List.of(outputs));
    }
}
