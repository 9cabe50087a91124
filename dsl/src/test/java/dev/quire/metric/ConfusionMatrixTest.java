package dev.quire.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quire.metric.ConfusionMatrix.Confusion;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    private final ConfusionMatrix matrix =
            new ConfusionMatrix(List.of("cat", "dog", "owl"), new long[][] {{8, 2, 0}, {1, 4, 0}, {0, 5, 0}});

    @Test
    void accuracy_is_the_share_of_the_diagonal() {
        assertThat(matrix.total()).isEqualTo(20);
        assertThat(matrix.accuracy()).isEqualTo(0.6);
    }

    @Test
    void precision_recall_and_f1_are_told_by_class_and_averaged() {
        assertThat(matrix.precision(0)).isCloseTo(8 / 9.0, within(1e-12));
        assertThat(matrix.recall(0)).isEqualTo(0.8);
        assertThat(matrix.f1(0)).isCloseTo(16 / 19.0, within(1e-12));
        assertThat(matrix.precision(2)).as("nothing was taken for an owl").isZero();
        assertThat(matrix.f1(2)).isZero();
        assertThat(matrix.recall()).isCloseTo((0.8 + 0.8 + 0) / 3, within(1e-12));
        assertThat(matrix.f1()).isCloseTo((16 / 19.0 + 8 / 16.0) / 3, within(1e-12));
    }

    @Test
    void the_most_confused_come_first() {
        assertThat(matrix.mostConfused(2))
                .containsExactly(new Confusion("owl", "dog", 5), new Confusion("cat", "dog", 2));
        assertThat(matrix.mostConfused(99)).hasSize(3);
    }

    @Test
    void it_counts_class_numbers() {
        ConfusionMatrix counted = ConfusionMatrix.of(List.of("a", "b"), new int[] {0, 1, 1, 1}, new int[] {0, 0, 1, 1});
        assertThat(counted).isEqualTo(new ConfusionMatrix(List.of("a", "b"), new long[][] {{1, 0}, {1, 2}}));
        assertThat(counted).hasToString("ConfusionMatrix[2 classes, 4 examples, accuracy 0.7500]");
    }

    @Test
    void a_class_out_of_range_is_named_with_its_example() {
        assertThatThrownBy(() -> ConfusionMatrix.of(List.of("a", "b"), new int[] {0, 2}, new int[] {0, 1}))
                .hasMessage("example 1 is of class 2 and was taken for 1: classes are 0 to 1");
        assertThatThrownBy(() -> new ConfusionMatrix(List.of("a"), new long[2][2]))
                .hasMessage("a confusion matrix of 1 classes needs 1x1 counts");
    }

    @Test
    void its_counts_cannot_be_changed_from_outside() {
        matrix.counts()[0][0] = 99;
        assertThat(matrix.count(0, 0)).isEqualTo(8);
    }
}
