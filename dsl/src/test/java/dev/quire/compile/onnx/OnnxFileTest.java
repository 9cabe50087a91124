package dev.quire.compile.onnx;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import dev.quire.engine.GraphRun.Values;
import dev.quire.export.PythonProcess;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import dev.quire.model.RandomNetworks;
import dev.quire.model.RandomNetworks.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of a file: sound for those who check them, and no larger than the format allows. */
class OnnxFileTest {
    @TempDir
    Path folder;

    /** More bytes than one message can hold. */
    private static final int WIDE = 23_500;

    @Test
    void weights_that_do_not_fit_go_into_a_second_file() throws IOException {
        Path one = folder.resolve("one.onnx");
        Path two = folder.resolve("two.onnx");
        Graph graph = Agreement.graph(
                sequential(flatten(), dense(64), relu(), dense(10)),
                List.of(new TensorType(DType.FLOAT32, Shape.of(8, 8))));
        Map<String, Values> state = dev.quire.engine.GraphRun.start(graph, 3);
        WeightSource weights = Agreement.source(state);
        assertThat(OnnxFile.write(one, graph, weights, Description.of("one"), OnnxPrecision.FLOAT32))
                .containsExactly(one);
        assertThat(OnnxFile.write(two, graph, weights, Description.of("two"), OnnxPrecision.FLOAT32, 10_000))
                .containsExactly(two, folder.resolve("two.onnx.data"));
        assertThat(Files.size(two)).isLessThan(Files.size(one) / 4);
        OnnxCheck.check(Files.readAllBytes(two));
        Values input = sample(5, 8, 8);
        try (OnnxRun first = OnnxRun.of(one);
                OnnxRun second = OnnxRun.of(two)) {
            assertThat(second.run(List.of(input)).get(0).data())
                    .containsExactly(first.run(List.of(input)).get(0).data());
        }
    }

    @Test
    void eight_bit_weights_are_those_of_each_channel_rounded() throws IOException {
        Graph graph = Agreement.graph(
                sequential(
                        conv(6, 3),
                        transposedConv(5, 3, stride(2)),
                        flatten(),
                        dense(40),
                        layer(
                                "own",
                                (scope, x) -> x.matmul(
                                        scope.parameter("weight", new dev.quire.graph.Init.Normal(0.2), 40, 7)))),
                List.of(new TensorType(DType.FLOAT32, Shape.of(2, 8, 8))));
        Path exact = folder.resolve("exact.onnx");
        Path small = folder.resolve("small.onnx");
        WeightSource weights = Agreement.source(dev.quire.engine.GraphRun.start(graph, 3));
        OnnxFile.write(exact, graph, weights, Description.of("exact"), OnnxPrecision.FLOAT32);
        OnnxFile.write(small, graph, weights, Description.of("small"), OnnxPrecision.INT8);
        OnnxCheck.Fields fields = OnnxCheck.check(Files.readAllBytes(small)).message(Proto.Model.GRAPH);
        assertThat(fields.messages(Proto.Graph.NODE))
                .filteredOn(node -> node.text(Proto.Node.OP_TYPE).equals("DequantizeLinear"))
                .hasSize(4);
        try (OnnxRun first = OnnxRun.of(exact);
                OnnxRun second = OnnxRun.of(small)) {
            Values input = sample(3, 2, 8, 8);
            float[] expected = first.run(List.of(input)).get(0).data();
            float[] said = second.run(List.of(input)).get(0).data();
            double largest = 0;
            double apart = 0;
            for (int i = 0; i < expected.length; i++) {
                largest = Math.max(largest, Math.abs(expected[i]));
                apart = Math.max(apart, Math.abs(expected[i] - said[i]));
            }
            assertThat(apart / largest).isBetween(1e-6, 0.03);
        }
    }

    private static Values sample(long... sizes) {
        float[] data = new float[Math.toIntExact(Shape.of(sizes).count())];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) Math.sin(i);
        }
        return new Values(sizes, data);
    }

    @Test
    void a_shape_says_which_sizes_are_the_batch() throws IOException {
        Sample sample = RandomNetworks.of(0);
        Path file = new Agreement(folder).write("named", sample.graph(), sample.state());
        OnnxCheck.Fields graph = OnnxCheck.check(Files.readAllBytes(file)).message(Proto.Model.GRAPH);
        OnnxCheck.Fields first = graph.messages(Proto.Graph.INPUT).get(0);
        OnnxCheck.Fields type = first.message(Proto.ValueInfo.TYPE).message(Proto.Type.TENSOR);
        assertThat(type.message(Proto.Type.TENSOR_SHAPE)
                        .messages(Proto.Type.SHAPE_SIZE)
                        .get(0)
                        .text(Proto.Type.SIZE_NAME))
                .isEqualTo("batch");
        assertThat(graph.all(Proto.Graph.NODE))
                .allSatisfy(node -> assertThat(node).isInstanceOf(ByteString.class));
    }

    @Test
    void pythons_checker_takes_what_is_written() throws IOException, InterruptedException {
        PythonProcess python = PythonProcess.with("onnx");
        Agreement agreement = new Agreement(folder);
        int count = 60;
        for (Sample sample : RandomNetworks.first(count)) {
            agreement.write("network " + sample.number(), sample.graph(), sample.state());
        }
        weights_that_do_not_fit_go_into_a_second_file();
        Path script = folder.resolve("check.py");
        Files.writeString(script, """
                import glob, onnx
                files = sorted(glob.glob("*.onnx"))
                for file in files:
                    try:
                        onnx.checker.check_model(file, full_check=True)
                    except Exception as e:
                        print(file, e)
                print(len(files), "checked")
                """);
        assertThat(python.run(folder, script.toString()).strip()).isEqualTo(count + 2 + " checked");
    }

    @Test
    void more_than_two_gigabytes_of_weights_lie_beside_the_file() throws IOException {
        assumeTrue(Boolean.getBoolean("quire.test.huge"), "writes 2 GB: -Dquire.test.huge runs it");
        Graph graph = Agreement.graph(dense(WIDE), List.of(new TensorType(DType.FLOAT32, Shape.of(WIDE))));
        WeightSource none = (name, from, into) -> into.position(into.limit());
        Path file = folder.resolve("huge.onnx");
        List<Path> files = OnnxFile.write(file, graph, none, Description.of("huge"), OnnxPrecision.FLOAT32);
        assertThat(files).containsExactly(file, folder.resolve("huge.onnx.data"));
        assertThat(Files.size(files.get(1))).isGreaterThan(Integer.MAX_VALUE);
        try (OnnxRun run = OnnxRun.of(file)) {
            assertThat(run.run(List.of(sample(1, WIDE))).get(0).sizes()).containsExactly(1, WIDE);
        }
    }
}
