package dev.quire.metric.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quire.QuireException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProjectionTest {
    private static float[][] clouds(int each, int dimensions, double apart) {
        Random random = new Random(1);
        float[][] out = new float[2 * each][dimensions];
        for (int i = 0; i < out.length; i++) {
            for (int d = 0; d < dimensions; d++) {
                out[i][d] = (float) (random.nextGaussian() + (i < each ? 0 : apart / Math.sqrt(dimensions)));
            }
        }
        return out;
    }

    /** How many of the nearest neighbours are of the same cloud. */
    private static double pure(double[][] points, int each) {
        int same = 0;
        for (int i = 0; i < points.length; i++) {
            double nearest = Double.POSITIVE_INFINITY;
            int found = -1;
            for (int j = 0; j < points.length; j++) {
                double distance = Math.hypot(points[i][0] - points[j][0], points[i][1] - points[j][1]);
                if (j != i && distance < nearest) {
                    nearest = distance;
                    found = j;
                }
            }
            same += i < each == found < each ? 1 : 0;
        }
        return (double) same / points.length;
    }

    @Test
    void the_first_component_is_the_direction_of_the_largest_spread() {
        float[][] points = new float[200][3];
        Random random = new Random(2);
        for (float[] point : points) {
            double along = 5 * random.nextGaussian();
            double across = 2 * random.nextGaussian();
            point[0] = (float) (0.6 * along - 0.8 * across) + 7;
            point[1] = (float) (0.8 * along + 0.6 * across) - 3;
            point[2] = (float) (0.1 * random.nextGaussian());
        }
        double[][] found = PrincipalComponents.of(points, 2);
        double variance = 0;
        double mixed = 0;
        double second = 0;
        for (double[] row : found) {
            variance += row[0] * row[0] / found.length;
            second += row[1] * row[1] / found.length;
            mixed += row[0] * row[1] / found.length;
        }
        assertThat(variance).isCloseTo(25, within(5.0));
        assertThat(second).isCloseTo(4, within(1.0));
        assertThat(mixed).as("components are uncorrelated").isCloseTo(0, within(1e-8));
        assertThat(PrincipalComponents.of(points, 2)).isDeepEqualTo(found);
    }

    @Test
    void points_of_one_dimension_and_single_points_are_projected_too() {
        assertThat(PrincipalComponents.of(new float[][] {{1}, {2}, {4}}, 2)).hasDimensions(3, 2);
        assertThat(PrincipalComponents.of(new float[][] {{1, 2, 3}}, 2)).isDeepEqualTo(new double[][] {{0, 0}});
        assertThat(Arrays.stream(Neighbourhood.of(new float[][] {{1, 2}, {1, 2}, {1, 2}, {1, 2}}))
                        .flatMapToDouble(Arrays::stream))
                .allMatch(Double::isFinite);
    }

    @Test
    void neighbours_stay_neighbours_and_two_clouds_stay_apart() {
        double[][] found = Neighbourhood.of(clouds(100, 20, 8));
        assertThat(pure(found, 100)).isGreaterThan(0.99);
        double[] first = new double[2];
        double[] second = new double[2];
        double spread = 0;
        for (int i = 0; i < 200; i++) {
            for (int d = 0; d < 2; d++) {
                (i < 100 ? first : second)[d] += found[i][d] / 100;
            }
        }
        for (int i = 0; i < 200; i++) {
            double[] own = i < 100 ? first : second;
            spread += Math.hypot(found[i][0] - own[0], found[i][1] - own[1]) / 200;
        }
        assertThat(Math.hypot(first[0] - second[0], first[1] - second[1]))
                .as("between the clouds, against %s within them", spread)
                .isGreaterThan(2 * spread);
        assertThat(Neighbourhood.of(clouds(100, 20, 8)))
                .as("drawn without chance")
                .isDeepEqualTo(found);
    }

    @Test
    void too_many_points_are_refused() {
        assertThatThrownBy(() -> Neighbourhood.of(new float[2001][2]))
                .isInstanceOf(QuireException.class)
                .hasMessage("t-SNE of 2001 points takes too long: give it at most 2000");
    }
}
