package dev.quire.bench;

import static dev.quire.Quire.batch;
import static dev.quire.Quire.dense;
import static dev.quire.Quire.maxBatches;
import static dev.quire.Quire.sequential;
import static dev.quire.Quire.train;
import static dev.quire.Quire.unrecorded;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import com.sun.management.ThreadMXBean;
import dev.quire.compile.onnx.Description;
import dev.quire.compile.onnx.OnnxFile;
import dev.quire.compile.onnx.OnnxPrecision;
import dev.quire.compile.onnx.WeightSource;
import dev.quire.data.Dataset;
import dev.quire.data.Field;
import dev.quire.data.HostTensor;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import dev.quire.inference.Model;
import dev.quire.inference.Models;
import dev.quire.model.Architecture;
import dev.quire.model.Layer;
import dev.quire.run.Run;
import dev.quire.store.WholeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How fast a large network is written as ONNX, and how long ONNX Runtime and Quire take for one example. */
final class OnnxFiles {
    private static final int SIDE = 10_000;
    private static final int WARM = 300;

    private final Settings settings;
    private final Table table;

    OnnxFiles(Settings settings, Table table) {
        this.settings = settings;
        this.table = table;
    }

    void run() {
        settings.progress("onnx");
        try {
            Path folder = Files.createTempDirectory("quire-onnx");
            try {
                export(folder.resolve("large.onnx"));
                latency(folder, "MLP 784-128-128-10", Networks.mlp(128), Networks.rows());
                latency(folder, "CNN on 28x28", Networks.cnn(), Networks.images());
            } finally {
                for (Path file : Files.list(folder).toList()) {
                    Files.delete(file);
                }
                Files.delete(folder);
            }
        } catch (IOException | OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In turns with the same bytes written plainly, as the disk has its moods. */
    private void export(Path file) throws IOException {
        Graph graph = Architecture.of(sequential(dense(SIDE)), List.of(new TensorType(DType.FLOAT32, Shape.of(SIDE))))
                .graph();
        float[] flat = new float[Math.toIntExact(graph.parameterCount())];
        Arrays.fill(flat, 0.5f);
        int weights = SIDE * SIDE;
        WeightSource source = (name, from, into) -> {
            int at = Math.toIntExact(from) + (name.endsWith("bias") ? weights : 0);
            into.asFloatBuffer().put(flat, at, into.remaining() / Float.BYTES);
            into.position(into.limit());
        };
        double[] plain = new double[settings.rounds()];
        double[] whole = new double[settings.rounds()];
        double[] small = new double[settings.rounds()];
        long allocated = 0;
        for (int i = 0; i < settings.rounds(); i++) {
            plain[i] = seconds(() -> plainly(file, flat));
            long before = allocated();
            whole[i] = seconds(() -> write(file, graph, source, OnnxPrecision.FLOAT32));
            allocated = allocated() - before;
            small[i] = seconds(() -> write(file, graph, source, OnnxPrecision.INT8));
        }
        String title = "ONNX file, 100 M parameters";
        table.row(title, "the same bytes, plainly", "%.2f s".formatted(median(plain)), "", "");
        table.row(
                title,
                "32-bit weights, %,d KB of Java heap".formatted(allocated / 1024),
                "%.2f s".formatted(median(whole)),
                "%.2f x".formatted(median(whole) / median(plain)),
                "3 s");
        table.row(title, "8-bit weights", "%.2f s".formatted(median(small)), "", "");
    }

    private static void write(Path file, Graph graph, WeightSource source, OnnxPrecision precision) throws IOException {
        OnnxFile.write(file, graph, source, Description.of("large"), precision);
    }

    private static void plainly(Path file, float[] flat) throws IOException {
        ByteBuffer staging = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        WholeFile.write(file, channel -> {
            int piece = staging.capacity() / Float.BYTES;
            for (int at = 0; at < flat.length; at += piece) {
                int count = Math.min(piece, flat.length - at);
                staging.clear().limit(count * Float.BYTES);
                staging.asFloatBuffer().put(flat, at, count);
                WholeFile.writeFully(channel, staging);
            }
        });
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : 0;
    }

    /** What may fail as files do. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException, OrtException;
    }

    private static double seconds(Work work) {
        long began = System.nanoTime();
        try {
            work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
        return (System.nanoTime() - began) * 1e-9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void latency(Path folder, String title, Layer network, Dataset data) throws IOException, OrtException {
        Run run = train(network, data, batch(32), maxBatches(1), unrecorded());
        Path file = run.export(folder.resolve("model.onnx").toString());
        Field field = data.inputs().get(0);
        long[] sizes = field.shape().batched().with(0, 1).sizes();
        ByteBuffer bytes = ByteBuffer.allocateDirect(field.bytes()).order(ByteOrder.nativeOrder());
        HostTensor example = HostTensor.of(field.type(), bytes, sizes);
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "bench");
        try (Model quire = Models.of(run);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(settings.threads());
            try (OrtSession session = environment.createSession(file.toString(), options)) {
                Work own = () -> quire.run(example).floats();
                Work other = () -> {
                    try (OnnxTensor input = tensor(environment, field, bytes, sizes);
                            OrtSession.Result result = session.run(Map.of(field.name(), input))) {
                        ((OnnxTensor) result.get(0)).getFloatBuffer();
                    }
                };
                repeat(own, WARM);
                repeat(other, WARM);
                double[] ours = new double[settings.rounds()];
                double[] theirs = new double[settings.rounds()];
                for (int i = 0; i < settings.rounds(); i++) {
                    ours[i] = each(own);
                    theirs[i] = each(other);
                }
                table.row(title + ", one example", "Quire's forward program", micro(median(ours)), "", "");
                table.row(
                        title + ", one example",
                        "ONNX Runtime " + environment.getVersion(),
                        micro(median(theirs)),
                        "%.2f x".formatted(median(theirs) / median(ours)),
                        "");
            }
        }
    }

    private static OnnxTensor tensor(OrtEnvironment environment, Field field, ByteBuffer bytes, long[] sizes)
            throws OrtException {
        return field.type() == DType.UINT8
                ? OnnxTensor.createTensor(environment, bytes, sizes, OnnxJavaType.UINT8)
                : OnnxTensor.createTensor(environment, bytes.asFloatBuffer(), sizes);
    }

    private static void repeat(Work work, int count) {
        for (int i = 0; i < count; i++) {
            seconds(work);
        }
    }

    /** The median of the calls of a round. */
    private double each(Work work) {
        double[] calls = new double[Math.max(200, (int) (settings.seconds() * 2000))];
        Arrays.setAll(calls, i -> seconds(work));
        return median(calls);
    }

    private static String micro(double seconds) {
        return "%.0f microseconds".formatted(seconds * 1e6);
    }
}
