package dev.quire.data;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Fair draws by class. The same seed draws the same examples on every machine. */
final class Sampling {
    private Sampling() {}

    /**
     * Chooses examples so that every class keeps its share (largest remainders), in their order.
     *
     * @param labels class numbers from 0
     * @param total how many to choose
     * @return the numbers chosen, ascending
     */
    static long[] stratified(int[] labels, int total, long seed) {
        int classes = Arrays.stream(labels).max().orElse(0) + 1;
        int[] counts = Labels.counts(labels, classes);
        int[] quota = shares(counts, total, labels.length);
        int[] order = shuffled(labels.length, seed);
        boolean[] chosen = new boolean[labels.length];
        for (int example : order) {
            if (quota[labels[example]] > 0) {
                quota[labels[example]]--;
                chosen[example] = true;
            }
        }
        return IntStream.range(0, labels.length)
                .filter(i -> chosen[i])
                .asLongStream()
                .toArray();
    }

    private static int[] shares(int[] counts, int total, int examples) {
        int[] quota = new int[counts.length];
        double[] remainders = new double[counts.length];
        int given = 0;
        for (int c = 0; c < counts.length; c++) {
            double share = examples == 0 ? 0 : (double) counts[c] * total / examples;
            quota[c] = (int) share;
            remainders[c] = share - quota[c];
            given += quota[c];
        }
        int[] byRemainder = IntStream.range(0, counts.length)
                .boxed()
                .sorted((a, b) -> Double.compare(remainders[b], remainders[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; given < total; i++, given++) {
            quota[byRemainder[i]]++;
        }
        return quota;
    }

    /** The first n of each class, ascending. */
    static long[] firstOfEachClass(int[] labels, int n) {
        int[] seen = new int[Arrays.stream(labels).max().orElse(0) + 1];
        return IntStream.range(0, labels.length)
                .filter(i -> seen[labels[i]]++ < n)
                .asLongStream()
                .toArray();
    }

    /** The numbers below a count that are not among those chosen, both ascending. */
    static long[] others(int count, long[] chosen) {
        boolean[] taken = new boolean[count];
        for (long index : chosen) {
            taken[Math.toIntExact(index)] = true;
        }
        return IntStream.range(0, count).filter(i -> !taken[i]).asLongStream().toArray();
    }

    private static int[] shuffled(int count, long seed) {
        int[] order = IntStream.range(0, count).toArray();
        Random random = new Random(seed);
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }
}
