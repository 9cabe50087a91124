package dev.quire.metric;

import dev.quire.QuireException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What was measured, one row for each finished epoch. Immutable.
 *
 * @param columns the names in order, {@code epoch} first
 * @param rows the values in the order of the columns; NaN where a value was not measured
 */
public record History(List<String> columns, List<List<Double>> rows) {
    /** The number of the epoch, from 1. */
    public static final String EPOCH = "epoch";
    /** The mean loss over the training examples of the epoch. */
    public static final String LOSS = "loss";

    public static final String ACCURACY = "accuracy";
    /** What a metric of the validation split begins with. */
    public static final String VALIDATION = "val_";

    public static final String LEARNING_RATE = "learning_rate";
    /** The wall-clock time of the epoch, validation included. */
    public static final String SECONDS = "seconds";

    public static final String EXAMPLES_PER_SECOND = "examples_per_second";

    private static final Set<String> CIRCUMSTANCES = Set.of(EPOCH, LEARNING_RATE, SECONDS, EXAMPLES_PER_SECOND);

    public History {
        columns = List.copyOf(columns);
        int width = columns.size();
        // Rows that grew row by row are as wide as their first; checking all of them an epoch would take ever longer.
        long checked = rows instanceof Rows ? 1 : rows.size();
        rows = Rows.of(rows);
        if (columns.isEmpty() || !columns.get(0).equals(EPOCH)) {
            throw new QuireException("a history has columns " + columns + ": the first must be " + EPOCH);
        }
        if (rows.stream().limit(checked).anyMatch(row -> row.size() != width)) {
            throw new QuireException("a history has a row that does not have " + width + " values");
        }
    }

    /** Nothing measured yet. */
    public static History empty() {
        return new History(List.of(EPOCH), List.of());
    }

    /**
     * This history with one epoch more. Its number is one more than the last, unless {@code epoch} is given. A name
     * that is new becomes the last column, NaN in the epochs before.
     *
     * @param values name to value; the order of the first row is the order of the columns
     */
    public History append(Map<String, Double> values) {
        Set<String> names = new LinkedHashSet<>(columns);
        names.addAll(values.keySet());
        double next = rows.isEmpty() ? 1 : last(EPOCH) + 1;
        List<Double> row = names.stream()
                .map(name -> values.getOrDefault(name, name.equals(EPOCH) ? next : Double.NaN))
                .toList();
        return new History(List.copyOf(names), as(names.size()).and(row));
    }

    /** The rows, with NaN in columns that are new. */
    private Rows as(int width) {
        if (width == columns.size()) {
            return Rows.of(rows);
        }
        return Rows.of(rows.stream()
                .map(row -> Stream.concat(row.stream(), Stream.generate(() -> Double.NaN))
                        .limit(width)
                        .toList())
                .toList());
    }

    /** How many epochs there are. */
    public int epochs() {
        return rows.size();
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    public boolean has(String column) {
        return columns.contains(column);
    }

    /**
     * One value; NaN when it was not measured.
     *
     * @param epoch as the column {@code epoch} counts, from 1
     * @throws QuireException when there is no such epoch or column
     */
    public double value(int epoch, String column) {
        int at = indexOf(column);
        return rows.stream()
                .filter(row -> row.get(0) == epoch)
                .findFirst()
                .map(row -> row.get(at))
                .orElseThrow(() -> new QuireException("no epoch " + epoch + ": "
                        + (isEmpty()
                                ? "none has finished"
                                : "there are %.0f to %.0f".formatted(first(), last(EPOCH)))));
    }

    /** All values of a column, an epoch each. */
    public double[] column(String column) {
        int at = indexOf(column);
        return rows.stream().mapToDouble(row -> row.get(at)).toArray();
    }

    /** How long all epochs took; 0 where it was not measured. */
    public double seconds() {
        return has(SECONDS) ? Arrays.stream(column(SECONDS)).sum() : 0;
    }

    /** The value of the last epoch; NaN when there is none. */
    public double last(String column) {
        int at = indexOf(column);
        return rows.isEmpty() ? Double.NaN : rows.get(rows.size() - 1).get(at);
    }

    /** The epoch with the best value, the first of equals; empty when nothing was measured. */
    public OptionalInt best(String column, Goal goal) {
        int at = indexOf(column);
        double best = Double.NaN;
        OptionalInt epoch = OptionalInt.empty();
        for (List<Double> row : rows) {
            if (goal.isBetter(row.get(at), best)) {
                best = row.get(at);
                epoch = OptionalInt.of(row.get(0).intValue());
            }
        }
        return epoch;
    }

    /** The metrics, loss first: no {@code val_} ones, and neither learning rate nor times. */
    public List<String> metrics() {
        Stream<String> names = columns.stream()
                .map(name -> name.startsWith(VALIDATION) ? name.substring(VALIDATION.length()) : name)
                .filter(name -> !CIRCUMSTANCES.contains(name))
                .distinct();
        return names.sorted((a, b) -> Boolean.compare(b.equals(LOSS), a.equals(LOSS)))
                .toList();
    }

    private double first() {
        return rows.get(0).get(0);
    }

    private int indexOf(String column) {
        int at = columns.indexOf(column);
        if (at < 0) {
            throw new QuireException("no column " + column + ": there are " + String.join(", ", columns));
        }
        return at;
    }
}
