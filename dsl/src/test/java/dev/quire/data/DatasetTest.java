package dev.quire.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.transform.Normalize;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetTest {
    /** 100 examples of two features, 80 of class 0 and 20 of class 1; the first feature is the number. */
    private static Dataset hundred() {
        float[][] x = new float[100][];
        int[] y = new int[100];
        for (int i = 0; i < 100; i++) {
            x[i] = new float[] {i, 7};
            y[i] = i % 5 == 0 ? 1 : 0;
        }
        return Tensors.of(x, y).named("hundred");
    }

    private static long ones(Part part) {
        return Arrays.stream(part.labels()).filter(label -> label == 1).count();
    }

    @Test
    void a_split_keeps_the_share_of_every_class_and_takes_each_example_once() {
        Dataset data = hundred().split(0.1, 0.2);
        assertThat(data)
                .hasToString("hundred: 70 train, 10 validation, 20 test, 2 features, 2 classes,"
                        + " of 14 to 56 examples, 0.0 MB");
        assertThat(ones(data.validation())).isEqualTo(2);
        assertThat(ones(data.test())).isEqualTo(4);
        List<Integer> all = data.splits().keySet().stream()
                .map(data::part)
                .flatMap(part -> IntStream.range(0, (int) part.count())
                        .mapToObj(i -> (int) part.example(i).floats()[0]))
                .sorted()
                .toList();
        assertThat(all).isEqualTo(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void the_seed_decides_the_draw() {
        assertThat(hundred().split(0.1, 0, 1).fingerprint())
                .isEqualTo(hundred().split(0.1, 0, 1).fingerprint())
                .isNotEqualTo(hundred().split(0.1, 0, 2).fingerprint());
    }

    @Test
    void training_is_validated_on_the_validation_split_else_on_the_test_split_else_on_none() {
        assertThat(hundred().validationSplit()).isEmpty();
        assertThat(hundred().split(0, 0.2).validationSplit()).contains(Split.TEST);
        assertThat(hundred().split(0.1, 0.2).validationSplit()).contains(Split.VALIDATION);
    }

    @Test
    void a_limit_is_a_fair_sample_and_per_class_counts_each_class() {
        assertThat(ones(hundred().limit(10).train())).isEqualTo(2);
        assertThat(hundred().limit(10).train().count()).isEqualTo(10);
        assertThat(hundred().perClass(15).train().count()).isEqualTo(30);
        assertThat(hundred().perClass(50).train().count()).isEqualTo(70);
        assertThat(hundred().limit(1000)).isEqualTo(hundred());
    }

    @Test
    void a_selection_of_a_selection_reads_the_right_examples() {
        Dataset data = hundred().validation(0.5).limit(10);
        InMemory copied = InMemory.of(data.train().examples(), data.fields());
        for (int i = 0; i < 10; i++) {
            ByteBuffer x = copied.arrays().get(0);
            assertThat(x.getFloat(i * 8)).isEqualTo(data.train().example(i).floats()[0]);
        }
    }

    @Test
    void content_is_what_a_fingerprint_is_of_not_the_way_it_was_chosen() {
        Dataset chosen = hundred().limit(30);
        InMemory copied = InMemory.of(chosen.train().examples(), chosen.fields());
        Dataset same =
                Dataset.of("other", chosen.inputs(), chosen.target(), chosen.classes(), Map.of(Split.TRAIN, copied));
        assertThat(same.fingerprint()).isEqualTo(chosen.fingerprint());
    }

    @Test
    void normalising_measures_the_training_split_and_leaves_a_constant_alone() {
        Normalize normalize = (Normalize) hundred().normalize().transforms().get(0);
        assertThat(normalize.means()).containsExactly(49.5, 7.0);
        assertThat(normalize.deviations().get(0))
                .isCloseTo(Math.sqrt(9999 / 12.0), org.assertj.core.data.Offset.offset(1e-9));
        assertThat(normalize.deviations().get(1)).isEqualTo(1.0);
        assertThat(hundred().normalize().normalize(1, 2).transforms())
                .containsExactly(new Normalize(List.of(1.0), List.of(2.0)));
        assertThatThrownBy(() -> hundred().normalize(0, 0))
                .hasMessage("normalize: a deviation of 0.0: each must be above 0");
        assertThatThrownBy(() -> hundred().normalize(List.of(1.0, 2.0, 3.0), List.of(1.0, 1.0, 1.0)))
                .isInstanceOf(QuireException.class)
                .hasMessage("normalize: 3 means and 3 deviations for the input 2 of hundred: give 2, or one");
    }

    @Test
    void more_classes_can_be_said_but_not_fewer_than_there_are() {
        assertThat(hundred().classes(4).classes()).containsExactly("0", "1", "2", "3");
        assertThatThrownBy(() -> hundred().classes(1))
                .isInstanceOf(QuireException.class)
                .hasMessage("classes(1): hundred has a train example of class 1: use classes(2)");
    }

    @Test
    void wrong_numbers_are_named() {
        assertThatThrownBy(() -> hundred().test())
                .isInstanceOf(QuireException.class)
                .hasMessage("hundred has no test split, it has 100 train: make one with split(0.1, 0.2)");
        assertThatThrownBy(() -> hundred().train().example(100))
                .isInstanceOf(QuireException.class)
                .hasMessage("example 100 of the train split of hundred: there are 100, numbered 0 to 99");
        assertThatThrownBy(() -> hundred().limit(0)).hasMessage("limit(0): must be at least 1");
        assertThatThrownBy(() -> hundred().validation(1.5))
                .hasMessage("a validation fraction of 1.5: must be from 0 to below 1");
        assertThatThrownBy(() -> hundred().split(0.6, 0.4)).hasMessageContaining("leaves none of the 100 training");
        assertThatThrownBy(() -> hundred().validation(0.1).validation(0.1))
                .hasMessage("hundred has a validation split already, of 10 examples: leave its fraction at 0");
        assertThatThrownBy(() -> hundred().train().example(0).image())
                .hasMessageContaining("has shape 2: an image has");
    }

    @Test
    void text_is_cut_not_drawn() {
        ByteBuffer tokens = ByteBuffer.allocate(100 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 100; i++) {
            tokens.putLong(i % 26);
        }
        Dataset text = Dataset.of(
                "abc",
                List.of(new Field("tokens", DType.INT64, Shape.of(4))),
                new Field("next", DType.INT64, Shape.of(4)),
                IntStream.range('a', 'a' + 26).mapToObj(Character::toString).toList(),
                Map.of(Split.TRAIN, new Windows(tokens.flip(), 4)));
        assertThat(text.train().example(3).text()).isEqualTo("defg");
        assertThat(text.train().example(3).label()).isEqualTo("efgh");
        Dataset cut = text.validation(0.2);
        assertThat(cut.train().count()).isEqualTo(76);
        assertThat(cut.validation().count()).isEqualTo(16);
        assertThat(cut.validation().example(0).text()).isEqualTo("cdef");
        assertThat(cut.limit(5).train().count()).isEqualTo(5);
        assertThat(cut).hasToString("abc: 76 train, 16 validation, windows of 4 tokens, a vocabulary of 26, 0.0 MB");
        assertThatThrownBy(() -> text.validation(0.03)).hasMessageContaining("holds no window of 4 and its target");
    }
}
