package dev.quire;

import dev.quire.data.Dataset;
import dev.quire.data.HoldOut;
import dev.quire.data.Tensors;
import dev.quire.data.image.ImageFolder;
import dev.quire.data.image.ImageOption;
import dev.quire.data.known.Known;
import dev.quire.data.table.Csv;
import dev.quire.data.table.CsvOption;
import dev.quire.data.table.TextColumn;
import dev.quire.data.transform.Affine;
import dev.quire.data.transform.ColorJitter;
import dev.quire.data.transform.Erase;
import dev.quire.data.transform.RandomCrop;
import dev.quire.data.transform.RandomFlip;
import dev.quire.data.transform.Rotate;
import dev.quire.data.transform.Shift;
import dev.quire.data.transform.Transform;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;
import dev.quire.inference.Model;
import dev.quire.inference.ModelOption;
import dev.quire.inference.Models;
import dev.quire.manual.Help;
import dev.quire.metric.Goal;
import dev.quire.model.Activation;
import dev.quire.model.Dropout;
import dev.quire.model.Functional;
import dev.quire.model.Join;
import dev.quire.model.Layer;
import dev.quire.model.LayerOption;
import dev.quire.model.LayerOptions;
import dev.quire.model.Layers;
import dev.quire.model.Unary;
import dev.quire.model.WindowLayers;
import dev.quire.model.Wire;
import dev.quire.model.json.Networks;
import dev.quire.model.json.Problems;
import dev.quire.pretrained.ModelFolder;
import dev.quire.pretrained.Tokenizers;
import dev.quire.pretrained.WellKnown;
import dev.quire.run.Checkup;
import dev.quire.run.Explanation;
import dev.quire.run.LearningRates;
import dev.quire.run.Run;
import dev.quire.run.RunList;
import dev.quire.run.RunOption;
import dev.quire.run.Runs;
import dev.quire.run.StoredRun;
import dev.quire.text.Tokenizer;
import dev.quire.train.Best;
import dev.quire.train.Callback;
import dev.quire.train.EarlyStop;
import dev.quire.train.Loss;
import dev.quire.train.Optimizer;
import dev.quire.train.OptimizerOption;
import dev.quire.train.Optimizers;
import dev.quire.train.Option;
import dev.quire.train.ParameterRule;
import dev.quire.train.RunEvent;
import dev.quire.train.SamplingRule;
import dev.quire.train.Schedule;
import dev.quire.train.TrainingSpec;
import dev.quire.train.Warmup;
import dev.quire.view.Diagram;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.ProgressLine;
import dev.quire.view.Rich;
import dev.quire.view.Screens;
import dev.quire.view.form.Choice;
import dev.quire.view.form.Control;
import dev.quire.view.form.Form;
import dev.quire.view.form.Forms;
import dev.quire.view.form.IntSlider;
import dev.quire.view.form.Slider;
import dev.quire.view.form.TextField;
import dev.quire.view.form.Toggle;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;

/** The words of the language, for {@code import static dev.quire.Quire.*}: delegates, nothing else. */
public final class Quire {
    private Quire() {}

    // Data: known sets, one's own, how they are read, what changes them on the device.

    /**
     * 1,797 handwritten digits of 8x8 pixels, bundled: 1,437 to train, 360 to test. Example: {@code var data =
     * digits()}.
     */
    public static Dataset digits() {
        return dataset("digits");
    }

    /** 150 irises of three kinds, four measurements each, standardised; bundled. Example: {@code var data = iris()}. */
    public static Dataset iris() {
        return dataset("iris");
    }

    /** 178 wines of three growers, 13 measurements each, standardised; bundled. */
    public static Dataset wine() {
        return dataset("wine");
    }

    /** 569 breast tumours, malignant or benign, 30 measurements each, standardised; bundled. */
    public static Dataset breastCancer() {
        return dataset("breast-cancer");
    }

    /**
     * 70,000 handwritten digits of 28x28 pixels, downloaded on first use: 60,000 to train, 10,000 to test. Example:
     * {@code var data = mnist()}.
     */
    public static Dataset mnist() {
        return dataset("mnist");
    }

    /**
     * 70,000 pictures of ten kinds of clothing, 28x28 pixels, downloaded on first use: 60,000 to train, 10,000 to
     * test. Example: {@code var data = fashionMnist()}.
     */
    public static Dataset fashionMnist() {
        return dataset("fashion-mnist");
    }

    /**
     * 60,000 colour pictures of ten kinds of things, 32x32 pixels, downloaded on first use: 50,000 to train, 10,000 to
     * test. Example: {@code var data = cifar10().augment(flip(), crop(4))}.
     */
    public static Dataset cifar10() {
        return dataset("cifar10");
    }

    /**
     * A million characters of Shakespeare as windows of 64, downloaded on first use; the last tenth validates.
     * Example: {@code var data = tinyShakespeare()}.
     */
    public static Dataset tinyShakespeare() {
        return dataset("tinyshakespeare");
    }

    /**
     * As {@link #tinyShakespeare()}, as windows of so many characters. Example: {@code tinyShakespeare(128)}.
     *
     * @param context characters a window, at least 1
     */
    public static Dataset tinyShakespeare(int context) {
        return Known.standard(ProgressLine.onScreen()).load("tinyshakespeare", context);
    }

    /**
     * A dataset that has a manifest, by its name. It is looked for in the folder QUIRE_DATASETS, then in the cache.
     * Example: {@code dataset("wine")}.
     *
     * @param name as its folder is called, such as {@code "fashion-mnist"}
     */
    public static Dataset dataset(String name) {
        return Known.standard(ProgressLine.onScreen()).load(name);
    }

    /**
     * JPEG and PNG files in class folders, as {@code train/CLASS/1.jpg} or {@code CLASS/1.jpg}. Example:
     * {@code imageFolder("photos", resize(64), perClass(500))}.
     *
     * @param path a folder, or a {@code .zip}, {@code .tar} or {@code .tar.gz} of one
     * @param options {@code resize(64)}, {@code perClass(500)}, {@code grayscale()}, {@code skipBroken()}, {@code
     *     memory(bytes)}, {@code holdOut(0.2)}
     */
    public static Dataset imageFolder(String path, ImageOption... options) {
        return ImageFolder.standard(ProgressLine.onScreen()).read(Path.of(path), options);
    }

    /**
     * A CSV file: columns to learn from, numbers or categories, and one to learn. Example: {@code csv("houses.csv", target("price"),
     * without("id"))}.
     *
     * @param options {@code target("price")}, {@code features("size", "rooms")}, {@code without("id")}, {@code
     *     categories("zip")}, {@code classification()}, {@code separator(';')}, {@code header(true)}, {@code
     *     dropMissing()}, {@code holdOut(0.2)}, {@code text("review", tokenizer)}
     */
    public static Dataset csv(String file, CsvOption... options) {
        return Csv.read(Path.of(file), options);
    }

    /**
     * Java arrays, all of them to train with. Example: {@code tensors(new float[100][4], new int[100]).split(0.1, 0.2)}.
     *
     * @param x one example for each element: {@code float[][]} to {@code float[][][][]} (channels, height, width), {@code
     *     int[][]} for tokens; a {@code List} of such arrays for several inputs
     * @param y {@code int[]} for class numbers, {@code int[][]} for one a token, {@code float[]} or {@code float[][]} for
     *     regression
     */
    public static Dataset tensors(Object x, Object y) {
        return Tensors.of(x, y);
    }

    /**
     * Examples that lie one after another in one array. Example: {@code tensors("mine", new float[2 * 28 * 28],
     * Shape.of(1, 28, 28), new int[] {0, 1})}.
     *
     * @param name what summaries and errors call it
     * @param data all values, row-major
     * @param shape of one example, without the batch
     * @param y {@code int[]} for class numbers, {@code int[][]} for one a token, {@code float[]} or {@code float[][]}
     *     for regression
     */
    public static Dataset tensors(String name, float[] data, Shape shape, Object y) {
        return Tensors.of(name, data, shape, y);
    }

    /**
     * Images stretched or shrunk to a square. Example: {@code imageFolder("photos", resize(64))}.
     *
     * @param side pixels a side, at least 1
     */
    public static ImageOption resize(int side) {
        return ImageOption.resize(side);
    }

    /**
     * Images stretched or shrunk to one size. Example: {@code imageFolder("photos", resize(48, 64))}.
     *
     * @param height in pixels, at least 1
     * @param width in pixels, at least 1
     */
    public static ImageOption resize(int height, int width) {
        return ImageOption.resize(height, width);
    }

    /**
     * At most so many images of each class in each split. Example: {@code imageFolder("photos", perClass(500))}.
     *
     * @param most at least 1
     */
    public static ImageOption perClass(int most) {
        return ImageOption.perClass(most);
    }

    /** Images of one channel, of brightness. Example: {@code imageFolder("photos", grayscale())}. */
    public static ImageOption grayscale() {
        return ImageOption.grayscale();
    }

    /** Files that are truncated or no image are left out. Example: {@code imageFolder("photos", skipBroken())}. */
    public static ImageOption skipBroken() {
        return ImageOption.skipBroken();
    }

    /**
     * The most bytes that decoded images may take in memory; beyond, they stay on disk. Example: {@code
     * imageFolder("photos", memory(1L << 30))}.
     *
     * @param bytes at least 1
     */
    public static ImageOption memory(long bytes) {
        return ImageOption.memory(bytes);
    }

    /**
     * The fraction that is kept for the test split, where the data does not say. Example: {@code csv("houses.csv",
     * target("price"), holdOut(0.1))}.
     *
     * @param fraction at least 0, for none, and less than 1
     */
    public static HoldOut holdOut(double fraction) {
        return new HoldOut(fraction);
    }

    /**
     * The column to learn. Example: {@code csv("houses.csv", target("price"))}.
     *
     * @param column as the header names it
     */
    public static CsvOption target(String column) {
        return CsvOption.target(column);
    }

    /**
     * The columns to learn from; without this word all that are left. Example: {@code csv("houses.csv",
     * target("price"), features("size", "rooms"))}.
     *
     * @param columns as the header names them
     */
    public static CsvOption features(String... columns) {
        return CsvOption.features(columns);
    }

    /**
     * A column to learn from that is text: a tokenizer makes tokens of it. Rows are as long as the longest text, as far as
     * the network has places. Example: {@code csv("reviews.csv", text("review", tokenizer("models/bert")),
     * target("liked"))}.
     *
     * @param column as the header names it
     * @param tokenizer as of {@code modelFolder("models/bert").tokenizer()}
     */
    public static CsvOption text(String column, Tokenizer tokenizer) {
        return CsvOption.text(new TextColumn(column, tokenizer, 0));
    }

    /**
     * A column to learn from that is text, as rows of one length: longer texts are cut, shorter ones filled up. Example:
     * {@code csv("reviews.csv", text("review", tokenizer("models/bert"), 64), target("liked"))}.
     *
     * @param column as the header names it
     * @param tokenizer as of {@code modelFolder("models/bert").tokenizer()}
     * @param length tokens of a row, from 1 to the places of the network
     */
    public static CsvOption text(String column, Tokenizer tokenizer, int length) {
        if (length < 1) {
            throw new QuireException("text: the length must be at least 1, got " + length);
        }
        return CsvOption.text(new TextColumn(column, tokenizer, length));
    }

