package dev.quire.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorsTest {
    private static final float[][] ROWS = {{1, 2, 3}, {4, 5, 6}};

    private static void refused(Object x, Object y, String message) {
        assertThatThrownBy(() -> Tensors.of(x, y))
                .isInstanceOf(QuireException.class)
                .hasMessage(message);
    }

    @Test
    void rows_and_class_numbers() {
        Dataset data = Tensors.of(ROWS, new int[] {0, 2});
        assertThat(data).hasToString("tensors: 2 train, 3 features, 3 classes, of 0 to 1 examples, 0.0 MB");
        assertThat(data.train().example(1).floats()).containsExactly(4, 5, 6);
        assertThat(data.train().example(1).classNumber()).isEqualTo(2);
        assertThat(Tensors.of(ROWS, new long[] {0, 2})).isEqualTo(data);
        assertThat(Tensors.of(new double[][] {{1, 2, 3}, {4, 5, 6}}, new int[] {0, 2}))
                .isEqualTo(data);
    }

    @Test
    void images_and_amounts() {
        Dataset data = Tensors.of(new float[2][3][4][5], new float[] {0.5f, 1});
        assertThat(data).hasToString("tensors: 2 train, 3x4x5, regression on 1 value, 0.0 MB");
        assertThat(data.target()).isEqualTo(new Field("y", DType.FLOAT32, Shape.of(1)));
        assertThat(data.train().example(0).label()).isEqualTo("0.5000");
        assertThat(data.train().example(0).image().getHeight()).isEqualTo(4);
        assertThat(Tensors.of(new float[2][6], new float[2][4]).target().shape())
                .isEqualTo(Shape.of(4));
    }

    @Test
    void one_row_of_numbers_with_a_shape() {
        Dataset data = Tensors.of("mine", new float[24], Shape.of(1, 3, 4), new int[] {1, 0});
        assertThat(data).hasToString("mine: 2 train, 1x3x4, 2 classes, balanced, 0.0 MB");
        assertThatThrownBy(() -> Tensors.of("mine", new float[25], Shape.of(1, 3, 4), new int[2]))
                .hasMessage("mine: 25 values are not a whole number of examples of 1x3x4");
    }

    @Test
    void several_inputs_and_tokens() {
        Dataset data = Tensors.of(List.of(new float[2][1][4][4], ROWS), new int[] {0, 1});
        assertThat(data.inputs())
                .containsExactly(
                        new Field("x0", DType.FLOAT32, Shape.of(1, 4, 4)), new Field("x1", DType.FLOAT32, Shape.of(3)));
        assertThat(data.train().example(1).inputs().get(1).floats()).containsExactly(4, 5, 6);
        Dataset tokens = Tensors.of(new int[][] {{1, 2}, {3, 4}}, new int[][] {{2, 3}, {4, 5}});
        assertThat(tokens.inputs().get(0)).isEqualTo(new Field("x", DType.INT64, Shape.of(2)));
        assertThat(tokens.target()).isEqualTo(new Field("label", DType.INT64, Shape.of(2)));
        assertThat(tokens.classes()).hasSize(6);
    }

    @Test
    void what_is_not_a_number_is_refused_with_its_place() {
        float[][][][] images = new float[5][3][2][2];
        images[3][2][0][1] = Float.NaN;
        refused(
                images,
                new int[5],
                "x of example 3 at [2, 0, 1] is NaN: every value must be a finite number; replace it, or leave the"
                        + " example out");
        assertThatThrownBy(() -> Tensors.of(ROWS, new float[] {1, Float.POSITIVE_INFINITY}))
                .hasMessageStartingWith("y of example 1 is Infinity:");
        float[] flat = new float[24];
        flat[17] = Float.NEGATIVE_INFINITY;
        assertThatThrownBy(() -> Tensors.of("mine", flat, Shape.of(3, 4), new int[2]))
                .hasMessageStartingWith("x of example 1 at [1, 1] is -Infinity:");
    }

    @Test
    void targets_out_of_range_are_refused() {
        refused(ROWS, new int[] {0, -1}, "y of example 1 is -1: a class number is 0 or more");
        refused(
                ROWS,
                new int[] {0, 5_000_000},
                "y goes up to 5,000,000: class numbers count from 0, give floats for regression");
        refused(ROWS, new int[3], "x has 2 examples, y has 3: there must be one target for each example");
    }

    @Test
    void what_is_no_array_of_one_shape_is_refused() {
        refused("text", new int[2], "x is a String: expected an array of numbers such as float[][] or int[]");
        refused(new float[0][3], new int[0], "x is empty: it needs at least one example");
        refused(
                new float[][] {{1, 2}, {1, 2}, {1}},
                new int[3],
                "x of example 2 has length 1, expected 2 as in the first example: all must have one shape");
        refused(new float[][] {{1, 2}, null}, new int[2], "x of example 1 is null");
    }
}
