package dev.quire.run;

import static dev.quire.Quire.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Split;
import dev.quire.metric.Classification;
import dev.quire.view.Chart;
import dev.quire.view.Display;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import tech.tablesaw.api.Table;

/** What a run answers about what it got right and wrong. */
class InsightsTest {
    private static Run digits;
    private static Run numbers;

    @BeforeAll
    static void trainOnce() {
        digits = train(
                sequential(conv(8, 3), relu(), maxPool(2), flatten(), dense(32), relu(), dense(10)),
                digits(),
                epochs(3),
                adamW(5e-3),
                seed(1),
                unrecorded());
        numbers = train(
                sequential(dense(16), relu(), dense(1)),
                line(),
                epochs(60),
                batch(32),
                adamW(1e-2),
                seed(1),
                unrecorded());
    }

    /** y = 3 a - 2 b + 1, with a little noise. */
    private static Dataset line() {
        Random random = new Random(3);
        float[][] x = new float[400][2];
        float[] y = new float[400];
        for (int i = 0; i < 400; i++) {
            x[i][0] = (float) random.nextGaussian();
            x[i][1] = (float) random.nextGaussian();
            y[i] = 3 * x[i][0] - 2 * x[i][1] + 1 + 0.2f * (float) random.nextGaussian();
        }
        return tensors(x, y).validation(0.25);
    }

    private static void keep(String name, Chart chart) {
        String folder = System.getProperty("quire.test.pictures", "");
        if (!folder.isEmpty()) {
            chart.save(Path.of(folder, name + ".png"));
        }
    }

    @Test
    void figures_agree_with_what_training_measured() {
        Classification said = digits.classification();
        assertThat(said.accuracy()).isCloseTo(digits.history().last("val_accuracy"), within(1e-9));
        assertThat(said.logLoss()).isCloseTo(digits.history().last("val_loss"), within(1e-5));
        assertThat(digits.confusionMatrix()).isEqualTo(said.confusion());
        assertThat(digits.classification(Split.TRAIN).count()).isEqualTo(1437);
        assertThat(numbers.regression().mae()).isCloseTo(numbers.history().last("val_mae"), within(1e-5));
        assertThat(numbers.regression().r2()).isGreaterThan(0.95);
    }

    @Test
    void data_without_classes_or_without_numbers_is_refused_in_words() {
        assertThatThrownBy(numbers::classification)
                .isInstanceOf(QuireException.class)
                .hasMessage("tensors has no classes to tell apart, one class an example: use regression()");
        assertThatThrownBy(digits::regression)
                .isInstanceOf(QuireException.class)
                .hasMessage("digits has classes, and no numbers to predict: use classification()");
    }

    @Test
    void roc_curves_carry_the_area_of_each_class_and_of_all() {
        Chart chart = digits.roc();
        keep("roc", chart);
        Classification said = digits.classification();
        assertThat(((XYChart) chart.xchart()).getSeriesCollection().stream().map(XYSeries::getName))
                .contains("micro  %.3f".formatted(said.aurocMicro()), "3  %.3f".formatted(said.auroc(3)))
                .hasSize(12);
        assertThat(chart.xchart().getTitle()).isEqualTo("ROC   mean area %.3f".formatted(said.auroc()));
        assertThat(chart.text()).contains("micro");
        assertThat(chart.svg().length()).as("small enough for a notebook").isLessThan(150_000);
    }

    @Test
    void precision_and_recall_and_calibration_are_drawn() {
        keep("pr", digits.precisionRecall());
        keep("calibration", digits.calibration());
        assertThat(digits.precisionRecall().xchart().getTitle())
                .isEqualTo("precision and recall   mean average %.3f"
                        .formatted(digits.classification().averagePrecision()));
        assertThat(digits.calibration().xchart().getTitle())
                .isEqualTo("calibration   expected error %.3f"
                        .formatted(digits.classification().calibrationError()));
    }

    @Test
    void numbers_are_drawn_against_what_they_should_be() {
        Chart chart = numbers.scatter();
        keep("scatter", chart);
        assertThat(chart.xcharts()).hasSize(2);
        assertThat(chart.xchart().getTitle()).startsWith("R² 0.9");
        assertThat(chart.xcharts().get(1).getTitle()).startsWith("residuals   MAE 0.");
    }

    @Test
    void a_table_says_how_well_each_class_was_found() {
        Table table = digits.perClass();
        assertThat(table.columnNames())
                .containsExactly("class", "examples", "precision", "recall", "f1", "auroc", "average precision");
        assertThat(table.rowCount()).isEqualTo(10);
        assertThat(table.longColumn("examples").sum()).isEqualTo(360);
        assertThat(table.doubleColumn("recall").get(4))
                .isEqualTo(digits.confusionMatrix().recall(4));
        assertThat(table.doubleColumn("auroc").get(4))
                .isEqualTo(digits.classification().auroc(4));
    }

