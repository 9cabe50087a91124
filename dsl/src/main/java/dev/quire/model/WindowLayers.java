package dev.quire.model;

import java.util.List;
import java.util.stream.IntStream;

/** Makes the layers that look through windows: convolutions and pooling; {@code dev.quire.Quire} says what each does. */
public final class WindowLayers {
    private static final String[] WINDOW = {"stride", "padding", "same", "dilation", "groups", "noBias"};

    private WindowLayers() {}

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
        return Layers.sequential(
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
}
