package dev.quire.view;

import dev.quire.metric.Classification;
import dev.quire.metric.ConfusionMatrix;
import dev.quire.metric.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tablesaw tables: made of what Quire measures, and drawn. */
public final class Tables {
    private static final int ROWS = 20;
    /** A front end that scrolls and sorts is given so many rows as a whole. */
    private static final int SCROLLED = 200;

    private static final int HEAD = 10;
    private static final int TAIL = 5;
    private static final int COLUMNS = 16;
    private static final int CLASSES = 30;
    private static final int CLASS_NAME = 8;

    private Tables() {}

    /** One row an epoch; what was not measured is missing. */
    public static Table of(History history) {
        Stream<Column<?>> columns = history.columns().stream()
                .map(name -> name.equals(History.EPOCH)
                        ? IntColumn.create(
                                name,
                                Arrays.stream(history.column(name))
                                        .mapToInt(x -> (int) x)
                                        .toArray())
                        : DoubleColumn.create(name, history.column(name)));
        return Table.create("history", columns.toList());
    }

    /** One row a class: how many examples there are, and how well it was found. */
    public static Table perClass(Classification said) {
        ConfusionMatrix matrix = said.confusion();
        int n = said.classes().size();
        return Table.create(
                "classes",
                StringColumn.create("class", said.classes()),
                LongColumn.create(
                        "examples",
                        IntStream.range(0, n).mapToLong(matrix::count).toArray()),
                figures("precision", n, matrix::precision),
                figures("recall", n, matrix::recall),
                figures("f1", n, matrix::f1),
                figures("auroc", n, said::auroc),
                figures("average precision", n, said::averagePrecision));
    }

    private static DoubleColumn figures(String name, int count, IntToDoubleFunction of) {
        return DoubleColumn.create(
                name, IntStream.range(0, count).mapToDouble(of).toArray());
    }

    /**
     * A table of columns.
     *
     * @param columns by name; each of texts, whole numbers or real ones, all of one length
     */
    public static Table of(String name, Map<String, List<?>> columns) {
        Stream<Column<?>> made = columns.entrySet().stream().map(each -> column(each.getKey(), each.getValue()));
        return Table.create(name, made.toList());
    }

    private static Column<?> column(String name, List<?> values) {
        if (!values.isEmpty() && values.stream().allMatch(Integer.class::isInstance)) {
            return IntColumn.create(
                    name, values.stream().mapToInt(value -> (Integer) value).toArray());
        }
        if (!values.isEmpty() && values.stream().allMatch(Double.class::isInstance)) {
            return DoubleColumn.create(
                    name, values.stream().mapToDouble(value -> (Double) value).toArray());
        }
        return StringColumn.create(name, values.stream().map(String::valueOf).toList());
    }

    /** A table as it is shown: of a long one the head and the tail; a click on a head sorts the rows shown. */
    static Displayable display(Table table) {
        return new Displayable() {
            @Override
            public Display display() {
                return Display.text(plain())
                        .with(Display.HTML, grid(table, SCROLLED).sortable());
            }

            @Override
            public String plain() {
                return grid(table).text();
            }
        };
    }

    /** The head and the tail of a table, with how many rows there are. */
    public static Grid grid(Table table) {
        return grid(table, ROWS);
    }

    private static Grid grid(Table table, int all) {
        int[] rows = Cropping.shown(table.rowCount(), all, HEAD, TAIL);
        int[] columns = Cropping.shown(table.columnCount(), COLUMNS, COLUMNS - 4, 3);
        List<Grid.Column> heads = new ArrayList<>();
        List<List<String>> cells = new ArrayList<>();
        for (int at : columns) {
            boolean gap = at < 0;
            heads.add(new Grid.Column(
                    gap ? "…" : table.column(at).name(), !gap && table.column(at) instanceof NumericColumn));
            cells.add(gap ? Arrays.stream(rows).mapToObj(row -> "…").toList() : cells(table.column(at), rows));
        }
        List<List<String>> lines = IntStream.range(0, rows.length)
                .mapToObj(row -> cells.stream().map(column -> column.get(row)).toList())
                .toList();
        String name = table.name() == null || table.name().isEmpty() ? "" : table.name() + ": ";
        return new Grid(
                heads,
                lines,
                List.of(),
                name + plural(table.rowCount(), "row") + ", " + plural(table.columnCount(), "column"));
    }

    /** Counts by true class (rows) and predicted class (columns); of many classes only those most confused. */
    public static Grid grid(ConfusionMatrix matrix) {
        String note = "accuracy " + Numbers.percent(matrix.accuracy()) + " of " + Numbers.count(matrix.total())
                + ", macro F1 " + Numbers.percent(matrix.f1());
        if (matrix.classes().size() > CLASSES) {
            List<List<String>> rows = matrix.mostConfused(HEAD).stream()
                    .map(pair -> List.of(pair.truth(), pair.predicted(), Numbers.count(pair.count())))
                    .toList();
            return new Grid(
                    List.of(Grid.Column.words("true"), Grid.Column.words("taken for"), Grid.Column.numbers("examples")),
                    rows,
                    List.of(),
                    note);
        }
        int n = matrix.classes().size();
        List<Grid.Column> heads = Stream.concat(
                        Stream.of(Grid.Column.words("true \\ predicted")),
                        matrix.classes().stream().map(name -> Grid.Column.numbers(Ink.cut(name, CLASS_NAME))))
                .toList();
        IntFunction<List<String>> row = truth -> Stream.concat(
                        Stream.of(matrix.classes().get(truth)),
                        IntStream.range(0, n)
                                .mapToObj(predicted -> matrix.count(truth, predicted) == 0
                                        ? "."
                                        : Numbers.count(matrix.count(truth, predicted))))
                .toList();
        return new Grid(heads, IntStream.range(0, n).mapToObj(row).toList(), List.of(), note);
    }

    private static List<String> cells(Column<?> column, int[] rows) {
        boolean bare = (column instanceof DoubleColumn || column instanceof FloatColumn) && !isFormatted(column, rows);
        if (!bare) {
            return Arrays.stream(rows)
                    .mapToObj(row -> row < 0 ? "…" : PlainText.of(column.getString(row)))
                    .toList();
        }
        NumericColumn<?> numbers = (NumericColumn<?>) column;
        double[] values = Arrays.stream(rows)
                .mapToDouble(row -> row < 0 ? Double.NaN : numbers.getDouble(row))
                .toArray();
        List<String> text = new ArrayList<>(Numbers.column(values));
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] < 0) {
                text.set(i, "…");
            }
        }
        return text;
    }

    /** Whether the user has given the column a format of its own, which is then kept. */
    private static boolean isFormatted(Column<?> column, int[] rows) {
        Column<?> bare = column instanceof DoubleColumn ? DoubleColumn.create("") : FloatColumn.create("");
        return Arrays.stream(rows)
                .filter(row -> row >= 0 && !column.isMissing(row))
                .anyMatch(row -> {
                    bare.clear();
                    bare.appendObj(column.get(row));
                    return !bare.getString(0).equals(column.getString(row));
                });
    }

    private static String plural(int n, String noun) {
        return Stream.of(Numbers.count(n), n == 1 ? noun : noun + "s").collect(Collectors.joining(" "));
    }
}
