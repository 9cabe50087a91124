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

    private Neighbourhood(double[][] points, double[][] start) {
        this.count = points.length;
        this.near = similarities(points, Math.min(PERPLEXITY, Math.max(1, (count - 1) / 3.0)));
        this.weights = new double[count][count];
        this.place = start;
        this.speed = new double[count][2];
        this.gain = new double[count][2];
        Arrays.stream(gain).forEach(row -> Arrays.fill(row, 1));
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
        double[][] start = Arrays.stream(reduced)
                .map(row -> new double[] {START * row[0] / (spread + 1e-300), START * row[1] / (spread + 1e-300)})
                .toArray(double[][]::new);
        Neighbourhood map = new Neighbourhood(reduced, start);
        for (int round = 0; round < ROUNDS; round++) {
            if (Thread.currentThread().isInterrupted()) {
                throw new QuireException("stopped in round " + round + " of " + ROUNDS + " of t-SNE");
            }
            map.move(round);
        }
        return map.place;
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
        double[] sums = new double[count];
        IntStream.range(0, count).parallel().forEach(i -> {
            double sum = 0;
            for (int j = 0; j < count; j++) {
                double x = place[i][0] - place[j][0];
                double y = place[i][1] - place[j][1];
                double weight = i == j ? 0 : 1 / (1 + x * x + y * y);
                weights[i][j] = weight;
                sum += weight;
            }
            sums[i] = sum;
        });
        double total = Arrays.stream(sums).sum();
        double exaggeration = round < EARLY ? EXAGGERATION : 1;
        double momentum = round < EARLY ? 0.5 : 0.8;
        double rate = Math.max(50, count / EXAGGERATION);
        double[][] gradients = new double[count][];
        IntStream.range(0, count).parallel().forEach(i -> gradients[i] = gradient(i, exaggeration, total));
        for (int i = 0; i < count; i++) {
            for (int d = 0; d < 2; d++) {
                boolean turns = Math.signum(gradients[i][d]) != Math.signum(speed[i][d]);
                gain[i][d] = Math.max(0.01, turns ? gain[i][d] + 0.2 : gain[i][d] * 0.8);
                speed[i][d] = momentum * speed[i][d] - rate * gain[i][d] * gradients[i][d];
                place[i][d] += speed[i][d];
            }
        }
        centre();
    }

    private double[] gradient(int i, double exaggeration, double total) {
        double x = 0;
        double y = 0;
        for (int j = 0; j < count; j++) {
            double pull = (exaggeration * near[i][j] - weights[i][j] / total) * weights[i][j];
            x += pull * (place[i][0] - place[j][0]);
            y += pull * (place[i][1] - place[j][1]);
        }
        return new double[] {4 * x, 4 * y};
    }

    private void centre() {
        for (int d = 0; d < 2; d++) {
            int axis = d;
            double mean =
                    Arrays.stream(place).mapToDouble(row -> row[axis]).average().orElse(0);
            Arrays.stream(place).forEach(row -> row[axis] -= mean);
        }
    }
}
