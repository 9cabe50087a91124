package dev.quire.metric.projection;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The directions in which points spread the most (Pearson 1901), found by subspace iteration: the points are multiplied
 * with a few directions again and again, so that no matrix of all dimensions is ever made.
 */
public final class PrincipalComponents {
    private static final int MORE = 6;
    private static final int ROUNDS = 300;
    private static final double CLOSE = 1e-10;

    private PrincipalComponents() {}

    /**
     * The points in the coordinates of their first components. The direction of each is the one in which its largest
     * coordinate is positive, so that equal points come out equal.
     *
     * @param points a row each, all of one length
     * @param components how many coordinates, at least 1; those beyond the dimensions of the points are 0
     */
    public static double[][] of(float[][] points, int components) {
        int dimensions = points.length == 0 ? 0 : points[0].length;
        double[][] centred = centred(points);
        int width = Math.min(Math.min(dimensions, points.length), components + MORE);
        double[][] out = new double[points.length][components];
        if (width == 0) {
            return out;
        }
        double[][] directions = start(dimensions, width);
        double[] before = new double[width];
        for (int round = 0; round < ROUNDS; round++) {
            directions = times(centred, directions);
            double[] spread = orthogonal(directions);
            if (isClose(before, spread, Math.min(components, width))) {
                break;
            }
            before = spread;
        }
        double[][] scores = scores(centred, rotated(centred, directions));
        for (int c = 0; c < Math.min(components, width); c++) {
            int at = c;
            double largest = Arrays.stream(scores)
                    .mapToDouble(row -> row[at])
                    .reduce(0, (a, b) -> Math.abs(b) > Math.abs(a) ? b : a);
            for (int i = 0; i < points.length; i++) {
                out[i][c] = largest < 0 ? -scores[i][c] : scores[i][c];
            }
        }
        return out;
    }

    private static double[][] centred(float[][] points) {
        int dimensions = points.length == 0 ? 0 : points[0].length;
        double[] mean = new double[dimensions];
        for (float[] point : points) {
            for (int d = 0; d < dimensions; d++) {
                mean[d] += (double) point[d] / points.length;
            }
        }
        return Arrays.stream(points)
                .map(point -> IntStream.range(0, dimensions)
                        .mapToDouble(d -> point[d] - mean[d])
                        .toArray())
                .toArray(double[][]::new);
    }

    /** Directions, a row each. */
    private static double[][] start(int dimensions, int width) {
        SplittableRandom random = new SplittableRandom(0);
        double[][] out = new double[width][dimensions];
        for (double[] row : out) {
            Arrays.setAll(row, d -> random.nextDouble() - 0.5);
        }
        orthogonal(out);
        return out;
    }

    /** Each direction multiplied with the covariance of the points. */
    private static double[][] times(double[][] points, double[][] directions) {
        return Arrays.stream(directions)
                .parallel()
                .map(direction -> {
                    double[] out = new double[direction.length];
                    for (double[] point : points) {
                        double along = dot(point, direction);
                        for (int d = 0; d < out.length; d++) {
                            out[d] += along * point[d];
                        }
                    }
                    return out;
                })
                .toArray(double[][]::new);
    }

    /** Makes rows orthogonal and of length 1, in order; gives back the lengths before. */
    private static double[] orthogonal(double[][] rows) {
        double[] lengths = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            // Twice: rounding leaves a rest the first time.
            for (int j = 0; j < 2 * i; j++) {
                double[] other = rows[j % i];
                double along = dot(rows[i], other);
                for (int d = 0; d < other.length; d++) {
                    rows[i][d] -= along * other[d];
                }
            }
            double length = Math.sqrt(dot(rows[i], rows[i]));
            lengths[i] = length;
            for (int d = 0; length > 0 && d < rows[i].length; d++) {
                rows[i][d] /= length;
            }
        }
        return lengths;
    }

    private static boolean isClose(double[] before, double[] after, int count) {
        return IntStream.range(0, count)
                .allMatch(i -> Math.abs(after[i] - before[i]) <= CLOSE * Math.max(after[0], Double.MIN_NORMAL));
    }

    /** The directions turned within what they span, so that the coordinates along them are uncorrelated. */
    private static double[][] rotated(double[][] points, double[][] directions) {
        int width = directions.length;
        double[][] scores = scores(points, directions);
        double[][] gram = new double[width][width];
        for (double[] row : scores) {
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    gram[i][j] += row[i] * row[j];
                }
            }
        }
        double[][] vectors = Symmetric.vectors(gram);
        return Arrays.stream(vectors)
                .map(vector -> {
                    double[] out = new double[directions[0].length];
                    for (int i = 0; i < width; i++) {
                        for (int d = 0; d < out.length; d++) {
                            out[d] += vector[i] * directions[i][d];
                        }
                    }
                    return out;
                })
                .toArray(double[][]::new);
    }

    private static double[][] scores(double[][] points, double[][] directions) {
        return Arrays.stream(points)
                .parallel()
                .map(point -> Arrays.stream(directions)
                        .mapToDouble(direction -> dot(point, direction))
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