    /**
     * Columns to leave out. Example: {@code csv("houses.csv", target("price"), without("id"))}.
     *
     * @param columns as the header names them
     */
    public static CsvOption without(String... columns) {
        return CsvOption.without(columns);
    }

    /**
     * The numbers of the target column are classes. Example: {@code csv("wine.csv", target("grower"),
     * classification())}.
     */
    public static CsvOption classification() {
        return CsvOption.classification();
    }

    /**
     * What stands between the fields of a CSV file. Example: {@code csv("houses.csv", target("price"),
     * separator(';'))}.
     *
     * @param separator one character
     */
    public static CsvOption separator(char separator) {
        return CsvOption.separator(separator);
    }

    /**
     * Whether the first row of a CSV file names the columns; without this word that is found out. Example: {@code
     * csv("houses.csv", target("price"), header(true))}.
     *
     * @param header true where it names them
     */
    public static CsvOption header(boolean header) {
        return CsvOption.header(header);
    }

    /**
     * Columns of a CSV file whose values are categories, each of which becomes an element of the input: 1 where a row has
     * it, else 0. Columns without a single number are so by themselves; for numbers that are no amounts, such as postal
     * codes, it is said. Example: {@code csv("houses.csv", target("price"), categories("zip"))}.
     *
     * @param columns their names, as the header has them; each with at most 100 different values
     */
    public static CsvOption categories(String... columns) {
        return CsvOption.categories(columns);
    }

    /**
     * Rows of a CSV file with an empty field are left out. Example: {@code csv("houses.csv", target("price"),
     * dropMissing())}.
     */
    public static CsvOption dropMissing() {
        return CsvOption.dropMissing();
    }

    /** Half of the images mirrored left to right. Example: {@code cifar10().augment(flip(), crop(4))}. */
    public static Transform flip() {
        return new RandomFlip(0.5);
    }

    /**
     * Images turned at random. Example: {@code digits().augment(rotate(10))}.
     *
     * @param degrees the most to either side
     */
    public static Transform rotate(double degrees) {
        return new Rotate(degrees);
    }

    /**
     * Images moved at random. Example: {@code digits().augment(shift(1))}.
     *
     * @param pixels the most to each side
     */
    public static Transform shift(int pixels) {
        return new Shift(pixels);
    }

    /**
     * Images padded, and a part of the old size cut out at random. Example: {@code cifar10().augment(flip(),
     * crop(4))}.
     *
     * @param padding pixels added on each side
     */
    public static Transform crop(int padding) {
        return new RandomCrop(padding);
    }

    /**
     * Images turned, moved, scaled and slanted at random. Example: {@code digits().augment(affine(10, 0.1, 0.1, 5))}.
     *
     * @param degrees the most they are turned to either side
     * @param shift the most they are moved, as a fraction of their size
     * @param scale the most they grow or shrink, as a fraction of their size
     * @param shear the most they are slanted, in degrees
     */
    public static Transform affine(double degrees, double shift, double scale, double shear) {
        return new Affine(degrees, shift, scale, shear);
    }

    /** A random rectangle of half of the images made black. Example: {@code cifar10().augment(erase())}. */
    public static Transform erase() {
        return new Erase(0.5);
    }

    /**
     * Brightness, contrast and saturation changed at random. Example: {@code cifar10().augment(colorJitter(0.2, 0.2,
     * 0.2))}.
     *
     * @param brightness the most it changes, as a fraction
     * @param contrast the most it changes, as a fraction
     * @param saturation the most it changes, as a fraction
     */
    public static Transform colorJitter(double brightness, double contrast, double saturation) {
        return new ColorJitter(brightness, contrast, saturation);
    }

    // Layers and their options.

    /**
     * Layers one after another. Parameters are named by position, as in PyTorch: {@code 0.weight}. Example: {@code
     * sequential(flatten(), dense(64), relu(), dense(10))}.
     */
    public static Layer sequential(Layer... layers) {
        return Layers.sequential(layers);
    }

    /**
     * A group of layers with a name, which its parameters carry instead of a position: {@code head.0.weight}.
     * Example: {@code block("head", flatten(), dense(10))}.
     *
     * @param name letters, digits and _
     */
    public static Layer block(String name, Layer... layers) {
        return Layers.block(name, layers);
    }

    /**
     * A fully connected layer over the last axis: {@code [N, ..., in]} to {@code [N, ..., units]}. Example: {@code
     * dense(64)}.
     *
     * @param units outputs, at least 1
     * @param options {@code noBias()}
     */
    public static Layer dense(int units, LayerOption... options) {
        return Layers.dense(units, options);
    }

    /**
     * A convolution over images: {@code [N, channels, height, width]} to {@code [N, filters, height', width']}. There
     * is no padding unless told. Example: {@code conv(32, 3, stride(2), same())}.
     *
     * @param filters output channels, at least 1
     * @param kernel height and width of the kernel
     * @param options {@code stride(1)}, {@code padding(0)}, {@code same()}, {@code dilation(1)}, {@code groups(1)},
     *     {@code noBias()}
     */
    public static Layer conv(int filters, int kernel, LayerOption... options) {
        return WindowLayers.conv(filters, kernel, options);
    }

    /**
     * A convolution over images with an oblong kernel. There is no padding unless told. Example: {@code conv(32, 1,
     * 7, padding(0, 3))}.
     *
     * @param filters output channels, at least 1
     * @param height of the kernel
     * @param width of the kernel
     * @param options {@code stride(1)}, {@code padding(0)}, {@code same()}, {@code dilation(1)}, {@code groups(1)},
     *     {@code noBias()}
     */
    public static Layer conv(int filters, int height, int width, LayerOption... options) {
        return WindowLayers.conv(filters, height, width, options);
    }

    /**
     * A convolution over sequences: {@code [N, channels, length]} to {@code [N, filters, length']}. There is no
     * padding unless told. Example: {@code conv1d(64, 5, same())}.
     *
     * @param filters output channels, at least 1
     * @param kernel length of the kernel
     * @param options {@code stride(1)}, {@code padding(0)}, {@code same()}, {@code dilation(1)}, {@code groups(1)},
     *     {@code noBias()}
     */
    public static Layer conv1d(int filters, int kernel, LayerOption... options) {
        return WindowLayers.conv1d(filters, kernel, options);
    }

    /**
     * A convolution of each channel of images by itself. There is no padding unless told. Example: {@code
     * depthwiseConv(3, same())}.
     *
     * @param kernel height and width of the kernel
     * @param options {@code stride(1)}, {@code padding(0)}, {@code same()}, {@code dilation(1)}, {@code
     *     multiplier(1)}, {@code noBias()}
     */
    public static Layer depthwiseConv(int kernel, LayerOption... options) {
        return WindowLayers.depthwiseConv(kernel, options);
    }

    /**
     * A convolution of each channel of sequences by itself. There is no padding unless told. Example: {@code
     * depthwiseConv1d(3, multiplier(2))}.
     *
     * @param kernel length of the kernel
     * @param options {@code stride(1)}, {@code padding(0)}, {@code same()}, {@code dilation(1)}, {@code
     *     multiplier(1)}, {@code noBias()}
     */
    public static Layer depthwiseConv1d(int kernel, LayerOption... options) {
        return WindowLayers.depthwiseConv1d(kernel, options);
    }

    /**
     * A depthwise convolution, and one of single places that mixes the channels, Chollet 2017. There is no padding
     * unless told. Example: {@code separableConv(64, 3, same())}.
     *
     * @param filters output channels, at least 1
     * @param kernel height and width of the kernel
     * @param options {@code stride(1)}, {@code padding(0)}, {@code same()}, {@code dilation(1)}, {@code noBias()}
     */
    public static Layer separableConv(int filters, int kernel, LayerOption... options) {
        return WindowLayers.separableConv(filters, kernel, options);
    }

    /**
     * A transposed convolution, which makes images larger by its stride. There is no padding unless told. Example:
     * {@code transposedConv(16, 2, stride(2))}.
     *
     * @param filters output channels, at least 1
     * @param kernel height and width of the kernel
     * @param options {@code stride(1)}, {@code padding(0)}, {@code same()} (output is {@code in * stride}), {@code
     *     dilation(1)}, {@code outputPadding(0)}, {@code groups(1)}, {@code noBias()}
     */
    public static Layer transposedConv(int filters, int kernel, LayerOption... options) {
        return WindowLayers.transposedConv(filters, kernel, options);
    }

    /**
     * A transposed convolution, which makes sequences longer by its stride. There is no padding unless told. Example:
     * {@code transposedConv1d(16, 4, stride(2), padding(1))}.
     *
     * @param filters output channels, at least 1
     * @param kernel length of the kernel
     * @param options {@code stride(1)}, {@code padding(0)}, {@code same()} (output is {@code in * stride}), {@code
     *     dilation(1)}, {@code outputPadding(0)}, {@code groups(1)}, {@code noBias()}
     */
    public static Layer transposedConv1d(int filters, int kernel, LayerOption... options) {
        return WindowLayers.transposedConv1d(filters, kernel, options);
    }

    /**
     * The largest of each window of images. The stride is the window's size unless told; there is no padding unless
     * told. Example: {@code maxPool(2)}.
     *
     * @param size height and width of the window
     * @param options {@code stride(size)}, {@code padding(0)}, {@code same()}, {@code ceil()}
     */
    public static Layer maxPool(int size, LayerOption... options) {
        return WindowLayers.maxPool(size, options);
    }

    /**
     * The largest of each window of sequences {@code [N, channels, length]}. The stride is the window's size unless
     * told. Example: {@code maxPool1d(2)}.
     *
     * @param size length of the window
     * @param options {@code stride(size)}, {@code padding(0)}, {@code same()}, {@code ceil()}
     */
    public static Layer maxPool1d(int size, LayerOption... options) {
        return WindowLayers.maxPool1d(size, options);
    }

    /**
     * The mean of each window of images. The stride is the window's size unless told; there is no padding unless
     * told. Example: {@code averagePool(2)}.
     *
     * @param size height and width of the window
     * @param options {@code stride(size)}, {@code padding(0)}, {@code same()}, {@code ceil()}
     */
    public static Layer averagePool(int size, LayerOption... options) {
        return WindowLayers.averagePool(size, options);
    }

    /**
     * The mean of each window of sequences {@code [N, channels, length]}. The stride is the window's size unless
     * told. Example: {@code averagePool1d(2)}.
     *
     * @param size length of the window
     * @param options {@code stride(size)}, {@code padding(0)}, {@code same()}, {@code ceil()}
     */
    public static Layer averagePool1d(int size, LayerOption... options) {
        return WindowLayers.averagePool1d(size, options);
    }

    /**
     * The mean of windows such that images come out square, {@code size} places high and wide. Example: {@code
     * adaptiveAveragePool(1)}.
     *
     * @param size of the output, at least 1
     */
    public static Layer adaptiveAveragePool(int size) {
        return WindowLayers.adaptiveAveragePool(size, size);
    }

