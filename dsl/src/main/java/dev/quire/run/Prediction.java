package dev.quire.run;

import dev.quire.data.Example;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a network says of one example.
 *
 * @param example the example
 * @param classes the class names; empty for regression
 * @param values for classes the probability of each; for regression the numbers predicted
 */
public record Prediction(Example example, List<String> classes, float[] values) {
    /** A second class is worth a word from this probability on. */
    private static final double WORTH_A_WORD = 0.01;

    /** The number of the likeliest class. */
    public int classNumber() {
        return ranked().get(0);
    }

    /** The name of the likeliest class. */
    public String label() {
        return classes.get(classNumber());
    }

    /** The probability of the likeliest class, 0 to 1. */
    public double probability() {
        return values[classNumber()];
    }

    /** Whether the likeliest class is the true one. */
    public boolean isRight() {
        return label().equals(example.label());
    }

    /** The class numbers, likeliest first. */
    public List<Integer> ranked() {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -values[i]))
                .toList();
    }

    /** {@code 9  98.3 %  (4  1.1 %)}; for regression the numbers. */
    @Override
    public String toString() {
        if (classes.isEmpty()) {
            return IntStream.range(0, values.length)
                    .mapToObj(i -> String.format(Locale.ROOT, "%.4g", values[i]))
                    .collect(Collectors.joining(", "));
        }
        List<Integer> order = ranked();
        String first = share(order.get(0));
        return order.size() > 1 && values[order.get(1)] >= WORTH_A_WORD
                ? first + "  (" + share(order.get(1)) + ")"
                : first;
    }

    private String share(int number) {
        return String.format(Locale.ROOT, "%s  %.1f %%", classes.get(number), 100 * values[number]);
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Prediction prediction
                && example.equals(prediction.example)
                && Arrays.equals(values, prediction.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
