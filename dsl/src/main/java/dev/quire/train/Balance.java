package dev.quire.train;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Split;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Draws examples so that every class comes equally often: a class first, then one of its examples. */
final class Balance {
    private final int[][] byClass;

    private Balance(int[][] byClass) {
        this.byClass = byClass;
    }

    static Balance of(Dataset data) {
        int[] labels = data.part(Split.TRAIN).labels();
        int[][] byClass = IntStream.range(0, data.classes().size())
                .mapToObj(number -> IntStream.range(0, labels.length)
                        .filter(i -> labels[i] == number)
                        .toArray())
                .filter(examples -> examples.length > 0)
                .toArray(int[][]::new);
        return new Balance(byClass);
    }

    /** Refuses data without a class for each example. */
    static void check(Dataset data) {
        if (data.classes().isEmpty() || data.target().shape().rank() != 0) {
            throw new QuireException("balanced: " + data.name() + " has no class for each example: leave it out");
        }
    }

    /** The numbers of some examples. */
    long[] draw(long seed, long count) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] out = new long[Math.toIntExact(count)];
        Arrays.setAll(out, i -> {
            int[] examples = byClass[random.nextInt(byClass.length)];
            return examples[random.nextInt(examples.length)];
        });
        return out;
    }
}
