package dev.quire.metric.projection;

import dev.quire.QuireException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Points put in the plane so that neighbours stay neighbours: t-SNE (van der Maaten and Hinton 2008), exact, with the
 * settings of its authors. It begins at the principal components (Kobak and Berens 2019) and draws nothing at random, so
 * that equal points come out equal. Distances between groups mean little.
 */
public final class Neighbourhood {
    /** The most points: the time it takes grows with their square. */
    public static final int MOST = 2_000;

    private static final double PERPLEXITY = 30;
    private static final int BEFORE = 50;
    private static final int ROUNDS = 750;
    private static final int EARLY = 250;
    private static final double EXAGGERATION = 12;
    private static final double START = 1e-4;

    private final int count;
    private final double[][] near;
    private final double[][] weights;
    private final double[][] place;
    private final double[][] speed;
    private final double[][] gain;

    /** The axes one after the other: {@code place[0]} holds the first coordinate of every point. */
    private Neighbourhood(double[][] points, double[][] start) {
        this.count = points.length;
        this.near = similarities(points, Math.min(PERPLEXITY, Math.max(1, (count - 1) / 3.0)));
        this.weights = new double[count][count];
        this.place = start;
        this.speed = new double[2][count];
        this.gain = new double[2][count];
        Arrays.stream(gain).forEach(axis -> Arrays.fill(axis, 1));
    }

    /**
     * Two coordinates for each point.
     *
     * @param points a row each, at most {@link #MOST}; those of more than 50 dimensions are first reduced to 50
     *     principal components
     * @throws QuireException when there are too many, or this thread is interrupted
     */
    public static double[][] of(float[][] points) {
        if (points.length > MOST) {
            throw new QuireException("t-SNE of " + points.length + " points takes too long: give it at most " + MOST);
        }
        if (points.length < 3) {
            return PrincipalComponents.of(points, 2);
        }
        double[][] reduced = PrincipalComponents.of(points, Math.min(BEFORE, Math.max(2, points[0].length)));
        double spread = Math.sqrt(Arrays.stream(reduced)
                .mapToDouble(row -> row[0] * row[0])
                .average()
                .orElse(1));
        double[][] start = IntStream.range(0, 2)
                .mapToObj(axis -> Arrays.stream(reduced)
                        .mapToDouble(row -> START * row[axis] / (spread + 1e-300))
                        .toArray())
                .toArray(double[][]::new);
        Neighbourhood map = new Neighbourhood(reduced, start);
        for (int round = 0; round < ROUNDS; round++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new QuireException("stopped in round " + round + " of " + ROUNDS + " of t-SNE");
            }
            map.move(round);
        }
        return IntStream.range(0, points.length)
                .mapToObj(i -> new double[] {map.place[0][i], map.place[1][i]})
                .toArray(double[][]::new);
    }

    /** How near points are to each other, as probabilities that sum to 1: each has as many neighbours. */
    private static double[][] similarities(double[][] points, double perplexity) {
        int n = points.length;
        double[][] out = new double[n][];
        IntStream.range(0, n).parallel().forEach(i -> out[i] = neighbours(points, i, Math.log(perplexity)));
        double[][] joint = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                joint[i][j] = Math.max(1e-12, (out[i][j] + out[j][i]) / (2.0 * n));
            }
        }
        return joint;
    }

    /** The share of each other point, with the width of the bell found by halving so that the entropy fits. */
    private static double[] neighbours(double[][] points, int i, double entropy) {
        int n = points.length;
        double[] squares = new double[n];
        double nearest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            for (int d = 0; d < points[i].length; d++) {
                double difference = points[i][d] - points[j][d];
                squares[j] += difference * difference;
            }
            nearest = j == i ? nearest : Math.min(nearest, squares[j]);
        }
        double[] shares = new double[n];
        double precision = 1 / Math.max(1e-12, Arrays.stream(squares).average().orElse(1));
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 100; round++) {
            double sum = 0;
            double mean = 0;
            for (int j = 0; j < n; j++) {
                shares[j] = j == i ? 0 : Math.exp(-precision * (squares[j] - nearest));
                sum += shares[j];
                mean += shares[j] * (squares[j] - nearest);
            }
            double found = Math.log(sum) + precision * mean / sum;
            for (int j = 0; j < n; j++) {
                shares[j] /= sum;
            }
            if (Math.abs(found - entropy) < 1e-5) {
                break;
            }
            if (found > entropy) {
                low = precision;
                precision = Double.isInfinite(high) ? 2 * precision : (low + high) / 2;
            } else {
                high = precision;
                precision = (low + high) / 2;
            }
        }
        return shares;
    }

    /** One step down the gradient, with momentum and a gain for each coordinate. */
    private void move(int round) {
        double[][] forces = new double[count][];
        IntStream.range(0, count).parallel().forEach(i -> forces[i] = forces(i));
        double total = Arrays.stream(forces).mapToDouble(force -> force[4]).sum();
        double exaggeration = round < EARLY ? EXAGGERATION : 1;
        double momentum = round < EARLY ? 0.5 : 0.8;
        double rate = Math.max(50, count / EXAGGERATION);
        for (int axis = 0; axis < 2; axis++) {
            for (int i = 0; i < count; i++) {
                double gradient = 4 * (exaggeration * forces[i][axis] - forces[i][axis + 2] / total);
                boolean turns = Math.signum(gradient) != Math.signum(speed[axis][i]);
                gain[axis][i] = Math.max(0.01, turns ? gain[axis][i] + 0.2 : gain[axis][i] * 0.8);
                speed[axis][i] = momentum * speed[axis][i] - rate * gain[axis][i] * gradient;
                place[axis][i] += speed[axis][i];
            }
            double mean = Arrays.stream(place[axis]).average().orElse(0);
            for (int i = 0; i < count; i++) {
                place[axis][i] -= mean;
            }
        }
    }

    /** What draws a point to its neighbours, what pushes it from all others, and the sum of its weights. */
    private double[] forces(int i) {
        double[] xs = place[0];
        double[] ys = place[1];
        double[] row = near[i];
        double[] weight = weights[i];
        double ownX = xs[i];
        double ownY = ys[i];
        // By itself, as processors do this for several points at once, and not the sums below.
        for (int j = 0; j < count; j++) {
            double x = ownX - xs[j];
            double y = ownY - ys[j];
            weight[j] = 1 / (1 + x * x + y * y);
        }
        double drawnX = 0;
        double drawnY = 0;
        double pushedX = 0;
        double pushedY = 0;
        // The point itself counts 1, and neither draws nor pushes.
        double sum = -1;
        for (int j = 0; j < count; j++) {
            double x = ownX - xs[j];
            double y = ownY - ys[j];
            double drawn = row[j] * weight[j];
            double square = weight[j] * weight[j];
            sum += weight[j];
            drawnX += drawn * x;
            drawnY += drawn * y;
            pushedX += square * x;
            pushedY += square * y;
        }
        return new double[] {drawnX, drawnY, pushedX, pushedY, sum};
    }
}