    /**
     * The mean of windows such that images come out in one size, whatever size they have. Example: {@code
     * adaptiveAveragePool(4, 2)}.
     *
     * @param height of the output, at least 1
     * @param width of the output, at least 1
     */
    public static Layer adaptiveAveragePool(int height, int width) {
        return WindowLayers.adaptiveAveragePool(height, width);
    }

    /**
     * The mean of windows such that sequences {@code [N, channels, length]} come out with one length. Example: {@code
     * adaptiveAveragePool1d(8)}.
     *
     * @param length of the output, at least 1
     */
    public static Layer adaptiveAveragePool1d(int length) {
        return WindowLayers.adaptiveAveragePool1d(length);
    }

    /**
     * The largest of windows such that images come out square, {@code size} places high and wide. Example: {@code
     * adaptiveMaxPool(1)}.
     *
     * @param size of the output, at least 1
     */
    public static Layer adaptiveMaxPool(int size) {
        return WindowLayers.adaptiveMaxPool(size, size);
    }

    /**
     * The largest of windows such that images come out in one size, whatever size they have. Example: {@code
     * adaptiveMaxPool(4, 2)}.
     *
     * @param height of the output, at least 1
     * @param width of the output, at least 1
     */
    public static Layer adaptiveMaxPool(int height, int width) {
        return WindowLayers.adaptiveMaxPool(height, width);
    }

    /**
     * The largest of windows such that sequences {@code [N, channels, length]} come out with one length. Example:
     * {@code adaptiveMaxPool1d(8)}.
     *
     * @param length of the output, at least 1
     */
    public static Layer adaptiveMaxPool1d(int length) {
        return WindowLayers.adaptiveMaxPool1d(length);
    }

    /**
     * The mean of each channel over all places: {@code [N, channels, ...]} to {@code [N, channels]}. Example: {@code
     * sequential(conv(64, 3), globalAveragePool(), dense(10))}.
     */
    public static Layer globalAveragePool() {
        return WindowLayers.globalAveragePool();
    }

    /**
     * The largest of each channel over all places: {@code [N, channels, ...]} to {@code [N, channels]}. Example:
     * {@code sequential(conv(64, 3), globalMaxPool(), dense(10))}.
     */
    public static Layer globalMaxPool() {
        return WindowLayers.globalMaxPool();
    }

    /**
     * Batch normalisation of each channel (axis 1) with momentum 0.1 and eps 1e-5; for images, sequences and rows.
     * Example: {@code sequential(conv(32, 3), batchNorm(), relu())}.
     */
    public static Layer batchNorm() {
        return Layers.batchNorm();
    }

    /**
     * Batch normalisation of each channel (axis 1). Example: {@code batchNorm(0.01, 1e-3)}.
     *
     * @param momentum the share of a batch in the running figures, 0 to 1
     * @param eps added to the variance, greater than 0
     */
    public static Layer batchNorm(double momentum, double eps) {
        return Layers.batchNorm(momentum, eps);
    }

    /**
     * Normalisation of each example over the last axis, eps 1e-5. Example: {@code layerNorm()}.
     */
    public static Layer layerNorm() {
        return Layers.layerNorm();
    }

    /**
     * Normalisation of each example over its last axes, eps 1e-5. Example: {@code layerNorm(3)}.
     *
     * @param axes how many of the last axes, at least 1
     */
    public static Layer layerNorm(int axes) {
        return Layers.layerNorm(axes);
    }

    /**
     * Normalisation of each example over its last axes. Example: {@code layerNorm(1, 1e-6)}.
     *
     * @param axes how many of the last axes, at least 1
     * @param eps added to the variance, greater than 0
     */
    public static Layer layerNorm(int axes, double eps) {
        return Layers.layerNorm(axes, eps);
    }

    /**
     * Normalisation of each example over groups of its channels, eps 1e-5. Example: {@code groupNorm(8)}.
     *
     * @param groups must divide the channels
     */
    public static Layer groupNorm(int groups) {
        return Layers.groupNorm(groups);
    }

    /**
     * Normalisation of each example over groups of its channels. Example: {@code groupNorm(8, 1e-6)}.
     *
     * @param groups must divide the channels
     * @param eps added to the variance, greater than 0
     */
    public static Layer groupNorm(int groups, double eps) {
        return Layers.groupNorm(groups, eps);
    }

    /**
     * Drops each value with a probability in training. Also the option of layers that drop inside. Example: {@code
     * dropout(0.2)}.
     *
     * @param rate the probability, at least 0 and less than 1
     */
    public static Dropout dropout(double rate) {
        return Layers.dropout(rate);
    }

    /** {@code max(x, 0)}. Example: {@code sequential(dense(64), relu(), dense(10))}. */
    public static Activation relu() {
        return Layers.activation(Activation.Function.RELU);
    }

    /**
     * Scaled exponential linear unit, Klambauer et al. 2017. Example: {@code sequential(dense(64), selu(),
     * dense(10))}.
     */
    public static Activation selu() {
        return Layers.activation(Activation.Function.SELU);
    }

    /**
     * {@code x} times the share of a standard normal below it, Hendrycks and Gimpel 2016. Example: {@code
     * sequential(dense(64), gelu(), dense(10))}.
     */
    public static Activation gelu() {
        return Layers.activation(Activation.Function.GELU);
    }

    /** {@link #gelu} approximated by a hyperbolic tangent. */
    public static Activation geluTanh() {
        return Layers.activation(Activation.Function.GELU_TANH);
    }

    /** {@code x * sigmoid(x)}, also called swish. Example: {@code sequential(dense(64), silu(), dense(10))}. */
    public static Activation silu() {
        return Layers.activation(Activation.Function.SILU);
    }

    /** {@code 1 / (1 + exp(-x))}. Example: {@code sequential(dense(64), sigmoid(), dense(10))}. */
    public static Activation sigmoid() {
        return Layers.activation(Activation.Function.SIGMOID);
    }

    /** The logarithm of {@link #sigmoid}. */
    public static Activation logSigmoid() {
        return Layers.activation(Activation.Function.LOG_SIGMOID);
    }

    /** Hyperbolic tangent. Example: {@code sequential(dense(64), tanh(), dense(10))}. */
    public static Activation tanh() {
        return Layers.activation(Activation.Function.TANH);
    }

    /** {@code x / (1 + |x|)}. */
    public static Activation softsign() {
        return Layers.activation(Activation.Function.SOFTSIGN);
    }

    /** {@code x * tanh(softplus(x))}, Misra 2019. */
    public static Activation mish() {
        return Layers.activation(Activation.Function.MISH);
    }

    /** {@code x * relu6(x + 3) / 6}. */
    public static Activation hardswish() {
        return Layers.activation(Activation.Function.HARDSWISH);
    }

    /** {@code relu6(x + 3) / 6}. */
    public static Activation hardsigmoid() {
        return Layers.activation(Activation.Function.HARDSIGMOID);
    }

    /** {@code x} held between -1 and 1. */
    public static Activation hardtanh() {
        return Layers.activation(Activation.Function.HARDTANH);
    }

    /** {@code x} held between 0 and 6. */
    public static Activation relu6() {
        return Layers.activation(Activation.Function.RELU6);
    }

    /** {@code x}. */
    public static Activation identity() {
        return Layers.activation(Activation.Function.IDENTITY);
    }

    /** {@code x} where it is positive, a hundredth of it elsewhere. */
    public static Layer leakyRelu() {
        return Layers.leakyRelu(0.01);
    }

    /**
     * {@code x} where it is positive, {@code slope * x} elsewhere. Example: {@code leakyRelu(0.2)}.
     *
     * @param slope a finite number
     */
    public static Layer leakyRelu(double slope) {
        return Layers.leakyRelu(slope);
    }

    /** {@code x} where it is positive, {@code exp(x) - 1} elsewhere. */
    public static Layer elu() {
        return Layers.elu(1);
    }

    /**
     * {@code x} where it is positive, {@code alpha * (exp(x) - 1)} elsewhere. Example: {@code elu(0.5)}.
     *
     * @param alpha greater than 0
     */
    public static Layer elu(double alpha) {
        return Layers.elu(alpha);
    }

    /** {@link #celu(double)} with alpha 1. */
    public static Layer celu() {
        return Layers.celu(1);
    }

    /**
     * {@code x} where it is positive, {@code alpha * (exp(x / alpha) - 1)} elsewhere, Barron 2017. Example: {@code
     * celu(0.5)}.
     *
     * @param alpha greater than 0
     */
    public static Layer celu(double alpha) {
        return Layers.celu(alpha);
    }

    /** {@code log(1 + exp(x))}. */
    public static Layer softplus() {
        return Layers.softplus(1, 20);
    }

    /**
     * {@code log(1 + exp(beta * x)) / beta}, and {@code x} itself where {@code beta * x} is above a threshold.
     * Example: {@code softplus(2, 20)}.
     *
     * @param beta greater than 0
     * @param threshold a finite number
     */
    public static Layer softplus(double beta, double threshold) {
        return Layers.softplus(beta, threshold);
    }

    /**
     * Shares that add up to 1 along the last axis. Not needed before {@code crossEntropy()}, which takes logits.
     * Example: {@code sequential(dense(10), softmax())}.
     */
    public static Layer softmax() {
        return Layers.softmax(-1);
    }

    /**
     * Shares that add up to 1 along an axis. Example: {@code softmax(1)}.
     *
     * @param axis counted with the batch as 0, or from the end
     */
    public static Layer softmax(int axis) {
        return Layers.softmax(axis);
    }

    /** The logarithms of {@link #softmax()}. */
    public static Layer logSoftmax() {
        return Layers.logSoftmax(-1);
    }

    /**
     * The logarithms of {@link #softmax(int)}. Example: {@code logSoftmax(1)}.
     *
     * @param axis counted with the batch as 0, or from the end
     */
    public static Layer logSoftmax(int axis) {
        return Layers.logSoftmax(axis);
    }

    /**
     * {@code x} where it is positive, a learned multiple of it elsewhere; the slope starts at 0.25. Example: {@code
     * prelu(perChannel())}.
     *
     * @param options {@code perChannel()}
     */
    public static Layer prelu(LayerOption... options) {
        return Layers.prelu(options);
    }

    /**
     * Each example as one row: {@code [N, ...]} to {@code [N, values]}. Example: {@code sequential(flatten(),
     * dense(10))}.
     */
    public static Layer flatten() {
        return Layers.flatten();
    }

    /**
     * Each example's values in another shape. Example: {@code reshape(1, 28, 28)}.
     *
     * @param sizes without the batch; one of them may be -1, for whatever is left
     */
    public static Layer reshape(int... sizes) {
        return Layers.reshape(sizes);
    }

    /**
     * Images or sequences made larger, by repeating or interpolating. Example: {@code upsample(2, bilinear())}.
     *
     * @param scale how many times, at least 1
     * @param options {@code bilinear()}
     */
    public static Layer upsample(int scale, LayerOption... options) {
        return Layers.upsample(scale, options);
    }

    /**
     * A learned row for each number: {@code [N, ...]} of whole numbers to {@code [N, ..., units]}. Example: {@code
     * embedding(65, 128)}.
     *
     * @param count how many numbers there are, which are 0 to {@code count - 1}
     * @param units the length of a row, at least 1
     */
    public static Layer embedding(int count, int units) {
        return Layers.embedding(count, units);
    }

