package dev.quire.data.table;

import dev.quire.QuireException;
import dev.quire.data.Buffers;
import dev.quire.data.Column;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Field;
import dev.quire.data.Split;
import dev.quire.data.Values;
import dev.quire.graph.DType;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A row by itself, as a network trained on a table is given it. */
public final class TableRow {
    private static final int SHOWN = 12;

    private TableRow() {}

    /**
     * A row as an example like those of a dataset. Its target is empty.
     *
     * @param data from a table with named columns
     * @param row the name of each column to a number, or for a column of categories to one of its texts; other names
     *     than those of columns are refused, but for the target's, which is left aside
     * @throws QuireException naming the column whose value is missing or does not fit
     */
    public static Example like(Dataset data, Map<String, ?> row) {
        Map<String, Object> asked = new LinkedHashMap<>(row);
        if (data.columns().stream()
                .noneMatch(column -> column.name().equals(data.target().name()))) {
            asked.remove(data.target().name());
        }
        return example(data, elements(data.name(), data.columns(), asked));
    }

    /**
     * A row as the elements of the input of a network.
     *
     * @param table whose columns they are, or the model that takes them: a word for messages
     * @throws QuireException naming the column whose value is missing or does not fit
     */
    public static float[] elements(String table, List<Column> columns, Map<String, ?> row) {
        if (columns.isEmpty()) {
            throw new QuireException(table + " has no named columns: give it an example, as in"
                    + " data.test().example(0), or the numbers of one");
        }
        List<String> names = columns.stream().map(Column::name).toList();
        for (String name : row.keySet()) {
            if (!names.contains(name)) {
                throw new QuireException("%s has no column '%s': %s"
                        .formatted(table, name, Nearest.of(name, names, "did you mean", "its columns are")));
            }
        }
        List<String> missing =
                names.stream().filter(name -> row.get(name) == null).toList();
        if (!missing.isEmpty()) {
            throw new QuireException(
                    "%s: the row has no value for %s: a row has %s".formatted(table, quoted(missing), quoted(names)));
        }
        int width = columns.stream().mapToInt(Column::width).sum();
        float[] values = new float[width];
        int at = 0;
        for (Column column : columns) {
            encode(table, column, String.valueOf(row.get(column.name())).strip(), values, at);
            at += column.width();
        }
        return values;
    }

    /**
     * Numbers as an example like those of a dataset. Its target is empty.
     *
     * @param data with one input, of numbers
     * @param numbers its elements in order
     * @throws QuireException when there are more or fewer
     */
    public static Example of(Dataset data, double... numbers) {
        Field field = data.inputs().get(0);
        boolean isNumbers = field.type() == DType.FLOAT32 || field.type() == DType.UINT8;
        if (data.inputs().size() > 1 || !isNumbers) {
            throw new QuireException("%s takes %s: give predict an example, as in data.test().example(0)"
                    .formatted(data.name(), data.inputs()));
        }
        if (numbers.length != field.shape().count()) {
            throw new QuireException("%s takes %,d numbers%s, got %,d"
                    .formatted(data.name(), field.shape().count(), words(data.columns()), numbers.length));
        }
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers[i];
        }
        return example(data, values);
    }

    /** What the columns of a table are, in short; empty where they have no names. */
    static String words(List<Column> columns) {
        return columns.isEmpty()
                ? ""
                : columns.stream()
                        .limit(SHOWN)
                        .map(Column::toString)
                        .collect(Collectors.joining("; ", " (", columns.size() > SHOWN ? "; …)" : ")"));
    }

    /** Writes the elements of a column. */
    private static void encode(String data, Column column, String text, float[] into, int at) {
        if (column.categories().isEmpty()) {
            double value = Table.parse(text);
            if (Double.isNaN(value)) {
                throw new QuireException("%s, column '%s': '%s' is not a number".formatted(data, column.name(), text));
            }
            into[at] = (float) value;
            return;
        }
        int category = column.categories().indexOf(text);
        if (category < 0) {
            throw new QuireException("%s, column '%s': '%s' was not among the texts that were learned from: %s"
                    .formatted(
                            data,
                            column.name(),
                            text,
                            Nearest.of(text, column.categories(), "did you mean", "they are")));
        }
        into[at + category] = 1;
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    private static Example example(Dataset data, float[] values) {
        Field field = data.inputs().get(0);
        return new Example(
                data,
                Split.TEST,
                0,
                List.of(new Values(field, Buffers.of(values, field.type()))),
                new Values(data.target(), ByteBuffer.allocate(0)));
    }
}
