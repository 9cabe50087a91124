package dev.quire.data.image;

import java.util.Arrays;

/** The weights with which old pixels of a line make up new ones. */
final class LineWeights {
    private final int[] first;
    private final float[][] weights;

    private LineWeights(int[] first, float[][] weights) {
        this.first = first;
        this.weights = weights;
    }

    static LineWeights of(int from, int to, Resampling how) {
        double scale = (double) from / to;
        double wide = Math.max(scale, 1);
        double reach = how.reach() * wide;
        int[] first = new int[to];
        float[][] weights = new float[to][];
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) * scale;
            int low = Math.max(0, (int) Math.floor(centre - reach));
            int high = how == Resampling.NEAREST ? low + 1 : Math.min(from, (int) Math.ceil(centre + reach));
            first[i] = low;
            weights[i] = new float[high - low];
            double sum = 0;
            for (int j = low; j < high; j++) {
                double weight = how.weight((j + 0.5 - centre) / wide);
                weights[i][j - low] = (float) weight;
                sum += weight;
            }
            for (int j = 0; j < weights[i].length; j++) {
                weights[i][j] /= (float) sum;
            }
        }
        return new LineWeights(first, weights);
    }

    /** A line made shorter or longer. */
    void apply(float[] line, float[] into, int at) {
        for (int i = 0; i < first.length; i++) {
            float sum = 0;
            for (int j = 0; j < weights[i].length; j++) {
                sum += weights[i][j] * line[first[i] + j];
            }
            into[at + i] = sum;
        }
    }

    /** One new line from old ones that lie one after another. */
    void sumRows(int line, float[] lines, float[] into) {
        Arrays.fill(into, 0);
        for (int j = 0; j < weights[line].length; j++) {
            float weight = weights[line][j];
            int at = (first[line] + j) * into.length;
            for (int x = 0; x < into.length; x++) {
                into[x] += weight * lines[at + x];
            }
        }
    }
}