    /**
     * Adds a learned row to each place of a sequence {@code [N, length, units]}. Example: {@code
     * sequential(embedding(65, 128), positionalEmbedding(64))}.
     *
     * @param length the longest sequence, at least 1
     */
    public static Layer positionalEmbedding(int length) {
        return Layers.positionalEmbedding(length);
    }

    /**
     * Long short-term memory over sequences: {@code [N, length, in]} to {@code [N, length, units]}, or to {@code [N,
     * units]} with {@code lastState()}; twice the units with {@code bidirectional()}. Example: {@code lstm(64,
     * layers(2), bidirectional(), lastState())}.
     *
     * @param units the size of a state, at least 1
     * @param options {@code layers(1)}, {@code bidirectional()}, {@code lastState()}, {@code dropout(0)} between
     *     layers
     */
    public static Layer lstm(int units, LayerOption... options) {
        return Layers.lstm(units, options);
    }

    /**
     * Gated recurrent units over sequences: {@code [N, length, in]} to {@code [N, length, units]}, or to {@code [N,
     * units]} with {@code lastState()}; twice the units with {@code bidirectional()}. Example: {@code gru(64,
     * lastState())}.
     *
     * @param units the size of a state, at least 1
     * @param options {@code layers(1)}, {@code bidirectional()}, {@code lastState()}, {@code dropout(0)} between
     *     layers
     */
    public static Layer gru(int units, LayerOption... options) {
        return Layers.gru(units, options);
    }

    /**
     * Multi-head attention of a sequence {@code [N, length, units]} to itself. Example: {@code selfAttention(4,
     * causal())}.
     *
     * @param heads how many; must divide the units
     * @param options {@code causal()}, {@code dropout(0)}, {@code noBias()}
     */
    public static Layer selfAttention(int heads, LayerOption... options) {
        return Layers.selfAttention(heads, options);
    }

    /**
     * A transformer block that sees the whole sequence {@code [N, length, units]}, with PyTorch's defaults:
     * post-norm, ReLU, 2048 hidden units, dropout 0.1. Example: {@code transformerEncoder(4, hidden(256), gelu(),
     * preNorm())}.
     *
     * @param heads how many; must divide the units
     * @param options {@code hidden(2048)}, an activation such as {@code gelu()}, {@code preNorm()}, {@code
     *     dropout(0.1)}
     */
    public static Layer transformerEncoder(int heads, LayerOption... options) {
        return Layers.transformerEncoder(heads, options);
    }

    /**
     * A transformer block in which a place of the sequence {@code [N, length, units]} sees only those before it, as
     * in GPT-2: pre-norm, GELU, four times the units hidden, dropout 0.1. It attends to no second sequence. Example:
     * {@code transformerDecoder(4, dropout(0))}.
     *
     * @param heads how many; must divide the units
     * @param options {@code hidden(4 * units)}, an activation such as {@code relu()}, {@code postNorm()}, {@code
     *     dropout(0.1)}
     */
    public static Layer transformerDecoder(int heads, LayerOption... options) {
        return Layers.transformerDecoder(heads, options);
    }

    /**
     * Each example's axes in another order; the batch stays first. Example: {@code permute(2, 3, 1)} puts channels last.
     *
     * @param axes each of 1 to the number of axes once
     */
    public static Layer permute(int... axes) {
        return Layers.permute(axes);
    }

    /**
     * One place along an axis, which is gone then. Example: {@code select(1, 0)}, the first place of a sequence.
     *
     * @param axis 1 or more, with the batch as 0
     * @param index the place, the first at 0
     */
    public static Layer select(int axis, int index) {
        return Layers.select(axis, index);
    }

    /**
     * Puts a learned row before a sequence, where a vision transformer gathers what is to be said of it all. Example:
     * {@code sequential(classToken(), transformerEncoder(4), select(1, 0))}.
     */
    public static Layer classToken() {
        return Layers.classToken();
    }

    /** A learned factor for each unit of the last axis, each 1e-6 at the start. Example: {@code residual(dense(64), layerScale())}. */
    public static Layer layerScale() {
        return layerScale(1e-6);
    }

    /**
     * A learned factor for each unit of the last axis: small ones at the end of a residual body let it begin as next to
     * nothing. Example: {@code residual(dense(64), layerScale(0.1))}.
     *
     * @param start every factor at the start
     */
    public static Layer layerScale(double start) {
        return Layers.layerScale(start);
    }

    /**
     * A score for each number, by the rows of an embedding that is shared under a name. Example: {@code
     * sequential(shared("table", embedding(65, 128)), transformerDecoder(4), unembedding("table", 65))}.
     *
     * @param name that of the shared embedding
     * @param count how many numbers it has
     */
    public static Layer unembedding(String name, int count) {
        return Layers.unembedding(name, count);
    }

    /**
     * Layers whose weights start normal, and whose biases start at 0, as those of most transformers do. Example: {@code
     * normalStart(0.02, embedding(65, 128), transformerDecoder(4), dense(65))}.
     *
     * @param deviation of the weights, above 0
     */
    public static Layer normalStart(double deviation, Layer... layers) {
        return Layers.normalStart(deviation, layers);
    }

    /**
     * Layers over tokens whose attention passes over the places of one token, with which short sentences are filled up.
     * Example: {@code masking(0, embedding(8000, 64), transformerEncoder(4), select(1, 0), dense(2))}.
     *
     * @param token that fills up, from 0
     * @param layers one after another, the first of them given the tokens
     */
    public static Layer masking(int token, Layer... layers) {
        return Layers.masking(token, layers);
    }

    /**
     * A residual network, to be trained from scratch. It is given images of any size. Example: {@code resnet(18, 10)}.
     *
     * @param layers 18, 34 or 50
     * @param classes the outputs of its head, at least 1
     */
    public static Layer resnet(int layers, int classes) {
        return WellKnown.resnet(layers, classes);
    }

    /**
     * A vision transformer, to be trained from scratch. Example: {@code vit(10, imageSize(32), patch(4), units(192),
     * layers(6), heads(3))}.
     *
     * @param classes the outputs of its head, at least 1
     * @param options {@code imageSize(224)}, {@code patch(16)}, {@code units(768)}, {@code layers(12)}, {@code heads(12)},
     *     {@code hidden(3072)}, {@code gelu()}, {@code dropout(0)}
     */
    public static Layer vit(int classes, LayerOption... options) {
        return WellKnown.vit(classes, options);
    }

    /**
     * A ConvNeXt, to be trained from scratch. Example: {@code convnext(10, patch(2), widths(32, 64, 128), depths(2, 2,
     * 2))}.
     *
     * @param classes the outputs of its head, at least 1
     * @param options {@code patch(4)}, {@code widths(96, 192, 384, 768)}, {@code depths(3, 3, 9, 3)}, {@code gelu()}
     */
    public static Layer convnext(int classes, LayerOption... options) {
        return WellKnown.convnext(classes, options);
    }

    /**
     * A BERT encoder with a head that judges a whole text, to be trained from scratch. It is given rows of tokens,
     * none of them padding unless it is inside of {@link #masking}. Example: {@code masking(0, bert(8000, 2,
     * length(128), units(256), layers(4)))}.
     *
     * @param vocabulary how many tokens there are
     * @param classes the outputs of its head, at least 1
     * @param options {@code length(512)}, {@code units(768)}, {@code layers(12)}, {@code heads(12)}, {@code hidden(3072)},
     *     {@code gelu()}, {@code dropout(0.1)}
     */
    public static Layer bert(int vocabulary, int classes, LayerOption... options) {
        return WellKnown.bert(vocabulary, classes, options);
    }

    /**
     * A GPT-2, to be trained from scratch: scores of the next token at each place. Example: {@code gpt2(65, length(64),
     * units(128), layers(4), heads(4))}.
     *
     * @param vocabulary how many tokens there are
     * @param options {@code length(1024)}, {@code units(768)}, {@code layers(12)}, {@code heads(12)}, {@code hidden(3072)},
     *     {@code geluTanh()}, {@code dropout(0.1)}
     */
    public static Layer gpt2(int vocabulary, LayerOption... options) {
        return WellKnown.gpt2(vocabulary, options);
    }

    /**
     * A pretrained network with its own head, from files in the layout of Hugging Face: {@code config.json} and {@code
     * model.safetensors}, whole or in several. Nothing is downloaded. Example: {@code
     * pretrained("microsoft/resnet-18")}.
     *
     * @param place a folder, or a name whose files lie in the hub's cache
     */
    public static Layer pretrained(String place) {
        return ModelFolder.of(place).whole();
    }

    /**
     * A pretrained network without its head, for a head of one's own; its parameters are named {@code backbone}. Example:
     * {@code sequential(backbone("microsoft/resnet-18"), dense(10))}, trained with {@code freeze("backbone")}.
     *
     * @param place a folder, or a name whose files lie in the hub's cache
     */
    public static Layer backbone(String place) {
        return ModelFolder.of(place).backbone();
    }

    /**
     * A tokenizer, which makes tokens of text and text of tokens. Example: {@code tokenizer("models/bert").encode("a fine
     * film")}.
     *
     * @param place a {@code tokenizer.json}, a folder that has one, or a name whose files lie in the hub's cache
     */
    public static Tokenizer tokenizer(String place) {
        return Tokenizers.at(place);
    }

    /**
     * A pretrained network's folder: its classes, how images were prepared for it, the network. Example: {@code
     * modelFolder("microsoft/resnet-18").labels()}.
     *
     * @param place a folder, or a name whose files lie in the hub's cache
     */
    public static ModelFolder modelFolder(String place) {
        return ModelFolder.of(place);
    }

    /**
     * Layers that begin with weights from a file that has their parameters' names, as {@code
     * run.export("net.safetensors")} writes it. Example: {@code startFrom("net.safetensors", dense(32), relu(),
     * dense(10))}.
     *
     * @param file a safetensors file, or a folder with {@code model.safetensors}
     */
    public static Layer startFrom(String file, Layer... layers) {
        return ModelFolder.weights(file, layers.length == 1 ? layers[0] : Layers.sequential(layers));
    }

    /**
     * Layers with a way past them: {@code x + body(x)}. The body must keep the shape. Example: {@code
     * residual(conv(64, 3, same()), relu(), conv(64, 3, same()))}.
     */
    public static Layer residual(Layer... body) {
        return Layers.residual(body);
    }

    /**
     * Branches that are given the same input; their sum, element by element. Sizes of 1 stretch. Example: {@code
     * add(sequential(conv(64, 3, same()), relu()), conv(64, 1))}.
     */
    public static Layer add(Layer... branches) {
        return Layers.parallel(Join.Kind.ADD, 1, branches);
    }

    /**
     * The sum of values of the functional form, element by element. Sizes of 1 stretch. Example: {@code add(a, b)}.
     */
    public static Wire add(Wire... wires) {
        return Layers.join(Join.Kind.ADD, 1, wires);
    }

    /**
     * Branches that are given the same input; their product, element by element. Sizes of 1 stretch. Example: {@code
     * multiply(sequential(conv(64, 3, same()), relu()), conv(64, 1))}.
     */
    public static Layer multiply(Layer... branches) {
        return Layers.parallel(Join.Kind.MULTIPLY, 1, branches);
    }

