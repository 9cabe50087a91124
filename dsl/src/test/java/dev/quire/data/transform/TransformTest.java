package dev.quire.data.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Tensors;
import dev.quire.engine.GraphRun;
import dev.quire.graph.DType;
import dev.quire.graph.GraphBuilder;
import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TransformTest {
    private static final Offset<Float> EXACT = Offset.offset(1e-5f);

    /** Runs transforms on many copies of one image. */
    private static float[][] run(int copies, float[] image, long channels, long height, long width, Transform... all) {
        GraphBuilder builder = new GraphBuilder(true);
        Tensor x = builder.input("image", new TensorType(DType.FLOAT32, Shape.of(-1, channels, height, width)));
        for (Transform transform : Pipeline.of(List.of(), List.of(all))) {
            x = transform.apply(Scope.root(builder), x);
        }
        float[] batch = new float[copies * image.length];
        for (int i = 0; i < copies; i++) {
            System.arraycopy(image, 0, batch, i * image.length, image.length);
        }
        var input = new GraphRun.Values(new long[] {copies, channels, height, width}, batch);
        float[] out = GraphRun.run(builder.build(List.of(x)), Map.of(), List.of(input))
                .outputs()
                .get(0)
                .data();
        float[][] rows = new float[copies][];
        for (int i = 0; i < copies; i++) {
            rows[i] = Arrays.copyOfRange(out, i * image.length, (i + 1) * image.length);
        }
        return rows;
    }

    private static float[] ramp(int count) {
        float[] out = new float[count];
        for (int i = 0; i < count; i++) {
            out[i] = i + 1;
        }
        return out;
    }

    @Test
    void a_flip_mirrors_about_half_of_the_images_exactly() {
        int flipped = 0;
        for (float[] row : run(400, ramp(6), 1, 2, 3, new RandomFlip(0.5))) {
            if (row[0] == 3) {
                flipped++;
                assertThat(row).containsExactly(3, 2, 1, 6, 5, 4);
            } else {
                assertThat(row).containsExactly(1, 2, 3, 4, 5, 6);
            }
        }
        assertThat(flipped).isBetween(160, 240);
        assertThat(run(20, ramp(6), 1, 2, 3, new RandomFlip(1))[7]).containsExactly(3, 2, 1, 6, 5, 4);
        assertThat(run(20, ramp(6), 1, 2, 3, new RandomFlip(0))[7]).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void a_shift_moves_each_image_by_its_own_whole_pixels() {
        float[] dot = new float[7 * 9];
        dot[3 * 9 + 4] = 1;
        for (Transform transform : List.of(new Shift(2), new RandomCrop(2))) {
            Set<Integer> places = new TreeSet<>();
            for (float[] row : run(600, dot, 1, 7, 9, transform)) {
                int at = -1;
                for (int i = 0; i < row.length; i++) {
                    assertThat(row[i]).isIn(0f, 1f);
                    at = row[i] == 1 ? i : at;
                }
                places.add(at);
            }
            assertThat(places).hasSize(25).allMatch(at -> Math.abs(at / 9 - 3) <= 2 && Math.abs(at % 9 - 4) <= 2);
        }
        assertThat(run(3, ramp(6), 1, 2, 3, new Shift(0))[2]).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void a_rotation_keeps_the_centre_and_turns_no_further_than_told() {
        float[] image = new float[21 * 31];
        image[10 * 31 + 15] = 1;
        image[10 * 31 + 25] = 1;
        double furthest = 0;
        for (float[] row : run(300, image, 1, 21, 31, new Rotate(30))) {
            assertThat(row[10 * 31 + 15]).isCloseTo(1, EXACT);
            double sum = 0;
            double x = 0;
            double y = 0;
            for (int i = 0; i < row.length; i++) {
                if (i % 31 > 18) {
                    sum += row[i];
                    x += row[i] * (i % 31 - 15);
                    y += row[i] * (i / 31 - 10);
                }
            }
            double angle = Math.toDegrees(Math.atan2(y / sum, x / sum));
            assertThat(Math.hypot(x / sum, y / sum)).isCloseTo(10, Offset.offset(0.3));
            assertThat(Math.abs(angle)).isLessThan(31);
            furthest = Math.max(furthest, Math.abs(angle));
        }
        assertThat(furthest).isGreaterThan(27);
        assertThat(run(3, ramp(12), 1, 3, 4, new Rotate(0))[2]).containsExactly(ramp(12), EXACT);
    }

    @Test
    void an_affine_scales_moves_and_slants() {
        float[] disc = new float[41 * 41];
        for (int i = 0; i < disc.length; i++) {
            disc[i] = Math.hypot(i % 41 - 20, i / 41.0 - 20) < 8 ? 1 : 0;
        }
        double area = sum(disc);
        double least = 1e9;
        double most = 0;
        for (float[] row : run(300, disc, 1, 41, 41, new Affine(0, 0.1, 0.2, 0))) {
            least = Math.min(least, sum(row) / area);
            most = Math.max(most, sum(row) / area);
        }
        assertThat(least).isBetween(1 / 1.5, 0.8);
        assertThat(most).isBetween(1.3, 1.65);
        for (float[] row : run(50, disc, 1, 41, 41, new Affine(0, 0, 0, 20))) {
            assertThat(sum(row) / area).isCloseTo(1, Offset.offset(0.05));
        }
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    @Test
    void warps_in_a_row_are_one_and_do_what_they_do_one_by_one() {
        assertThat(Pipeline.of(List.of(), List.of(new RandomFlip(1), new Shift(1), new Erase(0.5), new Rotate(3))))
                .containsExactly(new Warps(List.of(new RandomFlip(1), new Shift(1))), new Erase(0.5), new Rotate(3));
        float[] dot = new float[49];
        dot[3 * 7 + 5] = 1;
        for (float[] row : run(100, dot, 1, 7, 7, new RandomFlip(1), new Shift(1))) {
            int at = 0;
            while (row[at] != 1) {
                at++;
            }
            assertThat(at % 7).isBetween(0, 2);
            assertThat(at / 7).isBetween(2, 4);
            assertThat(sum(row)).isEqualTo(1);
        }
    }

    @Test
    void erasing_blackens_one_rectangle_of_some_images() {
        float[] white = new float[3 * 20 * 20];
        Arrays.fill(white, 1);
        int erased = 0;
        for (float[] row : run(400, white, 3, 20, 20, new Erase(0.5))) {
            double share = 1 - sum(row) / row.length;
            if (share > 0) {
                erased++;
                assertThat(share).isBetween(0.001, 0.45);
                int left = 20;
                int right = -1;
                int top = 20;
                int bottom = -1;
                for (int i = 0; i < 400; i++) {
                    if (row[i] == 0) {
                        assertThat(row[400 + i]).isZero();
                        left = Math.min(left, i % 20);
                        right = Math.max(right, i % 20);
                        top = Math.min(top, i / 20);
                        bottom = Math.max(bottom, i / 20);
                    }
                }
                assertThat((right - left + 1) * (bottom - top + 1)).isEqualTo((int) Math.round(share * 400));
            }
        }
        assertThat(erased).isBetween(150, 240);
    }

    @Test
    void colour_jitter_changes_brightness_contrast_and_saturation() {
        float[] image = {0.2f, 0.6f, 0.4f, 0.4f, 0.6f, 0.2f};
        for (float[] row : run(100, image, 3, 1, 2, new ColorJitter(0.5, 0, 0))) {
            float factor = row[0] / 0.2f;
            assertThat(factor).isBetween(0.499f, 1.501f);
            assertThat(row[3]).isCloseTo(0.4f * factor, EXACT);
        }
        Set<Float> drawn = new TreeSet<>();
        float mean = 0.299f * 0.4f + 0.587f * 0.4f + 0.114f * 0.4f;
        for (float[] row : run(100, image, 3, 1, 2, new ColorJitter(0, 0.5, 0))) {
            drawn.add(row[0]);
            assertThat((row[1] - mean) / (row[0] - mean))
                    .isCloseTo((0.6f - mean) / (0.2f - mean), Offset.offset(1e-3f));
        }
        assertThat(drawn).hasSizeGreaterThan(90);
        for (float[] row : run(100, image, 3, 1, 2, new ColorJitter(0, 0, 1))) {
            float before = 0.299f * 0.2f + 0.587f * 0.4f + 0.114f * 0.6f;
            assertThat(0.299f * row[0] + 0.587f * row[2] + 0.114f * row[4]).isCloseTo(before, Offset.offset(1e-4f));
        }
        assertThat(run(1, new float[] {0.3f, 0.5f}, 1, 1, 2, new ColorJitter(0, 0, 1))[0])
                .containsExactly(0.3f, 0.5f);
    }

    @Test
    void augmentations_come_between_scale_and_normalisation_and_in_training_only() {
        Dataset data = Tensors.of(new float[2][1][4][4], new int[] {0, 1})
                .transform(new Rescale(0.5))
                .normalize(0.1, 2)
                .augment(new RandomFlip(0.5));
        Normalize normalize = new Normalize(List.of(0.1), List.of(2.0));
        assertThat(data.pipeline(true)).containsExactly(new Rescale(0.5), new RandomFlip(0.5), normalize);
        assertThat(data.pipeline(false)).containsExactly(new Rescale(0.5), normalize);
    }

    @Test
    void what_is_out_of_range_or_not_an_image_is_refused() {
        Dataset rows = Tensors.of(new float[2][4], new int[] {0, 1});
        assertThatThrownBy(() -> rows.augment(new Rotate(10)))
                .isInstanceOf(QuireException.class)
                .hasMessage("Rotate[degrees=10.0] is for images, of channels, height and width: x has shape 4");
        Dataset deep = Tensors.of(new float[2][5][4][4], new int[] {0, 1});
        assertThatThrownBy(() -> deep.augment(new ColorJitter(0.1, 0.1, 0.1)))
                .hasMessageEndingWith("is for images of 1 or 3 channels: x has shape 5x4x4");
        assertThatThrownBy(() -> new Rotate(200)).hasMessage("rotate(200.0): must be from 0.0 to 180.0");
        assertThatThrownBy(() -> new RandomFlip(-1)).hasMessage("flip(-1.0): must be from 0.0 to 1.0");
        assertThatThrownBy(() -> new Shift(-1)).hasMessageStartingWith("shift(-1.0): must be from 0.0");
    }
}
