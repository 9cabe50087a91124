package dev.quire.view;

import dev.quire.metric.History;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The epochs as rows of words: each column as its quantity is read, so that rows can be written one by one. */
final class EpochTable {
    private static final int NUMBER = 7;

    private EpochTable() {}

    static List<Grid.Column> columns(History history) {
        return history.columns().stream()
                .map(name -> Grid.Column.numbers(
                        switch (name) {
                            case History.LEARNING_RATE -> "lr";
                            case History.EXAMPLES_PER_SECOND -> "examples/s";
                            default -> name;
                        }))
                .toList();
    }

    static List<String> row(History history, int index) {
        List<Double> values = history.rows().get(index);
        return IntStream.range(0, values.size())
                .mapToObj(i -> word(history.columns().get(i), values.get(i)))
                .toList();
    }

    /** Wide enough for the head and for any number. */
    static List<Integer> widths(List<Grid.Column> columns) {
        return columns.stream()
                .map(column -> column.name().equals(History.EPOCH)
                        ? History.EPOCH.length()
                        : Math.max(NUMBER, column.name().length()))
                .toList();
    }

    static String word(String column, double value) {
        if (Double.isNaN(value)) {
            return column.equals(History.LOSS) ? "NaN" : "";
        }
        return switch (column) {
            case History.EPOCH, History.EXAMPLES_PER_SECOND -> Numbers.count(Math.round(value));
            case History.LEARNING_RATE ->
                String.format(Locale.ROOT, "%.2e", value).replace("e-0", "e-");
            case History.SECONDS -> value < 100 ? Numbers.fixed(value, 2) : Numbers.fixed(value, 0);
            default -> Numbers.fixed(value, 4);
        };
    }
}