    /**
     * The product of values of the functional form, element by element. Sizes of 1 stretch. Example: {@code
     * multiply(a, b)}.
     */
    public static Wire multiply(Wire... wires) {
        return Layers.join(Join.Kind.MULTIPLY, 1, wires);
    }

    /**
     * Branches that are given the same input; their outputs joined along the channels (axis 1). Example: {@code
     * concat(conv(16, 1), conv(16, 3, same()))}.
     */
    public static Layer concat(Layer... branches) {
        return Layers.parallel(Join.Kind.CONCAT, 1, branches);
    }

    /**
     * Branches that are given the same input; their outputs joined along an axis. Example: {@code concat(-1, gru(16),
     * lstm(16))}.
     *
     * @param axis 1 or more with the batch as 0, or from the end
     */
    public static Layer concat(int axis, Layer... branches) {
        return Layers.parallel(Join.Kind.CONCAT, axis, branches);
    }

    /**
     * Values of the functional form joined along the channels (axis 1). Example: {@code concat(flatten().on(image),
     * note)}.
     */
    public static Wire concat(Wire... wires) {
        return Layers.join(Join.Kind.CONCAT, 1, wires);
    }

    /**
     * Values of the functional form joined along an axis. Example: {@code concat(-1, a, b)}.
     *
     * @param axis 1 or more with the batch as 0, or from the end
     */
    public static Wire concat(int axis, Wire... wires) {
        return Layers.join(Join.Kind.CONCAT, axis, wires);
    }

    /**
     * Layers with one set of parameters, wherever they are put and however often; the parameters carry the name
     * alone. Example: {@code shared("encoder", flatten(), dense(32))}.
     *
     * @param name letters, digits and _
     */
    public static Layer shared(String name, Layer... layers) {
        return Layers.shared(name, layers);
    }

    /**
     * A layer of one's own, from ops. Example: {@code layer("swish", x -> x.mul(x.sigmoid()))}.
     *
     * @param name what summaries, errors and files call it
     * @param body adds its ops; the batch is axis 0
     */
    public static Layer layer(String name, UnaryOperator<Tensor> body) {
        return Layers.layer(name, body);
    }

    /**
     * A layer of one's own with parameters or layers inside. Example: {@code layer("scale", (scope, x) ->
     * x.mul(scope.parameter("weight", Init.ones(), x.size(-1))))}.
     *
     * @param name what summaries, errors and files call it
     * @param body adds its ops, and its parameters through the scope; the batch is axis 0
     */
    public static Layer layer(String name, Unary body) {
        return Layers.layer(name, body);
    }

    /**
     * An input of the functional form. Example: {@code input(3, 64, 64)}.
     *
     * @param sizes of one example, without the batch
     */
    public static Wire input(long... sizes) {
        return Layers.input(DType.FLOAT32, sizes);
    }

    /**
     * An input of the functional form of another type than float. Example: {@code input(DType.INT64, 64)}.
     *
     * @param type INT64 for tokens
     * @param sizes of one example, without the batch
     */
    public static Wire input(DType type, long... sizes) {
        return Layers.input(type, sizes);
    }

    /**
     * The order of a model's inputs. Example: {@code model(inputs(image, note), scores)}.
     */
    public static List<Wire> inputs(Wire... wires) {
        return List.of(wires);
    }

    /**
     * A network from the values that come out of it; its inputs are in the order in which they are met, going back
     * from the first output. Shapes are checked. Example: {@code model(dense(10).on(concat(flatten().on(conv(32,
     * 3).on(image)), note)))}.
     */
    public static Functional model(Wire... outputs) {
        return Layers.model(outputs);
    }

    /**
     * A network from the values that come out of it, with its inputs in an order of one's own. Shapes are checked.
     * Example: {@code model(inputs(note, image), scores)}.
     */
    public static Functional model(List<Wire> inputs, Wire... outputs) {
        return Layers.model(inputs, outputs);
    }

    /**
     * Option: places a window moves on, one number for all axes or one for each. Example: {@code conv(32, 3,
     * stride(2))}.
     */
    public static LayerOption stride(int... places) {
        return LayerOptions.stride(places);
    }

    /**
     * Option: places added on both sides, one number for all axes or one for each. Example: {@code conv(32, 3,
     * padding(1))}.
     */
    public static LayerOption padding(int... places) {
        return LayerOptions.padding(places);
    }

    /**
     * Option: padding such that the output has {@code ceil(size / stride)} places. Example: {@code conv(32, 3,
     * same())}.
     */
    public static LayerOption same() {
        return LayerOptions.same();
    }

    /**
     * Option: the distance of the places a kernel looks at. Example: {@code conv(32, 3, dilation(2))}.
     */
    public static LayerOption dilation(int... places) {
        return LayerOptions.dilation(places);
    }

    /**
     * Option: parts that channels are divided into, each convolved by itself. Example: {@code conv(32, 3,
     * groups(4))}.
     */
    public static LayerOption groups(int groups) {
        return LayerOptions.groups(groups);
    }

    /**
     * Option: filters for each channel of a depthwise convolution. Example: {@code depthwiseConv(3, multiplier(2))}.
     */
    public static LayerOption multiplier(int filters) {
        return LayerOptions.multiplier(filters);
    }

    /**
     * Option: places added at the end of a transposed convolution's output. Example: {@code transposedConv(16, 3,
     * stride(2), padding(1), outputPadding(1))}.
     */
    public static LayerOption outputPadding(int... places) {
        return LayerOptions.outputPadding(places);
    }

    /**
     * Option: without a bias. Example: {@code dense(10, noBias())}.
     */
    public static LayerOption noBias() {
        return LayerOptions.noBias();
    }

    /**
     * Option: a last pooling window may hang over the end. Example: {@code maxPool(2, ceil())}.
     */
    public static LayerOption ceil() {
        return LayerOptions.ceil();
    }

    /**
     * Option: interpolated. Example: {@code upsample(2, bilinear())}.
     */
    public static LayerOption bilinear() {
        return LayerOptions.bilinear();
    }

    /**
     * Option: one for each channel. Example: {@code prelu(perChannel())}.
     */
    public static LayerOption perChannel() {
        return LayerOptions.perChannel();
    }

    /**
     * Option: recurrent layers, one reading the other. Example: {@code lstm(64, layers(2))}.
     */
    public static LayerOption layers(int count) {
        return LayerOptions.layers(count);
    }

    /**
     * Option: read from both ends. Example: {@code lstm(64, bidirectional())}.
     */
    public static LayerOption bidirectional() {
        return LayerOptions.bidirectional();
    }

    /**
     * Option: the last state instead of all. Example: {@code gru(64, lastState())}.
     */
    public static LayerOption lastState() {
        return LayerOptions.lastState();
    }

    /**
     * Option: a place sees only those before it, and itself. Example: {@code selfAttention(4, causal())}.
     */
    public static LayerOption causal() {
        return LayerOptions.causal();
    }

    /**
     * Option: units between the two dense layers of a transformer block. Example: {@code transformerEncoder(4,
     * hidden(256))}.
     */
    public static LayerOption hidden(int units) {
        return LayerOptions.hidden(units);
    }

    /**
     * Option: pixels a side of the images. Example: {@code vit(10, imageSize(32), patch(4))}.
     *
     * @param pixels at least 1, a multiple of the patch
     */
    public static LayerOption imageSize(int pixels) {
        return LayerOptions.imageSize(pixels);
    }

    /**
     * Option: pixels a side of a patch. Example: {@code vit(10, imageSize(32), patch(4))}.
     *
     * @param pixels at least 1
     */
    public static LayerOption patch(int pixels) {
        return LayerOptions.patch(pixels);
    }

    /**
     * Option: numbers at each place of a transformer. Example: {@code gpt2(65, units(128), heads(4))}.
     *
     * @param units at least 1, a multiple of the heads
     */
    public static LayerOption units(int units) {
        return LayerOptions.units(units);
    }

    /**
     * Option: heads of attention; one for each 64 units where it is not said. Example: {@code gpt2(65, units(128),
     * heads(4))}.
     *
     * @param count at least 1, a divisor of the units
     */
    public static LayerOption heads(int count) {
        return LayerOptions.heads(count);
    }

    /**
     * Option: the most places of a text. Example: {@code gpt2(65, length(64))}.
     *
     * @param places at least 1
     */
    public static LayerOption length(int places) {
        return LayerOptions.length(places);
    }

    /**
     * Option: channels of each stage. Example: {@code convnext(10, widths(32, 64), depths(2, 2))}.
     *
     * @param channels each at least 1
     */
    public static LayerOption widths(int... channels) {
        return LayerOptions.widths(channels);
    }

    /**
     * Option: blocks of each stage. Example: {@code convnext(10, widths(32, 64), depths(2, 2))}.
     *
     * @param blocks each at least 1
     */
    public static LayerOption depths(int... blocks) {
        return LayerOptions.depths(blocks);
    }

    /**
     * Option: normalised before attention and dense layers. Example: {@code transformerEncoder(4, preNorm())}.
     */
    public static LayerOption preNorm() {
        return LayerOptions.preNorm();
    }

    /**
     * Option: normalised after attention and dense layers. Example: {@code transformerDecoder(4, postNorm())}.
     */
    public static LayerOption postNorm() {
        return LayerOptions.postNorm();
    }

    // End of layers.

    // Showing.

    /**
     * Shows values where this session shows things: a sheet of examples, a chart, a table, anything. Example: {@code
     * show(digits(), iris())}.
     *
     * @param values any number of any type
     */
    public static void show(Object... values) {
        for (Object value : values) {
            Screens.show(value);
        }
    }

    /**
     * The network that a JSON file describes: a graph of nodes and edges as visual editors save it, layers in layers as a
     * run's {@code model.json} has them, or a plain list of layers. Example: {@code network("net.json")}.
     *
     * @param file a path; or the JSON itself, which starts with a brace
     * @throws QuireException with all that is wrong with it, as {@link #validate(String)} says
     */
    public static Layer network(String file) {
        return Networks.read(Networks.text(file)).layer();
    }

    /**
     * As {@link #network(String)}, for examples of a dataset: inputs need not say their shape, and one of as many values
     * in another shape reshapes them. Example: {@code train(network("net.json", digits()), digits(), epochs(3))}.
     *
     * @param file a path; or the JSON itself, which starts with a brace
     */
    public static Layer network(String file, Dataset data) {
        return Networks.read(Networks.text(file), data).layer();
    }

    /**
     * All that is wrong with the network of a JSON file, each with the node's id and the remedy: types and parameters
     * that do not exist or have no fitting value, inputs or outputs that are missing, cycles, nodes that are not
     * connected, shapes that do not fit. Empty when nothing is. Example: {@code validate("net.json")}.
     *
     * @param file a path; or the JSON itself, which starts with a brace
     */
    public static Problems validate(String file) {
        return Networks.validate(Networks.text(file));
    }

    /**
     * As {@link #validate(String)}, and whether it fits a dataset: what comes in, and the classes that come out. Example:
     * {@code validate("net.json", digits())}.
     *
     * @param file a path; or the JSON itself, which starts with a brace
     */
    public static Problems validate(String file, Dataset data) {
        return Networks.validate(Networks.text(file), data);
    }

