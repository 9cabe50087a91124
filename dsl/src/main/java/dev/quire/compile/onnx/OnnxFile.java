package dev.quire.compile.onnx;

import dev.quire.graph.Graph;
import dev.quire.store.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes ONNX models. Weights go to the file straight from where they are. Above 2 GB, which is all a file of this format
 * can hold, they go into a second file beside it, {@code NAME.onnx.data}.
 */
public final class OnnxFile {
    /** The version of the operators. */
    public static final int OPERATORS = 20;

    /** The version of the format, the first that has these operators. */
    public static final int FORMAT = 9;

    /** What a message can hold, less room for what is not weights. */
    private static final long LARGEST = Integer.MAX_VALUE - (1L << 20);

    private OnnxFile() {}

    /**
     * Writes a graph with its weights, whole or not at all.
     *
     * @param graph for prediction; its inputs and outputs may have the batch as their first size
     * @return the files: one, or two where weights are kept beside it
     * @throws dev.quire.QuireException when the graph holds an op that has no form in ONNX
     * @throws IOException when a file cannot be written; then none is changed that was there before
     */
    public static List<Path> write(
            Path file, Graph graph, WeightSource weights, Description description, OnnxPrecision precision)
            throws IOException {
        return write(file, graph, weights, description, precision, LARGEST);
    }

    /** As above, with weights in a second file where there are more bytes of them than a limit. */
    static List<Path> write(
            Path file, Graph graph, WeightSource weights, Description description, OnnxPrecision precision, long limit)
            throws IOException {
        OnnxGraph printed = OnnxPrinter.print(graph);
        if (precision == OnnxPrecision.INT8) {
            printed = Quantization.apply(printed, weights);
        }
        return write(file, new ModelWriter(printed, weights, description), limit);
    }

    private static List<Path> write(Path file, ModelWriter model, long limit) throws IOException {
        if (model.weightBytes() <= limit) {
            WholeFile.write(file, channel -> model.write(new Sink(channel), ""));
            return List.of(file);
        }
        Path beside = file.resolveSibling(file.getFileName() + ".data");
        WholeFile.write(beside, channel -> model.writeData(new Sink(channel)));
        WholeFile.write(file, channel -> model.write(new Sink(channel), String.valueOf(beside.getFileName())));
        return List.of(file, beside);
    }
}
