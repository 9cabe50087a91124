package dev.quire.run.export;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quire.QuireException;
import dev.quire.compile.onnx.OnnxRun;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Part;
import dev.quire.engine.GraphRun.Values;
import dev.quire.graph.Attributes;
import dev.quire.graph.LossOps;
import dev.quire.model.Layer;
import dev.quire.run.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run.export("net.onnx")}: what a reader finds in the file, and what ONNX Runtime says with it. */
class OnnxExportTest {
    private static final Layer NET = sequential(
            conv(16, 3, padding(1)),
            batchNorm(),
            relu(),
            maxPool(2),
            flatten(),
            dropout(0.2),
            dense(64),
            relu(),
            dense(10));
    private static final Dataset DIGITS = digits().normalize();

    @TempDir
    static Path place;

    private static Run run;

    @BeforeAll
    static void trainOnce() {
        run = train(NET, DIGITS, epochs(6), seed(5), unrecorded());
    }

    private static String file(String name) {
        return place.resolve(name).toString();
    }

    private static Values pixels(Part part, int from, int count) {
        long[] sizes = part.dataset().inputs().get(0).shape().batched().sizes();
        sizes[0] = count;
        float[] data = new float[Math.toIntExact(dev.quire.graph.Shape.of(sizes).count())];
        for (int i = 0; i < count; i++) {
            float[] one = part.example(from + i).inputs().get(0).floats();
            System.arraycopy(one, 0, data, i * one.length, one.length);
        }
        return new Values(sizes, data);
    }

    @Test
    void it_takes_examples_as_the_data_holds_them_in_any_number_and_answers_as_predict_does() {
        Part test = DIGITS.test();
        try (OnnxRun onnx = OnnxRun.of(run.export(file("digits.onnx")))) {
            for (int count : new int[] {1, 7}) {
                Values scores = onnx.run(List.of(pixels(test, 0, count))).get(0);
                assertThat(scores.sizes()).containsExactly(count, 10);
                for (int i = 0; i < count; i++) {
                    float[] said = softmax(scores.data(), i * 10);
                    float[] expected = run.predict(test.example(i)).values();
                    for (int k = 0; k < 10; k++) {
                        assertThat(said[k]).isCloseTo(expected[k], within(1e-5f));
                    }
                }
            }
        }
    }

    private static float[] softmax(float[] scores, int from) {
        float[] out = new float[10];
        double sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += Math.exp(scores[from + i]);
        }
        for (int i = 0; i < 10; i++) {
            out[i] = (float) (Math.exp(scores[from + i]) / sum);
        }
        return out;
    }

    @Test
    void it_says_what_it_is_of_and_what_it_does_to_its_input() {
        try (OnnxRun onnx = OnnxRun.of(run.export(file("said.onnx")))) {
            assertThat(onnx.metadata())
                    .containsEntry("run", run.name())
                    .containsEntry("data", "digits")
                    .containsEntry("classes", "[\"0\",\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"]")
                    .containsEntry("fingerprint", DIGITS.fingerprint())
                    .containsEntry("output", "a score for each class; softmax makes them probabilities")
                    .containsEntry("precision", "FLOAT32")
                    .containsKeys("quire", "spec", "inputs");
            assertThat(onnx.metadata().get("preprocessing"))
                    .startsWith("the graph does this to it: Rescale[")
                    .contains("Normalize[");
        }
    }

    @Test
    void eight_bit_weights_take_a_third_of_the_bytes_and_cost_no_accuracy_to_speak_of() throws IOException {
        Path whole = run.export(file("whole.onnx"));
        Path small = run.export(file("small.int8.onnx"));
        double before = accuracy(whole);
        double after = accuracy(small);
        System.out.printf(
                Locale.ROOT,
                "digits: accuracy %.4f with 32-bit weights in %,d bytes, %.4f with 8-bit weights in %,d bytes%n",
                before,
                Files.size(whole),
                after,
                Files.size(small));
        assertThat(before).isGreaterThan(0.93);
        assertThat(after).isCloseTo(before, within(0.01));
        assertThat(Files.size(small)).isLessThan(Files.size(whole) / 3);
    }

    private static double accuracy(Path file) {
        Part test = DIGITS.test();
        int count = Math.toIntExact(test.count());
        try (OnnxRun onnx = OnnxRun.of(file)) {
            float[] scores = onnx.run(List.of(pixels(test, 0, count))).get(0).data();
            int right = 0;
            for (int i = 0; i < count; i++) {
                int best = 0;
                for (int k = 1; k < 10; k++) {
                    best = scores[i * 10 + k] > scores[i * 10 + best] ? k : best;
                }
                Example example = test.example(i);
                right += best == example.classNumber() ? 1 : 0;
            }
            return (double) right / count;
        }
    }

    @Test
    void data_that_is_given_as_it_is_says_so() {
        Dataset data = tensors(new float[][] {{0.5f, 1}, {1, 0}, {0, 1}, {1, 1}}, new int[] {0, 1, 0, 1});
        Run rows = train(sequential(dense(4), relu(), dense(2)), data, epochs(1), batch(2), unrecorded());
        try (OnnxRun onnx = OnnxRun.of(rows.export(file("rows.onnx")))) {
            assertThat(onnx.metadata()).containsEntry("preprocessing", "nothing is done to it");
        }
    }

    @Test
    void an_op_that_cannot_be_exported_is_named_with_its_place() throws IOException {
        Files.writeString(place.resolve("lossy.onnx"), "before");
        Layer own = layer("own", x -> x.add(x.with(LossOps.HUBER, Attributes.of("delta", 1.0), x)));
        Run lossy =
                train(sequential(flatten(), dense(8), own, dense(10)), DIGITS, epochs(1), maxBatches(1), unrecorded());
        assertThatThrownBy(() -> lossy.export(file("lossy.onnx")))
                .isInstanceOf(QuireException.class)
                .hasMessageContainingAll("ONNX cannot hold the op huber of layer 2 (node %", "it is a loss");
        assertThat(Files.readString(place.resolve("lossy.onnx"))).isEqualTo("before");
    }

    @Test
    void a_file_that_cannot_be_written_is_named_with_the_reason() {
        String name = file("x".repeat(300) + ".onnx");
        assertThatThrownBy(() -> run.export(name))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith(name + " cannot be written: ");
        assertThatThrownBy(() -> run.export(file("none/net.onnx"))).hasMessageContaining("there is no folder");
    }
}