    /**
     * A network as boxes and wires, with the shape that each wire carries, for examples of a dataset. Example: {@code
     * diagram(net, data)}.
     */
    public static Diagram diagram(Layer net, Dataset data) {
        return net.summary(data).diagram();
    }

    /**
     * As {@link #diagram(Layer, Dataset)}, for float examples of a shape. Example: {@code diagram(net, 1, 28, 28)}.
     *
     * @param sizes of one example, without the batch
     */
    public static Diagram diagram(Layer net, long... sizes) {
        return net.summary(sizes).diagram();
    }

    /** Markdown. Example: {@code markdown("**Better**: 98.3 %")}. */
    public static Display markdown(String text) {
        return Rich.markdown(text);
    }

    /** HTML; in a terminal its words. Example: {@code html("<b>98.3 %</b>")}. */
    public static Display html(String html) {
        return Rich.html(html);
    }

    /** A formula. Example: {@code latex("\\frac{1}{n} \\sum_i x_i")}. */
    public static Display latex(String formula) {
        return Rich.latex(formula);
    }

    /**
     * A value as JSON that can be folded: text is taken as JSON, anything else is turned into it. Example: {@code
     * json(Map.of("lr", 1e-3))}.
     */
    public static Display json(Object value) {
        return Rich.json(value);
    }

    /** A Vega-Lite chart, from JSON or from maps and lists. Example: {@code vegaLite("{\"mark\": \"bar\", …}")}. */
    public static Display vegaLite(Object spec) {
        return Rich.vegaLite(spec);
    }

    /** A picture from a PNG, JPEG, GIF or BMP file. Example: {@code image("cat.jpg")}. */
    public static BufferedImage image(String file) {
        return Rich.image(Path.of(file));
    }

    /** A chart as a raster image, where SVG is not wanted. Example: {@code png(run.plot())}. */
    public static Display png(Object chart) {
        return Rich.png(chart);
    }

    /** Takes away what the cell has shown so far, as soon as it shows something new. Example: {@code clear();}. */
    public static void clear() {
        Screens.current().clear(true);
    }

    /** Asks for a line of text and waits for it. Example: {@code String name = ask("Your name? ");}. */
    public static String ask(String prompt) {
        return Screens.current().ask(prompt, false);
    }

    /** Asks for something that nobody else should read. Example: {@code var token = askSecret("Token: ");}. */
    public static String askSecret(String prompt) {
        return Screens.current().ask(prompt, true);
    }

    /**
     * All words of the language in groups, a line each. Example: {@code help()}.
     */
    public static Displayable help() {
        return Help.overview();
    }

    /**
     * What a word takes and gives, with an example; what a type answers; what a variable is. In a cell the bare word
     * will do: {@code help(conv)}. Example: {@code help("conv")}.
     *
     * @param topic a word as text, such as {@code "conv"} or {@code "Run.plot"}; a class; or a value
     */
    public static Displayable help(Object topic) {
        return Help.on(topic);
    }

    // Forms.

    /**
     * A slider for a number, in 100 steps, beginning in the middle. Example: {@code interact(slider("lr", 0.001, 0.1), lr
     * -> lr * 2)}.
     *
     * @param min the least value
     * @param max the greatest, above {@code min}
     */
    public static Slider slider(String name, double min, double max) {
        return Slider.linear(name, min, max);
    }

    /** A slider in steps of one's own. Example: {@code slider("dropout", 0.0, 0.9, 0.1).value(0.5)}. */
    public static Slider slider(String name, double min, double max, double step) {
        return Slider.linear(name, min, max, step);
    }

    /** A slider for a whole number, beginning in the middle. Example: {@code slider("units", 8, 128)}. */
    public static IntSlider slider(String name, int min, int max) {
        return IntSlider.of(name, min, max, 1);
    }

    /** A slider for a whole number in steps. Example: {@code slider("units", 8, 128, 8)}. */
    public static IntSlider slider(String name, int min, int max, int step) {
        return IntSlider.of(name, min, max, step);
    }

    /**
     * A slider on which equal ways are equal factors, for learning rates and the like. Example: {@code logSlider("lr",
     * 1e-4, 1e-1)}.
     *
     * @param min the least value, above 0
     */
    public static Slider logSlider(String name, double min, double max) {
        return Slider.logarithmic(name, min, max);
    }

    /** One of several values, the first to begin with. Example: {@code choice("data", "digits", "mnist")}. */
    @SafeVarargs
    public static <T> Choice<T> choice(String name, T... values) {
        return Choice.of(name, List.of(values));
    }

    /** A box to tick, empty to begin with. Example: {@code toggle("shuffle").value(true)}. */
    public static Toggle toggle(String name) {
        return new Toggle(name, false);
    }

    /** A line of text. Example: {@code textField("start", "To be")}. */
    public static TextField textField(String name, String value) {
        return new TextField(name, value);
    }

    /**
     * Shows a control and runs a function at once and whenever it is moved; what the function gives, prints and shows
     * stands below. It runs beside the cells, one call at a time; of quick moves it sees the last. Where nothing can be
     * moved, as in a terminal, it runs once. Example: {@code interact(slider("n", 1, 50), n -> digits().train().example(n))}.
     *
     * @param function from the value to what is shown, null for nothing
     */
    public static <A> void interact(Control<A> a, Form.One<A> function) {
        Forms.show(Form.of("", a, function));
    }

    /**
     * As {@link #interact(Control, Form.One)} with two controls. Example: {@code interact(slider("a", 0, 9), slider("b", 0, 9), (a, b) -> a * b)}.
     */
    public static <A, B> void interact(Control<A> a, Control<B> b, Form.Two<A, B> function) {
        Forms.show(Form.of("", a, b, function));
    }

    /**
     * As {@link #interact(Control, Form.One)} with three controls. Example: {@code interact(slider("a", 0, 9), slider("b", 0, 9), toggle("negate"), (a, b, no) -> no ? -a * b : a * b)}.
     */
    public static <A, B, C> void interact(Control<A> a, Control<B> b, Control<C> c, Form.Three<A, B, C> function) {
        Forms.show(Form.of("", a, b, c, function));
    }

    /**
     * As {@link #interact(Control, Form.One)} with four controls. Example: {@code interact(slider("a", 0, 9), slider("b", 0, 9), slider("c", 0, 9), slider("d", 0, 9), (a, b, c, d) -> a + b + c + d)}.
     */
    public static <A, B, C, D> void interact(
            Control<A> a, Control<B> b, Control<C> c, Control<D> d, Form.Four<A, B, C, D> function) {
        Forms.show(Form.of("", a, b, c, d, function));
    }

    /** A button and what it does when it is pressed. Example: {@code button("Train", () -> train(net, data))}. */
    public static void button(String label, Callable<?> action) {
        Forms.show(new Form(label, List.of(), values -> action.call()));
    }

    /** As {@link #button(String, Callable)}, for what gives nothing. Example: {@code button("Greet", () -> System.out.println("hello"))}. */
    public static void button(String label, Runnable action) {
        button(label, Executors.callable(action));
    }

    /**
     * A control, and a button that runs a function of its value. Example: {@code button("Train", logSlider("lr", 1e-4,
     * 1e-1), lr -> train(net, data, adamW(lr)))}.
     */
    public static <A> void button(String label, Control<A> a, Form.One<A> function) {
        Forms.show(Form.of(label, a, function));
    }

    /** As {@link #button(String, Control, Form.One)} with two controls. Example: {@code button("Train", logSlider("lr", 1e-4, 1e-1), slider("epochs", 1, 9), (lr, n) -> train(net, data, adamW(lr), epochs(n)))}. */
    public static <A, B> void button(String label, Control<A> a, Control<B> b, Form.Two<A, B> function) {
        Forms.show(Form.of(label, a, b, function));
    }

    /** As {@link #button(String, Control, Form.One)} with three controls. Example: {@code button("Add", slider("a", 0, 9), slider("b", 0, 9), slider("c", 0, 9), (a, b, c) -> a + b + c)}. */
    public static <A, B, C> void button(
            String label, Control<A> a, Control<B> b, Control<C> c, Form.Three<A, B, C> function) {
        Forms.show(Form.of(label, a, b, c, function));
    }

    // Training.

    /**
     * Trains a network and waits for it. Loss, input shape and number of classes follow from the data unless said.
     * Example: {@code var run = train(net, data, epochs(3), batch(128), adamW(1e-3), cosine(), seed(42));}
     *
     * @param net the layers; nothing of it changes
     * @param data with a training split
     * @param options {@code epochs(3)}, {@code batch(64)}, an optimizer ({@code adamW(1e-3)}), a schedule ({@code
     *     constant()}), a loss, {@code seed(0)}, {@code earlyStop(3)}, {@code best("accuracy")}, {@code clip(1.0)}, {@code
     *     bf16()}, {@code callback(...)}
     * @return the run, which {@code lastRun()} finds too
     */
    public static Run train(Layer net, Dataset data, Option... options) {
        return Runs.train(net, data, List.of(options));
    }

    /**
     * As {@link #train}, in the background: it returns at once, other cells run meanwhile, and the display goes on.
     * Runs that train at the same time take turns and come out as they would alone. {@code run.stop()} ends it.
     * Example: {@code var run = trainAsync(net, data, epochs(100))}.
     *
     * @param net the layers; nothing of it changes
     * @param data with a training split
     * @param options as for {@code train}
     * @return the run: {@code run.isTraining()}, {@code run.stop()}, {@code run.await()}
     */
    public static Run trainAsync(Layer net, Dataset data, Option... options) {
        return Runs.trainAsync(net, data, List.of(options));
    }

    /**
     * Looks for a learning rate: trains a network of its own for 100 steps, with a rate that grows from 1e-6 to 10, and
     * notes the loss (Smith 2017). The suggestion is the rate at which the loss falls the steepest. No run, no record
     * and no weights are left. Example: {@code var rates = lrFind(dense(3), iris()); adamW(rates.suggestion());}
     *
     * @param net the layers; nothing of it changes
     * @param data with a training split
     * @param options as for {@code train}: {@code batch(64)}, an optimizer ({@code adamW(1e-3)}), a loss, {@code seed(0)}
     * @return loss over rate: {@code suggestion()}, {@code chart()}
     */
    public static LearningRates lrFind(Layer net, Dataset data, Option... options) {
        return LearningRates.find(net, data, List.of(options));
    }

    /**
     * Rehearses a training run in seconds: whether network and data fit, the size of the inputs, the classes, two batches
     * trained and validated, going on from a checkpoint, and whether one batch can be learned by heart. It answers what
     * it found and what to do; nothing is kept. Example: {@code check(dense(3), iris())}.
     *
     * @param net the layers; nothing of it changes
     * @param data with a training split
     * @param options as for {@code train}: {@code batch(64)}, an optimizer ({@code adamW(1e-3)}), a loss, {@code seed(0)}
     */
    public static Checkup check(Layer net, Dataset data, Option... options) {
        return Checkup.of(net, data, List.of(options));
    }

