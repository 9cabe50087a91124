package dev.quire.inference;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.HostTensor;
import dev.quire.data.Part;
import dev.quire.graph.DType;
import dev.quire.run.Prediction;
import dev.quire.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trained run as a model. */
class RunModelTest {
    private static Run run;
    private static Model model;

    @BeforeAll
    static void trainOnce() {
        run = train(
                sequential(conv(8, 3, same()), batchNorm(), relu(), maxPool(2), flatten(), dropout(0.5), dense(10)),
                digits().normalize(),
                epochs(2),
                adamW(5e-3),
                seed(1),
                name("digits-model"),
                unrecorded());
        model = Models.of(run);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    private static HostTensor some(int rows) {
        Part test = run.data().test();
        return HostTensor.join(LongStream.range(0, rows)
                .mapToObj(test::example)
                .map(example ->
                        HostTensor.of(DType.UINT8, example.inputs().get(0).bytes(), 1, 1, 8, 8))
                .toList());
    }

    @Test
    void a_model_says_what_the_run_says() {
        for (int i = 0; i < 50; i++) {
            Example example = run.data().test().example(i);
            Prediction expected = run.predict(example);
            Estimate said = model.predict(example);
            assertThat(said.label()).isEqualTo(expected.label());
            for (int c = 0; c < 10; c++) {
                assertThat(said.values()[c]).isCloseTo(expected.values()[c], within(1e-6f));
            }
        }
    }

    @Test
    void a_batch_says_what_its_examples_say() {
        List<Estimate> all = model.predict(some(37));
        assertThat(all).hasSize(37);
        for (int i = 0; i < 37; i++) {
            Estimate one = model.predict(some(37).rows(i, 1)).get(0);
            for (int c = 0; c < 10; c++) {
                assertThat(all.get(i).values()[c]).isCloseTo(one.values()[c], within(1e-6f));
            }
        }
    }

    @Test
    void an_image_file_is_brought_to_the_size_of_the_data(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("digit.png");
        ImageIO.write(run.data().test().example(3).image(), "png", file.toFile());
        assertThat(model.predict(file.toString()).values())
                .containsExactly(run.predict(file.toString()).values(), within(1e-6f));
        assertThatThrownBy(() -> model.predict("nowhere.png"))
                .isInstanceOf(QuireException.class)
                .hasMessage("there is no file nowhere.png");
        assertThatThrownBy(() -> model.predict("GIF89a".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(QuireException.class)
                .hasMessage("the image is not a JPEG or PNG");
    }

    @Test
    void a_card_says_what_goes_in_and_what_comes_out() {
        assertThat(model.card().plain().lines().map(String::strip))
                .containsSubsequence("input   image   Nx1x8x8  uint8", "output  output  Nx10     float32");
        assertThat(model.card().plain())
                .contains(
                        "digits-model: a run on digits, 2 epochs; 1,386 parameters; 5.54 KB; 10 classes: 0, 1, 2, 3, 4, 5, ...")
                .contains("images become 1x8x8, pixels from 0 to 255");
        assertThat(model.card().madeFrom()).containsEntry("run", "digits-model").containsEntry("data", "digits");
    }

    @Test
    void what_does_not_fit_is_refused_with_what_was_expected() {
        assertThatThrownBy(() -> model.run(HostTensor.of(new float[64], 1, 1, 8, 8)))
                .isInstanceOf(QuireException.class)
                .hasMessage("the input image of digits-model is of type uint8, got float32");
        assertThatThrownBy(() -> model.run(HostTensor.of(new byte[64], 1, 8, 8)))
                .isInstanceOf(QuireException.class)
                .hasMessage("the input image of digits-model has the shape Nx1x8x8, got 1x8x8 uint8:"
                        + " one example is a batch of 1");
        assertThatThrownBy(() -> model.run(HostTensor.of(new byte[49], 1, 1, 7, 7)))
                .isInstanceOf(QuireException.class)
                .hasMessage("the input image of digits-model has the shape Nx1x8x8, got 1x1x7x7 uint8");
        assertThatThrownBy(() -> model.run(HostTensor.of(new byte[0], 0, 1, 8, 8)))
                .isInstanceOf(QuireException.class)
                .hasMessage("the input image of digits-model is empty: 0x1x8x8 uint8");
        assertThatThrownBy(() -> model.run(Map.of("pixels", some(1))))
                .isInstanceOf(QuireException.class)
                .hasMessage("the input image of digits-model is missing, got [pixels]: it takes [image Nx1x8x8 uint8]");
        assertThatThrownBy(() -> model.run(Map.of("image", some(1), "pixels", some(1))))
                .isInstanceOf(QuireException.class)
                .hasMessage("digits-model has no input pixels: it takes [image Nx1x8x8 uint8]");
    }

    @Test
    void a_closed_model_refuses() {
        Model closed = Models.of(run);
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.run(some(1)))
                .isInstanceOf(QuireException.class)
                .hasMessage("digits-model is closed: load it again");
    }

    @Test
    void a_model_keeps_the_weights_it_was_made_with() {
        HostTensor before = model.run(some(5));
        train(sequential(flatten(), dense(10)), digits(), epochs(1), unrecorded());
        assertThat(model.run(some(5))).isEqualTo(before);
    }

    @Test
    void many_threads_get_what_one_gets() throws Exception {
        List<HostTensor> expected = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            expected.add(model.run(some(20).rows(i, i + 1)));
        }
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int own = t;
                HostTensor input = some(20).rows(own, own + 1);
                answers.add(pool.submit(() -> {
                    boolean same = true;
                    for (int i = 0; i < 200; i++) {
                        same &= model.run(input).equals(expected.get(own));
                    }
                    return same;
                }));
            }
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void training_comes_out_the_same_bit_for_bit_beside_a_model_that_answers() throws Exception {
        Dataset data = digits();
        Run alone = train(
                sequential(flatten(), dense(64), relu(), dropout(0.2), dense(10)),
                data,
                epochs(3),
                seed(5),
                unrecorded());
        Map<String, float[]> expected = alone.weights();
        Run beside = trainAsync(
                sequential(flatten(), dense(64), relu(), dropout(0.2), dense(10)),
                data,
                epochs(3),
                seed(5),
                unrecorded());
        HostTensor input = some(3);
        HostTensor answer = model.run(input);
        int calls = 0;
        while (beside.isTraining()) {
            assertThat(model.run(input)).isEqualTo(answer);
            calls++;
        }
        assertThat(calls).isPositive();
        beside.await().weights().forEach((name, values) -> assertThat(values).isEqualTo(expected.get(name)));
    }

    @Test
    void accuracy_over_a_dataset_is_that_of_the_run() {
        assertThat(model.accuracy(run.data().test()))
                .isCloseTo(run.evaluate(dev.quire.data.Split.TEST).get("accuracy"), within(1e-9));
        assertThatThrownBy(() -> model.accuracy(tensors(new float[][] {{1}, {2}}, new float[] {1, 2})
                        .train()))
                .isInstanceOf(QuireException.class)
                .hasMessage("tensors has no classes to get right: it needs one class an example");
    }

    @Test
    void numbers_have_no_classes() {
        Run numbers = train(
                sequential(dense(1)),
                tensors(new float[][] {{1, 2}, {2, 3}, {3, 5}, {5, 8}}, new float[] {3, 5, 8, 13}),
                epochs(1),
                batch(4),
                unrecorded());
        try (Model said = Models.of(numbers)) {
            Estimate one = said.predict(HostTensor.of(new float[] {1, 2}, 1, 2)).get(0);
            assertThat(one.values())
                    .containsExactly(
                            numbers.predict(numbers.data().train().example(0)).values(), within(1e-6f));
            assertThatThrownBy(one::label)
                    .isInstanceOf(QuireException.class)
                    .hasMessage("the model has no class names: read values(), or load it with classNames(...)");
            assertThatThrownBy(() -> said.predict("x.png"))
                    .isInstanceOf(QuireException.class)
                    .hasMessageContaining("does not say how an image becomes its input, [x Nx2 float32]");
        }
    }
}
