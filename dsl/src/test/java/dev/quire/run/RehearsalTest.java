package dev.quire.run;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.Buffers;
import dev.quire.data.Dataset;
import dev.quire.data.Field;
import dev.quire.data.InMemory;
import dev.quire.data.Split;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.metric.History;
import dev.quire.model.Layer;
import dev.quire.run.Checkup.Verdict;
import dev.quire.train.Stages;
import dev.quire.view.Display;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is tried before a long run. */
class RehearsalTest {
    private static final Dataset DIGITS = digits();
    private static final Layer NET = sequential(conv(8, 3), relu(), flatten(), dense(32), relu(), dense(10));

    @TempDir
    Path root;

    private static void keep(String name, Display display) {
        String folder = System.getProperty("quire.test.pictures", "");
        if (!folder.isEmpty()) {
            try {
                Files.write(
                        Path.of(folder, name + ".png"),
                        Base64.getDecoder().decode(display.data().getOrDefault(Display.PNG, "")));
                Files.writeString(Path.of(folder, name + ".txt"), display.plain());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void a_learning_rate_is_suggested_with_which_the_network_learns() {
        LearningRates rates = lrFind(NET, DIGITS, seed(1));
        keep("lrfind", rates.display());
        assertThat(rates.points()).hasSizeBetween(40, 100);
        assertThat(rates.points().get(0).rate()).isEqualTo(1e-6);
        assertThat(rates.suggestion()).isBetween(3e-4, 1e-1);
        Run run = train(NET, DIGITS, epochs(3), adamW(rates.suggestion()), seed(1), unrecorded());
        assertThat(run.history().last("val_accuracy")).isGreaterThan(0.9);
        assertThat(rates.toString()).startsWith("the loss falls steepest at a learning rate of ");
        assertThat(lrFind(NET, DIGITS, seed(1)))
                .as("equal seeds find equal rates")
                .isEqualTo(rates);
    }

    @Test
    void a_suggestion_is_where_the_loss_falls_the_steepest() {
        List<LearningRates.Point> points = java.util.stream.IntStream.range(0, 60)
                .mapToObj(i -> new LearningRates.Point(
                        1e-5 * Math.pow(10, i / 10.0), i < 50 ? 2 - Math.tanh((i - 25) / 5.0) : 2 + i))
                .toList();
        assertThat(new LearningRates(points).suggestion())
                .isEqualTo(points.get(25).rate());
        assertThatThrownBy(() -> new LearningRates(points.subList(0, 3)))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith("lrFind: the loss was not a number after 3 steps");
    }

    @Test
    void trying_leaves_runs_and_weights_as_they_were() throws IOException {
        String before = System.getProperty("quire.runs", "");
        System.setProperty("quire.runs", root.toString());
        try {
            Run run = train(NET, DIGITS, epochs(1), seed(3), unrecorded());
            float[] weights = run.weights().get("0.weight").clone();
            int runs = Runs.all().size();
            lrFind(NET, DIGITS);
            check(NET, DIGITS);
            explain(DIGITS.augment(shift(1)));
            assertThat(lastRun()).isSameAs(run);
            assertThat(Runs.all()).hasSize(runs);
            assertThat(run.weights().get("0.weight")).isEqualTo(weights);
            try (var files = Files.list(root)) {
                assertThat(files).isEmpty();
            }
        } finally {
            System.setProperty("quire.runs", before);
        }
    }

    @Test
    void a_sound_network_passes_every_check() {
        Checkup found = check(NET, DIGITS.augment(shift(1)), adamW(3e-3));
        assertThat(found.isFine()).as(found.toString()).isTrue();
        assertThat(found.items().stream().map(Checkup.Item::name))
                .containsExactly(
                        "network and data",
                        "inputs",
                        "classes",
                        "two batches",
                        "validation",
                        "going on from a checkpoint",
                        "gradients",
                        "overfitting one batch");
        assertThat(found.seconds()).isLessThan(30);
        assertThat(found.item("two batches").found()).contains("a guess has 2.3026");
        keep("check", found.display());
    }

    @Test
    void a_check_says_what_is_wrong_and_what_to_do() {
        Checkup shapes = check(sequential(flatten(), dense(12)), DIGITS);
        assertThat(shapes.fails()).isTrue();
        assertThat(shapes.item("network and data").found()).contains("gives 12 values, digits has 10 classes");

        float[][] x = new float[64][2];
        int[] y = new int[64];
        for (int i = 0; i < 64; i++) {
            x[i][0] = 500 + i;
            x[i][1] = 900 - i;
            y[i] = i % 2;
        }
        Checkup large = check(sequential(dense(4), relu(), dense(2)), tensors(x, y), batch(16));
        assertThat(large.fails()).isFalse();
        assertThat(large.item("inputs").remedy()).contains("data.normalize()");
        assertThat(large.item("validation").remedy()).contains("data.validation(0.1)");
        assertThat(large.item("two batches").verdict()).isEqualTo(Verdict.LOOK);

        Layer cut = sequential(flatten(), dense(16), layer("cut", value -> value.mul(0)), dense(10));
        Checkup dead = check(cut, DIGITS);
        assertThat(dead.item("gradients").found()).contains("1.weight");
        assertThat(dead.item("overfitting one batch").verdict()).isEqualTo(Verdict.LOOK);
        assertThat(dead.plain()).contains("look  overfitting one batch");
    }

    @Test
    void targets_far_from_0_are_named_before_the_network_is_blamed() {
        float[][] x = new float[64][1];
        float[][] y = new float[64][1];
        for (int i = 0; i < x.length; i++) {
            x[i][0] = i / 64f;
            y[i][0] = 300 + i;
        }
        Checkup far = check(sequential(dense(1)), tensors(x, y), batch(16));
        assertThat(far.item("targets").verdict()).isEqualTo(Verdict.LOOK);
        assertThat(far.item("targets").found()).isEqualTo("from 300.0 to 363.0, on average 331.5, in 64 examples");
        assertThat(far.item("targets").remedy())
                .isEqualTo("a network begins near 0 and takes long to get there: a larger learning rate, see"
                        + " lrFind(net, data), or targets divided by 350 in the data");
        for (float[] each : y) {
            each[0] = (each[0] - 331) / 18;
        }
        assertThat(check(sequential(dense(1)), tensors(x, y), batch(16))
                        .item("targets")
                        .verdict())
                .isEqualTo(Verdict.OK);
        Field number = new Field("number", DType.FLOAT32, Shape.of(1));
        InMemory examples = new InMemory(
                2,
                List.of(
                        Buffers.of(new float[] {1, 2}, DType.FLOAT32),
                        Buffers.of(new float[] {1, Float.NaN}, DType.FLOAT32)));
        Checkup none = check(
                sequential(dense(1)),
                Dataset.of("own", List.of(number), number, List.of(), Map.of(Split.TRAIN, examples)),
                batch(2));
        assertThat(none.item("targets").verdict()).as(none.toString()).isEqualTo(Verdict.FAILS);
        assertThat(check(NET, DIGITS).items().stream().map(Checkup.Item::name)).doesNotContain("targets");
    }

    @Test
    void an_explanation_shows_what_each_transform_does() {
        Explanation seen = explain(DIGITS.augment(shift(2), erase()).normalize());
        keep("explain", seen.display());
        List<Stages.Stage> stages = seen.stages();
        Stages.Stage last = stages.get(stages.size() - 1);
        assertThat(stages.get(0).transform()).isEmpty();
        assertThat(stages.stream().filter(Stages.Stage::isRandom)).hasSize(2);
        assertThat(last.isRandom()).isFalse();
        float[] stored = seen.example().floats();
        assertThat(java.util.Arrays.copyOf(stages.get(0).values(), stored.length))
                .isEqualTo(stored);
        assertThat(seen.plain()).contains("as it is stored", "shift(pixels 2), drawn anew each time");
        assertThat(explain(DIGITS.augment(shift(2)), 7).example().index()).isEqualTo(7);
        assertThat(explain(iris()).plain())
                .contains("normalize(means 5.82, 3.06")
                .doesNotContain("shift");
        assertThatThrownBy(() -> explain(DIGITS, 5000)).isInstanceOf(QuireException.class);
    }

    @Test
    void figures_of_classes_are_drawn_where_they_cost_next_to_nothing() {
        History brief = History.empty();
        History lengthy = History.empty();
        for (int i = 0; i < 10; i++) {
            brief = brief.append(Map.of("loss", 1.0, "seconds", 0.5));
            lengthy = lengthy.append(Map.of("loss", 1.0, "seconds", 30.0));
        }
        assertThat(Figures.areCheap(brief, 60_000, 10_000)).isFalse();
        assertThat(Figures.areCheap(lengthy, 60_000, 10_000)).isTrue();
        assertThat(Figures.areCheap(lengthy, 60_000, 60_000)).isFalse();
        assertThat(Figures.areCheap(History.empty(), 10, 10)).isFalse();
    }

    @Test
    void figures_of_classes_are_files_that_are_drawn() throws IOException {
        Run run = train(NET, DIGITS, epochs(1), unrecorded());
        Figures.classes(run.classification(), root);
        assertThat(Files.readString(root.resolve("confusion.svg"))).startsWith("<svg");
        assertThat(Files.readString(root.resolve("roc.svg"))).startsWith("<svg");
    }
}