    /**
     * What each transform and augmentation of a dataset does to its first training example, with several draws of what is
     * random. Example: {@code explain(digits().augment(shift(1), rotate(10)).normalize())}.
     *
     * @param data with transforms
     */
    public static Explanation explain(Dataset data) {
        return explain(data, 0);
    }

    /**
     * As {@link #explain(Dataset)}, for another example. Example: {@code explain(digits().augment(shift(1)), 7)}.
     *
     * @param data with transforms
     * @param example its number in the training split, from 0
     */
    public static Explanation explain(Dataset data, long example) {
        return Explanation.of(data, example);
    }

    /** The newest run of this session, also one that was stopped or failed. Example: {@code lastRun().plot()}. */
    public static Run lastRun() {
        return Runs.last();
    }

    /** What the run is called; a name that is taken gets {@code -v1}, {@code -v2}. Example: {@code name("baseline")}. */
    public static Option name(String name) {
        return new RunOption.Named(name);
    }

    /** Writes nothing of the run to disk. */
    public static Option unrecorded() {
        return new RunOption.Unrecorded();
    }

    /** Gives an equal run that has ended back, weights and all, without training again. */
    public static Option reuse() {
        return new RunOption.Reuse();
    }

    /** Removes equal runs before and takes their name. */
    public static Option overwrite() {
        return new RunOption.Overwrite();
    }

    /** Keeps a checkpoint of every epoch, not only of the last and the best. */
    public static Option keepEpochs() {
        return new RunOption.KeepEpochs();
    }

    /**
     * Goes on from a checkpoint. Example: {@code train(net, data, epochs(20), resume("last"))}.
     *
     * @param from {@code last} or {@code best} of the newest run of this network on this data, or the path of a
     *     checkpoint
     */
    public static Option resume(String from) {
        return new RunOption.Resume(from);
    }

    /**
     * A recorded run, of this session or an earlier one, by its name: {@code runs("baseline").reload()}.
     *
     * @param name of its folder
     */
    public static StoredRun runs(String name) {
        return Runs.recorded(name);
    }

    /**
     * All recorded runs and those of this session, oldest first, as a table. Example:
     * {@code runs().where("accuracy > 0.98").sortBy("-accuracy")}.
     */
    public static RunList runs() {
        return Runs.list();
    }

    /**
     * A run that only predicts: its network with a copy of the weights as they are now. It answers from several threads
     * at once, and beside whatever trains. Example: {@code load(lastRun()).predict(digits().test().example(0))}.
     *
     * @param run one that has begun
     */
    public static Model load(Run run) {
        return Models.of(run);
    }

    /**
     * As {@link #load(Run)}, for a recorded run whose data is known by its name. Example: {@code
     * load(runs("baseline"))}.
     */
    public static Model load(StoredRun run) {
        return Models.of(run);
    }

    /**
     * A model from elsewhere: a TorchScript file ({@code .pt}) or an ONNX file ({@code .onnx}), told by what is in it.
     * Nothing in a file is executed but the network. Example: {@code load("model.onnx").predict("seven.png")}.
     *
     * @param file in or below the current folder, or an absolute path
     * @param options {@code inputShape(3, 224, 224)} where the file does not say it, {@code classNames("cat", "dog")},
     *     {@code normalize(0.5, 0.25)} for how pixels are prepared, {@code threads(1)}
     */
    public static Model load(String file, ModelOption... options) {
        return Models.load(Path.of(file), options);
    }

    /**
     * The shape of an input of a model that does not declare it; once for each input, in order. Example: {@code
     * load("model.pt", inputShape(3, 224, 224))}.
     *
     * @param sizes of one example, without the batch; -1 for a size that is free
     */
    public static ModelOption inputShape(long... sizes) {
        return ModelOption.inputShape(DType.FLOAT32, sizes);
    }

    /**
     * As {@link #inputShape(long...)}, for an input of another type. Example: {@code load("text.pt",
     * inputShape(DType.INT64, 64))}.
     */
    public static ModelOption inputShape(DType type, long... sizes) {
        return ModelOption.inputShape(type, sizes);
    }

    /**
     * What the outputs of a model from elsewhere are called, by class number. Example: {@code load("model.onnx",
     * classNames("cat", "dog"))}.
     *
     * @param names one for each output
     */
    public static ModelOption classNames(String... names) {
        return ModelOption.classNames(List.of(names));
    }

    /**
     * How a model from elsewhere wants pixels that were brought to 0..1: {@code (x - mean) / deviation}. Example: {@code
     * load("model.onnx", normalize(0.5, 0.5))}.
     *
     * @param mean of all channels
     * @param deviation of all channels, above 0
     */
    public static ModelOption normalize(double mean, double deviation) {
        return ModelOption.normalize(List.of(mean), List.of(deviation));
    }

    /**
     * As {@link #normalize(double, double)}, channel by channel. Example: {@code load("model.onnx",
     * normalize(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)))}.
     */
    public static ModelOption normalize(List<Double> means, List<Double> deviations) {
        return ModelOption.normalize(means, deviations);
    }

    /**
     * How many threads an op of a model from elsewhere may use on the processor. Example: {@code load("model.onnx",
     * threads(1))}.
     *
     * @param most at least 1; as many as there are unless said
     */
    public static ModelOption threads(int most) {
        return ModelOption.threads(most);
    }

    /**
     * Passes over the training split; 3 unless said. Example: {@code train(dense(10), iris(), epochs(10))}.
     *
     * @param epochs at least 1
     */
    public static Option epochs(int epochs) {
        return spec -> spec.epochs(epochs);
    }

    /**
     * Examples a step; 64 unless said. Example: {@code train(dense(10), iris(), batch(128))}.
     *
     * @param size at least 1
     */
    public static Option batch(int size) {
        return spec -> spec.batch(size);
    }

    /**
     * The seed of every random draw: the same seed gives the same run. It is 0 unless said. Example: {@code
     * train(dense(10), iris(), seed(42))}.
     *
     * @param seed any number
     */
    public static Option seed(long seed) {
        return spec -> spec.seed(seed);
    }

    /**
     * Scales gradients down whose norm, all together, is larger. Nothing is clipped unless said. Example: {@code
     * train(dense(10), iris(), clip(1.0))}.
     *
     * @param norm greater than 0
     */
    public static Option clip(double norm) {
        return spec -> spec.gradient(spec.gradient().clip(norm));
    }

    /**
     * Cuts every single gradient off at this size, above and below 0. Example: {@code train(dense(10), iris(),
     * clipValue(0.5))}.
     *
     * @param value greater than 0
     */
    public static Option clipValue(double value) {
        return spec -> spec.gradient(spec.gradient().clipValue(value));
    }

    /**
     * Cuts each batch into so many parts and adds their gradients up: the same step with less memory. Example: {@code train(dense(10), iris(), batch(64), accumulate(4))}.
     *
     * @param parts at least 1, a divisor of the batch
     */
    public static Option accumulate(int parts) {
        return spec -> spec.gradient(spec.gradient().accumulate(parts));
    }

    /** Weight decay leaves alone what has one axis: biases and the scales of normalisation. */
    public static Option decayMatrices() {
        return spec -> spec.parameters(spec.parameters().decay(ParameterRule.Decay.MATRICES));
    }

    /**
     * Weight decay leaves these parameters alone. Example: {@code noDecay("*.bias", "embedding")}.
     *
     * @param patterns dotted names; {@code *} stands for any characters, and a name alone for all below it
     */
    public static Option noDecay(String... patterns) {
        return spec -> spec.parameters(spec.parameters().undecayed(List.of(patterns)));
    }

    /**
     * These parameters stay as they are; batch norm whose weight and bias do goes by its running figures, and keeps them.
     * Example: {@code freeze("0", "1")}.
     *
     * @param patterns as for {@link #noDecay}
     */
    public static Option freeze(String... patterns) {
        return spec -> spec.parameters(spec.parameters().freeze(List.of(patterns)));
    }

    /**
     * A learning rate for some parameters. Example: {@code rate("head", 10)} makes it ten times the schedule's there.
     *
     * @param pattern as for {@link #noDecay}
     * @param factor times the learning rate, at least 0
     */
    public static Option rate(String pattern, double factor) {
        return spec -> spec.parameters(spec.parameters().rate(pattern, factor));
    }

    /** An average of the weights that keeps 0.999 of itself each step; it is validated, and is what the run ends with. */
    public static Option ema() {
        return ema(0.999);
    }

    /**
     * An exponential moving average of the weights; it is validated, and is what the run ends with. In the first steps it
     * keeps less of itself: n/(n+9) after n steps.
     *
     * @param decay how much it keeps of itself each step, at least 0 and less than 1
     */
    public static Option ema(double decay) {
        return spec -> spec.average(decay);
    }

    /**
     * Trains on weighted means of pairs of examples (Zhang et al. 2018). Example: {@code mixup(0.2)}.
     *
     * @param alpha of the Beta(alpha, alpha) distribution of the weight, more than 0
     */
    public static Option mixup(double alpha) {
        return spec -> spec.sampling(spec.sampling().mixing(SamplingRule.Kind.MIXUP, alpha));
    }

    /**
     * Trains on pictures with a rectangle of another in them (Yun et al. 2019). Example: {@code cutmix(1.0)}.
     *
     * @param alpha of the Beta(alpha, alpha) distribution of the part that stays, more than 0
     */
    public static Option cutmix(double alpha) {
        return spec -> spec.sampling(spec.sampling().mixing(SamplingRule.Kind.CUTMIX, alpha));
    }

    /** Every class comes equally often: examples are drawn with replacement, a class first. */
    public static Option balanced() {
        return spec -> spec.sampling(spec.sampling().inBalance());
    }

    /**
     * Measures more on the validation split. Example: {@code metrics("f1", "auroc", "top5")}.
     *
     * @param names for classes {@code precision}, {@code recall}, {@code f1} (means over the classes), {@code kappa},
     *     {@code matthews}, {@code auroc}, {@code auroc_micro}, {@code average_precision}, {@code log_loss}, {@code
     *     calibration_error}, {@code top2} and so on; for numbers {@code mse}, {@code rmse}, {@code r2}
     */
    public static Option metrics(String... names) {
        return spec -> spec.monitor(spec.monitor().metrics(List.of(names)));
    }

    /**
     * Validates after every so many epochs only, and after the last. Example: {@code train(dense(10), iris(), epochs(100), evaluateEvery(10))}.
     *
     * @param epochs at least 1; 1 unless said
     */
    public static Option evaluateEvery(int epochs) {
        return spec -> spec.monitor(spec.monitor().every(epochs));
    }

    /**
     * Trains on so many batches an epoch at the most: for a fast try. Example: {@code train(dense(10), iris(), maxBatches(10))}.
     *
     * @param batches at least 1
     */
    public static Option maxBatches(long batches) {
        return spec -> spec.limits(spec.limits().batches(batches));
    }

    /**
     * Ends training after so many seconds, and keeps what was learned. Example: {@code train(dense(10), iris(), epochs(1000), timeBudget(60))}.
     *
     * @param seconds greater than 0
     */
    public static Option timeBudget(double seconds) {
        return spec -> spec.limits(spec.limits().seconds(seconds));
    }

