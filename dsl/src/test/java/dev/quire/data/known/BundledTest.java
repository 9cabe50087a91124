package dev.quire.data.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.DataFolders;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Progress;
import dev.quire.data.transform.Normalize;
import dev.quire.data.transform.Rescale;
import dev.quire.graph.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledTest {
    @TempDir
    Path empty;

    private Dataset load(String name) {
        return new Known(new DataFolders(Optional.empty(), empty), Progress.silent()).load(name);
    }

    @Test
    void digits_are_1437_to_train_and_360_to_test_of_8x8_pixels() {
        Dataset digits = load("digits");
        assertThat(digits).hasToString("digits: 1,437 train, 360 test, 1x8x8, 10 classes, balanced, 0.1 MB");
        assertThat(digits.inputs().get(0).shape()).isEqualTo(Shape.of(1, 8, 8));
        assertThat(digits.classes()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        assertThat(digits.transforms()).containsExactly(new Rescale(1 / 16.0));
        assertThat(digits.origin().licence()).isEqualTo("CC BY 4.0");
    }

    @Test
    void every_class_keeps_its_share_in_both_splits() {
        Dataset digits = load("digits");
        int[] train = new int[10];
        int[] test = new int[10];
        Arrays.stream(digits.train().labels()).forEach(label -> train[label]++);
        Arrays.stream(digits.test().labels()).forEach(label -> test[label]++);
        for (int c = 0; c < 10; c++) {
            assertThat((double) test[c] / (test[c] + train[c])).isBetween(0.19, 0.21);
        }
    }

    @Test
    void a_digit_is_drawn_with_ink_at_16_as_white() {
        Example example = load("digits").test().example(0);
        assertThat(example.isImage()).isTrue();
        assertThat(example.image().getWidth()).isEqualTo(8);
        float[] pixels = example.floats();
        for (int i = 0; i < pixels.length; i++) {
            assertThat(example.image().getRGB(i % 8, i / 8) & 0xff).isEqualTo(Math.round(pixels[i] / 16 * 255));
        }
        assertThat(example.label()).isEqualTo(Integer.toString(example.classNumber()));
    }

    @Test
    void tables_are_standardised_as_measured_on_the_training_split() {
        Dataset iris = load("iris");
        assertThat(iris).hasToString("iris: 120 train, 30 test, 4 features, 3 classes, balanced, 0.0 MB");
        assertThat(iris.classes()).containsExactly("setosa", "versicolor", "virginica");
        Normalize normalize = (Normalize) iris.transforms().get(0);
        double mean = 0;
        for (long i = 0; i < 120; i++) {
            mean += iris.train().example(i).floats()[2] / 120.0;
        }
        assertThat(normalize.means().get(2)).isCloseTo(mean, org.assertj.core.data.Offset.offset(1e-5));
        assertThat(load("wine")).hasToString("wine: 142 train, 36 test, 13 features, 3 classes, balanced, 0.0 MB");
        assertThat(load("breast-cancer"))
                .hasToString(
                        "breast-cancer: 455 train, 114 test, 30 features, 2 classes, of 170 to 285 examples, 0.1 MB");
    }

    @Test
    void the_fingerprint_is_that_of_the_content_and_the_split() {
        Dataset digits = load("digits");
        assertThat(digits.fingerprint()).hasSize(64).isEqualTo(load("digits").fingerprint());
        assertThat(digits.named("numbers").normalize(0.3, 0.4).fingerprint()).isEqualTo(digits.fingerprint());
        assertThat(digits.limit(100).fingerprint()).isNotEqualTo(digits.fingerprint());
        assertThat(digits.validation(0.1).fingerprint())
                .isEqualTo(load("digits").validation(0.1).fingerprint())
                .isNotEqualTo(digits.split(0.1, 0, 7).fingerprint());
        assertThat(digits).isEqualTo(load("digits")).isNotEqualTo(digits.normalize());
    }

    @Test
    void an_unknown_name_is_refused() {
        assertThatThrownBy(() -> load("mnits"))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("no dataset named 'mnits'");
    }
}
