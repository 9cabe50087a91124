package dev.quire.compile.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.GraphRun;
import dev.quire.engine.GraphRun.Values;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.GraphBuilder;
import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import dev.quire.model.Layer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Whether ONNX Runtime and Quire's own program say the same of a network: {@code |a - b| <= 1e-5 * max(1, |b|)}. */
final class Agreement {
    static final double TOLERANCE = 1e-5;

    private final Path folder;
    private int compared;
    private double worst;
    private String where = "";

    Agreement(Path folder) {
        this.folder = folder;
    }

    /** A network for prediction, as it is exported. */
    static Graph graph(Layer network, List<TensorType> inputs) {
        GraphBuilder builder = new GraphBuilder(false);
        List<Tensor> given = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            TensorType type = inputs.get(i);
            given.add(builder.input("x" + i, type.with(type.shape().batched())));
        }
        return builder.build(network.apply(Scope.root(builder), given));
    }

    /** Compares with weights and inputs drawn at random. */
    void of(String name, Layer network, int batch, List<TensorType> inputs) {
        Graph graph = graph(network, inputs);
        Random random = new Random(name.hashCode());
        Map<String, Values> state = GraphRun.start(graph, random.nextInt(1000));
        List<Values> values = new ArrayList<>();
        for (TensorType input : inputs) {
            values.add(values(input, batch, random));
        }
        of(name, graph, state, values);
    }

    /** Numbers of an embedding are small; others are about as large as normalised data. */
    private static Values values(TensorType type, int batch, Random random) {
        long[] sizes = type.shape().batched().sizes();
        sizes[0] = batch;
        float[] data = new float[Math.toIntExact(Shape.of(sizes).count())];
        for (int i = 0; i < data.length; i++) {
            data[i] = type.dtype() == DType.FLOAT32 ? (float) random.nextGaussian() : random.nextInt(4);
        }
        return new Values(sizes, data);
    }

    /** Compares with these weights and inputs. */
    void of(String name, Graph graph, Map<String, Values> state, List<Values> inputs) {
        Path file = write(name, graph, state);
        List<Values> expected = GraphRun.run(graph, state, inputs).outputs();
        List<Values> said;
        try (OnnxRun run = OnnxRun.of(file)) {
            said = run.run(inputs);
        }
        assertThat(said).as(name).hasSameSizeAs(expected);
        for (int i = 0; i < said.size(); i++) {
            same(name, said.get(i), expected.get(i));
        }
        compared++;
    }

    /** Writes a network to a file, checked as a reader would. */
    Path write(String name, Graph graph, Map<String, Values> state) {
        Path file = folder.resolve(name.replaceAll("\\W+", "_") + ".onnx");
        try {
            OnnxFile.write(file, graph, source(state), Description.of(name), OnnxPrecision.FLOAT32);
            OnnxCheck.check(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** Weights by name. */
    static WeightSource source(Map<String, Values> state) {
        return (name, from, into) -> {
            Values values = state.get(name);
            if (values == null) {
                throw new AssertionError("no " + name + " in " + state.keySet());
            }
            put(values.data(), Math.toIntExact(from), into);
        };
    }

    private static void put(float[] data, int from, ByteBuffer into) {
        into.asFloatBuffer().put(data, from, into.remaining() / Float.BYTES);
        into.position(into.limit());
    }

    private void same(String name, Values actual, Values expected) {
        assertThat(actual.sizes()).as(name).isEqualTo(expected.sizes());
        for (int i = 0; i < expected.data().length; i++) {
            double b = expected.data()[i];
            double apart = Math.abs(actual.data()[i] - b) / Math.max(1, Math.abs(b));
            assertThat(apart)
                    .as("%s[%d]: ONNX Runtime says %s, Quire %s", name, i, actual.data()[i], expected.data()[i])
                    .isLessThanOrEqualTo(TOLERANCE);
            if (apart > worst) {
                worst = apart;
                where = name;
            }
        }
    }

    int compared() {
        return compared;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d networks agree between Quire and ONNX Runtime; the worst differs by %.1e, %s",
                compared,
                worst,
                where);
    }
}
