package dev.quire.metric.projection;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The eigenvectors of small symmetric matrices, by the rotations of Jacobi (1846). */
final class Symmetric {
    private static final int SWEEPS = 60;

    private Symmetric() {}

    /** Eigenvectors of length 1, a row each, that of the largest eigenvalue first. The matrix is used up. */
    static double[][] vectors(double[][] matrix) {
        int n = matrix.length;
        double[][] vectors = new double[n][n];
        for (int i = 0; i < n; i++) {
            vectors[i][i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS && isMixed(matrix); sweep++) {
            for (int p = 0; p < n; p++) {
                for (int q = p + 1; q < n; q++) {
                    turn(matrix, vectors, p, q);
                }
            }
        }
        return IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -matrix[i][i]))
                .map(i -> vectors[i])
                .toArray(double[][]::new);
    }

    private static boolean isMixed(double[][] matrix) {
        double off = 0;
        double all = 0;
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                all += matrix[i][j] * matrix[i][j];
                off += i == j ? 0 : matrix[i][j] * matrix[i][j];
            }
        }
        return off > 1e-28 * all;
    }

    /** Turns the plane of two axes so that their mixed entry becomes 0. */
    private static void turn(double[][] matrix, double[][] vectors, int p, int q) {
        if (matrix[p][q] == 0) {
            return;
        }
        double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        double tangent = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double cosine = 1 / Math.sqrt(tangent * tangent + 1);
        double sine = tangent * cosine;
        for (int k = 0; k < matrix.length; k++) {
            double first = matrix[k][p];
            double second = matrix[k][q];
            matrix[k][p] = cosine * first - sine * second;
            matrix[k][q] = sine * first + cosine * second;
        }
        for (int k = 0; k < matrix.length; k++) {
            double first = matrix[p][k];
            double second = matrix[q][k];
            matrix[p][k] = cosine * first - sine * second;
            matrix[q][k] = sine * first + cosine * second;
            first = vectors[p][k];
            second = vectors[q][k];
            vectors[p][k] = cosine * first - sine * second;
            vectors[q][k] = sine * first + cosine * second;
        }
    }
}
