package dev.quire.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The one line that says what a dataset is. */
final class Describe {
    /** Classes count as balanced when the largest is at most so many times the smallest. */
    private static final double BALANCED = 1.5;

    private Describe() {}

    static String line(Dataset data) {
        List<String> parts = new ArrayList<>();
        parts.add(splitWords(data));
        parts.add(data.inputs().stream()
                .map(input -> !data.columns().isEmpty()
                        ? table(data)
                        : data.reader().isPresent()
                                ? "texts of " + input.shape() + " tokens"
                                : text(data) ? "windows of " + input.shape() + " tokens" : shape(input))
                .collect(Collectors.joining(" and ")));
        parts.add(target(data));
        long bytes = data.splits().keySet().stream().mapToLong(data::bytes).sum();
        parts.add(String.format(Locale.ROOT, bytes < 100_000_000 ? "%,.1f MB" : "%,.0f MB", bytes / 1e6));
        parts.addAll(data.origin().remarks());
        return data.name() + ": " + String.join(", ", parts);
    }

    private static boolean text(Dataset data) {
        return data.train().examples() instanceof Windows;
    }

    /** {@code 5 features from 3 columns}. */
    private static String table(Dataset data) {
        String features = shape(data.inputs().get(0));
        int columns = data.columns().size();
        return data.inputs().get(0).shape().count() == columns
                ? features
                : features + " from " + columns + (columns == 1 ? " column" : " columns");
    }

    private static String shape(Field input) {
        if (input.shape().rank() != 1) {
            return input.shape().toString();
        }
        return input.shape() + (input.shape().count() == 1 ? " feature" : " features");
    }

    /** {@code 1,437 train, 360 test}. */
    static String splitWords(Dataset data) {
        return data.splits().entrySet().stream()
                .map(entry -> "%,d %s"
                        .formatted(
                                entry.getValue().count(), entry.getKey().name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining(", "));
    }

    private static String target(Dataset data) {
        int classes = data.classes().size();
        if (classes == 0) {
            long values = data.target().shape().count();
            return "regression on " + values + (values == 1 ? " value" : " values");
        }
        if (text(data)) {
            return "a vocabulary of " + classes;
        }
        if (!Labels.areClasses(data.target())) {
            return classes + " classes";
        }
        int[] counts = Labels.counts(Labels.of(data.train().examples(), data.fields()), classes);
        int least = Arrays.stream(counts).min().orElse(0);
        int most = Arrays.stream(counts).max().orElse(0);
        return classes + (classes == 1 ? " class" : " classes") + ", "
                + (most <= BALANCED * least ? "balanced" : "of %,d to %,d examples".formatted(least, most));
    }
}
