package dev.quire.model;

import dev.quire.graph.DType;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Makes layers; {@code dev.quire.Quire} says what each does. */
public final class Layers {
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

    /** A {@link Permute}. */
    public static Layer permute(int... axes) {
        return new Permute(IntStream.of(axes).boxed().toList());
    }

    /** A {@link Select}. */
    public static Layer select(int axis, int index) {
        return new Select(axis, index);
    }

    /** A {@link ClassToken}. */
    public static Layer classToken() {
        return new ClassToken();
    }

    /** A {@link LayerScale}. */
    public static Layer layerScale(double start) {
        return new LayerScale(start);
    }

    /** An {@link Unembedding}. */
    public static Layer unembedding(String name, int count) {
        return new Unembedding(name, count);
    }

    /** A {@link NormalStart}. */
    public static Layer normalStart(double deviation, Layer... layers) {
        return new NormalStart(deviation, layers.length == 1 ? layers[0] : sequential(layers));
    }

    /** A {@link Masking}. */
    public static Layer masking(int token, Layer... layers) {
        return new Masking(token, layers.length == 1 ? layers[0] : sequential(layers));
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

    /** A {@link Functional} whose inputs are in the order in which they are met from the outputs. */
    public static Functional model(Wire... outputs) {
        return Wiring.model(null, List.of(outputs));
    }

    /** A {@link Functional} whose inputs are in an order of their own. */
    public static Functional model(List<Wire> inputs, Wire... outputs) {
        return Wiring.model(inputs, List.of(outputs));
    }
}
