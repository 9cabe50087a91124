package dev.quire.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.Fixtures;
import dev.quire.QuireException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The metrics give the figures that scikit-learn gave. */
class MetricFixturesTest {
    private static final double TOLERANCE = 1e-6;

    private final JsonNode figures = Fixtures.read("pytorch/classification_metrics.json");
    private final Classification said = classification(figures);

    private static Classification classification(JsonNode figures) {
        int[] truth = StreamSupport.stream(figures.get("target").spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
        Fixtures.values(figures.get("scores"));
        int width = figures.get("scores").get("shape").get(1).asInt();
        List<String> classes =
                IntStream.range(0, width).mapToObj(i -> "class " + i).toList();
        return Classification.of(classes, Fixtures.values(figures.get("scores")).data(), truth);
    }

    private void same(String name, double actual) {
        assertThat(actual).as(name).isCloseTo(figures.get(name).asDouble(), within(TOLERANCE));
    }

    @Test
    void figures_of_the_predicted_class_agree() {
        ConfusionMatrix matrix = said.confusion();
        same("accuracy", said.accuracy());
        same("top2_accuracy", said.topK(2));
        same("top3_accuracy", said.topK(3));
        same("precision_macro", matrix.precision());
        same("recall_macro", matrix.recall());
        same("recall_micro", matrix.accuracy());
        same("f1_macro", matrix.f1());
        same("f1_micro", matrix.accuracy());
        same("cohen_kappa", matrix.kappa());
        same("matthews_corrcoef", matrix.matthews());
        for (int i = 0; i < said.classes().size(); i++) {
            assertThat(matrix.f1(i))
                    .isCloseTo(figures.get("f1_per_class").get(i).asDouble(), within(TOLERANCE));
            for (int j = 0; j < said.classes().size(); j++) {
                assertThat(matrix.count(i, j))
                        .isEqualTo(figures.get("confusion_matrix_rows_true")
                                .get(i)
                                .get(j)
                                .asLong());
            }
        }
    }

    @Test
    void figures_of_the_probabilities_agree() {
        same("auroc_macro_ovr", said.auroc());
        same("auroc_micro", said.aurocMicro());
        same("average_precision_macro", said.averagePrecision());
        same("log_loss", said.logLoss());
    }

    @Test
    void the_roc_curve_agrees_point_for_point() {
        Curve curve = said.rocMicro();
        assertThat(curve.x()).hasSize(figures.get("roc_micro_fpr").size());
        for (int i = 0; i < curve.x().length; i++) {
            assertThat(curve.x()[i])
                    .isCloseTo(figures.get("roc_micro_fpr").get(i).asDouble(), within(TOLERANCE));
            assertThat(curve.y()[i])
                    .isCloseTo(figures.get("roc_micro_tpr").get(i).asDouble(), within(TOLERANCE));
        }
    }

    @Test
    void figures_of_a_regression_agree() {
        JsonNode expected = Fixtures.read("pytorch/regression_metrics.json");
        Regression regression = Regression.of(
                Fixtures.values(expected.get("prediction")).data(),
                Fixtures.values(expected.get("target")).data());
        assertThat(regression.mse()).isCloseTo(expected.get("mse").asDouble(), within(TOLERANCE));
        assertThat(regression.rmse()).isCloseTo(expected.get("rmse").asDouble(), within(TOLERANCE));
        assertThat(regression.mae()).isCloseTo(expected.get("mae").asDouble(), within(TOLERANCE));
        assertThat(regression.r2()).isCloseTo(expected.get("r2").asDouble(), within(TOLERANCE));
    }

    @Test
    void a_classifier_that_is_as_sure_as_it_is_right_has_no_calibration_error() {
        Classification sure = Classification.of(
                List.of("a", "b"),
                new float[] {0.75f, 0.25f, 0.75f, 0.25f, 0.75f, 0.25f, 0.75f, 0.25f},
                new int[] {0, 0, 0, 1});
        assertThat(sure.calibrationError()).isCloseTo(0, within(1e-9));
        Classification wrong = Classification.of(List.of("a", "b"), new float[] {0.9f, 0.1f}, new int[] {1});
        assertThat(wrong.calibrationError()).isCloseTo(0.9, within(1e-6));
    }

    @Test
    void equal_scores_count_half_whatever_their_order() {
        List<String> classes = List.of("a", "b");
        float[] same = {0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f};
        assertThat(Classification.of(classes, same, new int[] {0, 1, 1}).auroc(1))
                .isEqualTo(0.5);
        assertThat(Classification.of(classes, same, new int[] {1, 1, 0}).auroc(1))
                .isEqualTo(0.5);
    }

    @Test
    void a_class_without_examples_is_left_out_of_the_mean() {
        Classification two = Classification.of(
                List.of("a", "b", "c"), new float[] {0.8f, 0.1f, 0.1f, 0.1f, 0.8f, 0.1f}, new int[] {0, 1});
        assertThat(two.auroc(2)).isNaN();
        assertThat(two.auroc()).isEqualTo(1);
    }

    @Test
    void numbers_that_do_not_fit_are_refused() {
        assertThatThrownBy(() -> Classification.of(List.of("a", "b"), new float[3], new int[2]))
                .isInstanceOf(QuireException.class)
                .hasMessage("3 probabilities for 2 examples of 2 classes: expected 4");
        assertThatThrownBy(() -> Classification.of(List.of("a", "b"), new float[2], new int[] {2}))
                .isInstanceOf(QuireException.class)
                .hasMessage("example 0 is of class 2: classes are 0 to 1");
        assertThatThrownBy(() -> Regression.of(new float[3], new float[2]))
                .isInstanceOf(QuireException.class)
                .hasMessage("3 predictions, 2 targets");
    }
}