    @Test
    void the_largest_losses_come_first_with_their_pictures() {
        TopLosses worst = digits.topLosses(9);
        assertThat(worst.examples()).hasSize(9).isSortedAccordingTo((a, b) -> Double.compare(b.loss(), a.loss()));
        Classification said = digits.classification();
        Judged first = worst.examples().get(0);
        assertThat(first.loss())
                .isEqualTo(said.loss((int) first.prediction().example().index()));
        assertThat(first.prediction().isRight()).isFalse();
        assertThat(worst.display().data()).containsKeys(Display.PNG, Display.SVG);
        assertThat(worst.plain()).hasLineCount(12).startsWith("example    loss  said");
        assertThatThrownBy(() -> digits.topLosses(0)).hasMessage("topLosses(0): must be at least 1");
        if (!System.getProperty("quire.test.pictures", "").isEmpty()) {
            save("losses", worst.display());
            save("confused", digits.mostConfused().display());
        }
    }

    private static void save(String name, Display display) {
        try {
            Files.write(
                    Path.of(System.getProperty("quire.test.pictures"), name + ".png"),
                    java.util.Base64.getDecoder().decode(display.data().get(Display.PNG)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void the_largest_losses_of_numbers_are_a_table() {
        TopLosses worst = numbers.topLosses(3);
        assertThat(worst.display().data()).containsOnlyKeys(Display.TEXT, Display.HTML);
        Judged first = worst.examples().get(0);
        double error = first.prediction().values()[0]
                - first.prediction().example().target().floats()[0];
        assertThat(first.loss()).isCloseTo(error * error, within(1e-6));
    }

    @Test
    void what_was_most_confused_is_said_with_examples() {
        Confusions confused = digits.mostConfused();
        assertThat(confused.pairs()).isNotEmpty();
        Confusions.Pair first = confused.pairs().get(0);
        assertThat(first.count())
                .isEqualTo(digits.confusionMatrix().mostConfused(1).get(0).count());
        assertThat(first.examples())
                .isNotEmpty()
                .allMatch(example -> example.label().equals(first.truth()));
        assertThat(first.examples())
                .allMatch(example -> digits.predict(example).label().equals(first.predicted()));
        assertThat(confused.plain()).startsWith("is  taken for  times  of");
    }

    /** Class 1 has a bright square somewhere, class 0 has none. */
    private static Dataset squares() {
        Random random = new Random(5);
        float[][][][] x = new float[400][1][12][12];
        int[] y = new int[400];
        for (int i = 0; i < 400; i++) {
            y[i] = i % 2;
            for (float[] row : x[i][0]) {
                for (int column = 0; column < 12; column++) {
                    row[column] = 0.2f * random.nextFloat();
                }
            }
            if (y[i] == 1) {
                square(x[i][0], 1 + random.nextInt(8), 1 + random.nextInt(8));
            }
        }
        x[1][0] = new float[12][12];
        square(x[1][0], 7, 2);
        return tensors(x, y);
    }

    private static void square(float[][] picture, int top, int left) {
        for (int row = top; row < top + 3; row++) {
            Arrays.fill(picture[row], left, left + 3, 1);
        }
    }

    @Test
    void grad_cam_finds_the_bright_square_that_decides_the_class() {
        Dataset data = squares();
        Run run = train(
                sequential(conv(8, 3, same()), relu(), conv(8, 3, same()), relu(), globalAveragePool(), dense(2)),
                data,
                epochs(12),
                batch(20),
                adamW(1e-2),
                seed(1),
                unrecorded());
        assertThat(run.history().last("accuracy")).isGreaterThan(0.98);
        Example example = data.train().example(1);
        GradCam map = run.gradCam(example);
        keep("gradcam-square", map.chart());
        assertThat(map.about()).isEqualTo("1");
        assertThat(map.heat()).hasDimensions(12, 12);
        double inside = 0;
        double all = 0;
        for (int row = 0; row < 12; row++) {
            for (int column = 0; column < 12; column++) {
                all += map.heat()[row][column];
                boolean isNear = Math.abs(row - 8) <= 2 && Math.abs(column - 3) <= 2;
                inside += isNear ? map.heat()[row][column] : 0;
            }
        }
        assertThat(inside / all).as("of the heat on the square and its rim").isGreaterThan(0.8);
        assertThat(run.gradCam(example, "0")).isNotEqualTo(map);
        assertThatThrownBy(() -> run.gradCam(example, "7"))
                .hasMessage("gradCam: tensors has no class '7', it has 0, 1");
    }

    @Test
    void grad_cam_is_refused_where_nothing_is_convolved_or_drawn() {
        keep("gradcam", digits.gradCam(digits().test().example(7)).chart());
        Run plain = train(sequential(flatten(), dense(10)), digits(), epochs(1), unrecorded());
        assertThatThrownBy(() -> plain.gradCam(digits().test().example(0)))
                .isInstanceOf(QuireException.class)
                .hasMessage("gradCam needs a network with a convolution, this one has none: use conv(32, 3)");
        Run flowers = train(dense(3), iris().validation(0.2), epochs(1), unrecorded());
        assertThatThrownBy(() -> flowers.gradCam(iris().train().example(0)))
                .hasMessage("gradCam draws on a picture of 1 or 3 channels, the example is 4");
    }

    @Test
    void the_last_hidden_layer_is_what_the_last_dense_layer_is_given() {
        Embedded embedding = digits.embedding();
        assertThat(embedding.points()).hasDimensions(360, 32);
        assertThat(embedding.labels()).hasSize(360);
        float[] weight = digits.weights().get("6.weight");
        float[] bias = digits.weights().get("6.bias");
        float[] outputs = new float[10];
        for (int i = 0; i < 10; i++) {
            outputs[i] = bias[i];
            for (int j = 0; j < 32; j++) {
                outputs[i] += weight[i * 32 + j] * embedding.points()[5][j];
            }
        }
        Prediction said = digits.predict(digits().test().example(5));
        Classification computed = Classification.ofLogits(digits().classes(), outputs, new int[1]);
        assertThat(computed.probability(0, 3)).isCloseTo(said.values()[3], within(1e-5f));
        keep("pca", digits.pca());
        keep("tsne", digits.tsne());
        assertThat(((XYChart) digits.pca().xchart()).getSeriesCollection()).hasSize(10);
    }

    @Test
    void two_classes_are_told_apart() {
        Dataset data = breastCancer();
        Run run = train(sequential(dense(8), relu(), dense(2)), data, epochs(5), seed(2), unrecorded());
        assertThat(run.classification().auroc()).isGreaterThan(0.9);
        assertThat(Stream.of(run.roc(), run.pca()).map(Chart::svg)).allMatch(svg -> svg.startsWith("<svg"));
        keep("pca-two", run.pca());
        keep("roc-two", run.roc());
    }

    @Test
    void two_classes_from_one_output_are_told_apart_too() {
        Run run =
                train(sequential(dense(8), relu(), dense(1)), breastCancer(), bce(), epochs(8), seed(2), unrecorded());
        assertThat(run.classification().accuracy()).isCloseTo(run.history().last("val_accuracy"), within(1e-9));
        assertThat(run.confusionMatrix().accuracy()).isGreaterThan(0.8);
        assertThat(run.predict(breastCancer().test().example(0)).values()).hasSize(2);
    }

    @Test
    void grad_cam_sees_through_norms_pooling_and_branches() {
        Run run = train(
                sequential(
                        conv(8, 3, same()),
                        batchNorm(),
                        relu(),
                        maxPool(2),
                        residual(conv(8, 3, same()), batchNorm(), relu()),
                        dropout(0.2),
                        flatten(),
                        dense(10)),
                digits(),
                epochs(1),
                unrecorded());
        Example example = digits().test().example(3);
        GradCam map = run.gradCam(example);
        assertThat(map.heat()).hasDimensions(4, 4);
        assertThat(map.about()).isEqualTo(run.predict(example).label());
        assertThat(map.probability()).isCloseTo(run.predict(example).probability(), within(1e-5));
        assertThat(Arrays.stream(map.heat()).map(GradCam::max)).contains(1f);
    }

    @Test
    void a_record_takes_the_figures_of_classes_and_lists_them(@TempDir Path root) throws IOException {
        RunFolder folder = RunFolder.create(root, "digits");
        Recorder recorder = Recorder.begin(folder, digits.plan(), "key");
        recorder.picture(digits.classification());
        recorder.remark("something small went wrong");
        recorder.close();
        assertThat(folder.figures()).isDirectoryContaining("glob:**confusion.svg");
        assertThat(folder.figures()).isDirectoryContaining("glob:**roc.svg");
        assertThat(Files.readString(folder.run())).contains("something small went wrong");
        try (Stream<Path> files = Files.list(folder.path())) {
            assertThat(files.filter(Files::isRegularFile).map(InsightsTest::text))
                    .anyMatch(text -> text.contains("figures/roc.svg"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