    /**
     * Forward and backward pass in bfloat16; weights, loss and norms stay in 32 bits. Example: {@code train(dense(10),
     * iris(), bf16())}.
     */
    public static Option bf16() {
        return spec -> spec.precision(TrainingSpec.Precision.BFLOAT16);
    }

    /**
     * Stops when the validation loss has not become smaller for so many epochs. Example: {@code train(dense(10),
     * iris(), epochs(100), earlyStop(3))}.
     *
     * @param patience epochs, at least 1
     */
    public static Option earlyStop(int patience) {
        return new EarlyStop(patience, "val_loss");
    }

    /**
     * Stops when a column of the history has not become better for so many epochs. Example: {@code train(dense(10),
     * iris(), epochs(100), earlyStop(5, "accuracy"))}.
     *
     * @param patience epochs, at least 1
     * @param metric a column of {@code run.history()}, such as {@code "val_loss"} or {@code "accuracy"}
     */
    public static Option earlyStop(int patience, String metric) {
        return new EarlyStop(patience, metric);
    }

    /**
     * At the end, however it comes, the weights of the best epoch are put back. Example: {@code best("accuracy")}.
     *
     * @param metric a column of the history; {@code accuracy} is {@code val_accuracy} where there is a validation
     *     split; losses and errors are best small, all else large
     */
    public static Option best(String metric) {
        return new Best(metric, Goal.of(metric));
    }

    /**
     * As {@link #best(String)}, for a metric whose name does not tell which way it gets better.
     *
     * @param metric a column of the history
     * @param goal which way it gets better
     */
    public static Option best(String metric, Goal goal) {
        return new Best(metric, goal);
    }

    /**
     * Code of one's own that follows the run. Example: {@code train(dense(10), iris(), callback((event, control) ->
     * System.out.println(event)))}.
     *
     * @param code is given each event, and a control that can stop the run
     */
    public static Callback callback(BiConsumer<RunEvent, Callback.Control> code) {
        return code::accept;
    }

    /**
     * Adam with weight decay apart from the gradient, 0.01 unless said. Example: {@code train(dense(10), iris(),
     * adamW(1e-3))}.
     *
     * @param learningRate the learning rate at its highest, greater than 0
     * @param options {@code weightDecay(0.01)}, or {@code option(name, value)} for any other number
     */
    public static Optimizer adamW(double learningRate, OptimizerOption... options) {
        return Optimizers.adamW(learningRate, options);
    }

    /**
     * Adam. Example: {@code train(dense(10), iris(), adam(1e-3, weightDecay(1e-4)))}.
     *
     * @param learningRate the learning rate at its highest, greater than 0
     * @param options {@code weightDecay(0)}, or {@code option(name, value)} for any other number
     */
    public static Optimizer adam(double learningRate, OptimizerOption... options) {
        return Optimizers.adam(learningRate, options);
    }

    /**
     * Stochastic gradient descent. Example: {@code train(dense(10), iris(), sgd(0.1, momentum(0.9), nesterov()))}.
     *
     * @param learningRate the learning rate at its highest, greater than 0
     * @param options {@code momentum(0)}, {@code nesterov()}, {@code weightDecay(0)}, or {@code option(name, value)}
     *     for any other number
     */
    public static Optimizer sgd(double learningRate, OptimizerOption... options) {
        return Optimizers.sgd(learningRate, options);
    }

    /**
     * RMSprop. Example: {@code train(dense(10), iris(), rmsProp(1e-2))}.
     *
     * @param learningRate the learning rate at its highest, greater than 0
     * @param options {@code momentum(0)}, {@code weightDecay(0)}, or {@code option(name, value)} for any other number
     */
    public static Optimizer rmsProp(double learningRate, OptimizerOption... options) {
        return Optimizers.rmsProp(learningRate, options);
    }

    /**
     * Adagrad. Example: {@code train(dense(10), iris(), adagrad(1e-2))}.
     *
     * @param learningRate the learning rate at its highest, greater than 0
     * @param options {@code weightDecay(0)}, or {@code option(name, value)} for any other number
     */
    public static Optimizer adagrad(double learningRate, OptimizerOption... options) {
        return Optimizers.adagrad(learningRate, options);
    }

    /**
     * Adadelta. Example: {@code train(dense(10), iris(), adadelta(1.0))}.
     *
     * @param learningRate the learning rate at its highest, greater than 0
     * @param options {@code weightDecay(0)}, or {@code option(name, value)} for any other number
     */
    public static Optimizer adadelta(double learningRate, OptimizerOption... options) {
        return Optimizers.adadelta(learningRate, options);
    }

    /**
     * How much of the last direction an optimizer keeps. Example: {@code sgd(0.1, momentum(0.9))}.
     *
     * @param momentum at least 0, for none, and less than 1
     */
    public static OptimizerOption momentum(double momentum) {
        return new OptimizerOption("momentum", momentum);
    }

    /** Nesterov's step, for {@code sgd} with momentum. Example: {@code sgd(0.1, momentum(0.9), nesterov())}. */
    public static OptimizerOption nesterov() {
        return new OptimizerOption("nesterov", 1);
    }

    /**
     * How much weights shrink in each step, times the learning rate. Example: {@code adamW(1e-3, weightDecay(0.1))}.
     *
     * @param decay at least 0, for none
     */
    public static OptimizerOption weightDecay(double decay) {
        return new OptimizerOption("weightDecay", decay);
    }

    /**
     * Any other number of an optimizer by its name. Example: {@code adamW(1e-3, option("beta2", 0.95))}.
     *
     * @param name such as {@code beta1}, {@code beta2} and {@code epsilon} of Adam, {@code alpha} of RMSprop, {@code
     *     rho} of Adadelta
     * @param value what it is set to
     */
    public static OptimizerOption option(String name, double value) {
        return new OptimizerOption(name, value);
    }

    /**
     * The learning rate stays as it is. Example: {@code train(dense(10), iris(), constant())}.
     *
     * @param warmup {@code warmup(0.05)}, or nothing
     */
    public static Schedule constant(Warmup... warmup) {
        return Schedule.of(new Schedule.Constant(), warmup);
    }

    /**
     * The learning rate goes down to 0 along half a cosine. Example: {@code train(dense(10), iris(), adamW(1e-3),
     * cosine(warmup(0.05)))}.
     *
     * @param warmup {@code warmup(0.05)}, or nothing
     */
    public static Schedule cosine(Warmup... warmup) {
        return Schedule.of(new Schedule.Cosine(0), warmup);
    }

    /**
     * The learning rate goes down to 0 in a line. Example: {@code train(dense(10), iris(), adamW(1e-3), linear())}.
     *
     * @param warmup {@code warmup(0.05)}, or nothing
     */
    public static Schedule linear(Warmup... warmup) {
        return Schedule.of(new Schedule.Linear(0), warmup);
    }

    /**
     * The learning rate is multiplied now and then. Example: {@code train(dense(10), iris(), sgd(0.1), step(0.3,
     * 0.1))}.
     *
     * @param every steps, or, under 1, the part of the run
     * @param factor what it is multiplied by, greater than 0
     * @param warmup {@code warmup(0.05)}, or nothing
     */
    public static Schedule step(double every, double factor, Warmup... warmup) {
        return Schedule.of(new Schedule.Step(every, factor), warmup);
    }

    /**
     * The learning rate is multiplied each step. Example: {@code train(dense(10), iris(), sgd(0.1),
     * exponential(0.999))}.
     *
     * @param factor greater than 0, at most 1 as a rule
     * @param warmup {@code warmup(0.05)}, or nothing
     */
    public static Schedule exponential(double factor, Warmup... warmup) {
        return Schedule.of(new Schedule.Exponential(factor), warmup);
    }

    /**
     * The learning rate rises to a peak over 30 % of the run, then falls almost to 0. Example: {@code train(dense(10),
     * iris(), sgd(0.1), oneCycle(0.4))}.
     *
     * @param peak the highest learning rate, greater than 0
     */
    public static Schedule oneCycle(double peak) {
        return Schedule.of(Schedule.OneCycle.to(peak));
    }

    /**
     * The learning rate rises from 0 in the beginning. Example: {@code cosine(warmup(0.05))}.
     *
     * @param part of all steps, from 0 to 1
     */
    public static Warmup warmup(double part) {
        return new Warmup(part);
    }

    /**
     * Cross entropy of logits against class numbers: the loss of data with classes, unless said. Example: {@code
     * train(dense(10), iris(), crossEntropy())}.
     */
    public static Loss crossEntropy() {
        return Loss.CrossEntropy.plain();
    }

    /**
     * Cross entropy whose targets give a share to all classes alike. Example: {@code train(dense(10), iris(),
     * labelSmoothing(0.1))}.
     *
     * @param share at least 0, for none, and less than 1
     */
    public static Option labelSmoothing(double share) {
        return spec -> spec.loss(Loss.CrossEntropy.of(spec).labelSmoothing(share));
    }

    /**
     * Cross entropy in which classes count by weights. Example: {@code train(dense(10), iris(), classWeights(1, 1,
     * 5))}.
     *
     * @param weights one for each class
     */
    public static Option classWeights(double... weights) {
        return spec -> spec.loss(Loss.CrossEntropy.of(spec)
                .weights(DoubleStream.of(weights).boxed().toList()));
    }

    /**
     * Cross entropy that leaves targets of one class number out. Example: {@code train(dense(10), iris(),
     * ignoreIndex(-100))}.
     *
     * @param classNumber what the targets hold that are left out
     */
    public static Option ignoreIndex(long classNumber) {
        return spec -> spec.loss(Loss.CrossEntropy.of(spec).ignore(classNumber));
    }

    /**
     * The mean squared error: the loss of data without classes, unless said. Example: {@code train(net, data, mse())}.
     */
    public static Loss mse() {
        return new Loss.MeanSquared();
    }

    /** The mean absolute error. Example: {@code train(net, data, l1())}. */
    public static Loss l1() {
        return new Loss.MeanAbsolute();
    }

    /**
     * Huber's loss: squared below {@code delta}, in a line above. Example: {@code train(net, data, huber(1.0))}.
     *
     * @param delta greater than 0
     */
    public static Loss huber(double delta) {
        return new Loss.Huber(delta);
    }

    /** Huber's loss divided by its delta, which is 1: as PyTorch's {@code SmoothL1Loss}. */
    public static Loss smoothL1() {
        return new Loss.SmoothL1(1);
    }

    /** Negative log likelihood of log probabilities, as {@code logSoftmax()} gives them. */
    public static Loss nll() {
        return new Loss.NegativeLogLikelihood();
    }

    /** Binary cross entropy of logits against targets from 0 to 1. Example: {@code train(net, data, bce())}. */
    public static Loss bce() {
        return new Loss.BinaryCrossEntropy();
    }

    /** Kullback-Leibler divergence of log probabilities from target probabilities. */
    public static Loss kl() {
        return new Loss.KullbackLeibler();
    }

    /**
     * A loss of one's own. Example: {@code loss("mine", (out, y) -> out.sub(y).abs().mean())}.
     *
     * @param name what histories and errors call it
     * @param function from output and target to one number
     */
    public static Loss loss(String name, Loss.Function function) {
        return new Loss.Custom(name, function);
    }
}
