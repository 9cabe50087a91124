package dev.quire.data.table;

import dev.quire.QuireException;
import dev.quire.data.Buffers;
import dev.quire.data.Column;
import dev.quire.data.Dataset;
import dev.quire.data.Field;
import dev.quire.data.InMemory;
import dev.quire.data.Origin;
import dev.quire.data.Split;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The numbers of a CSV file: features, and a target that is a class or an amount. */
public final class Table {
    /** Columns with more different texts are names rather than categories. */
    private static final int MOST_CATEGORIES = 100;

    private final Rows rows;
    private final List<Integer> features;
    private final List<Column> columns;
    private final int target;
    private final boolean classes;

    private Table(Rows rows, List<Integer> features, List<Column> columns, int target, boolean classes) {
        this.rows = rows;
        this.features = features;
        this.columns = columns;
        this.target = target;
        this.classes = classes;
    }

    /**
     * Reads a table.
     *
     * @param file the name for messages
     * @throws QuireException naming file, row and column of what cannot be read
     */
    public static Table read(String file, Reader reader, CsvSpec spec) {
        Rows rows = Rows.read(file, reader, spec);
        int target = target(rows, spec);
        List<Integer> features = features(rows, spec, target);
        List<Integer> used = new ArrayList<>(features);
        used.add(target);
        Rows complete = complete(rows, used, spec);
        boolean isText = spec.text().isPresent();
        List<Integer> categories = isText ? List.of() : categories(complete, features, spec);
        List<Column> columns = features.stream()
                .filter(column -> !isText)
                .map(column -> new Column(
                        complete.columns().get(column),
                        categories.contains(column) ? texts(complete, column) : List.of()))
                .toList();
        refuseNames(complete, columns);
        boolean classes =
                spec.classification() || !complete.rows().stream().allMatch(row -> isNumber(row.field(target)));
        return new Table(complete, features, columns, target, classes);
    }

    private static int target(Rows rows, CsvSpec spec) {
        if (!spec.target().isEmpty()) {
            return rows.column(spec.target());
        }
        int named = rows.columns().indexOf("target");
        return named >= 0 ? named : rows.columns().size() - 1;
    }

    private static List<Integer> features(Rows rows, CsvSpec spec, int target) {
        if (spec.text().isPresent()) {
            return List.of(text(rows, spec, spec.text().get(), target));
        }
        List<Integer> out =
                new ArrayList<>(spec.features().stream().map(rows::column).toList());
        List<Integer> leftOut = spec.leftOut().stream().map(rows::column).toList();
        if (out.isEmpty()) {
            IntStream.range(0, rows.columns().size())
                    .filter(column -> column != target)
                    .forEach(out::add);
        }
        out.removeAll(leftOut);
        if (out.isEmpty()) {
            throw new QuireException(rows.file() + " has no column to learn from beside the target '"
                    + rows.columns().get(target) + "'" + separatorHint(rows));
        }
        return out;
    }

    private static int text(Rows rows, CsvSpec spec, TextColumn text, int target) {
        if (!spec.features().isEmpty() || !spec.categories().isEmpty()) {
            throw new QuireException(rows.file() + ": text(…) and "
                    + (spec.features().isEmpty() ? "categories" : "features")
                    + "(…) are both given, and a dataset of text has no other features: leave one of them out");
        }
        int column = rows.column(text.column());
        if (column == target) {
            throw new QuireException(rows.file() + ": '" + text.column() + "' is both the text and what to learn: name"
                    + " another with target(…)");
        }
        return column;
    }

    private static String separatorHint(Rows rows) {
        return rows.columns().size() == 1 ? ": say what stands between fields with separator(';')" : "";
    }

    private static Rows complete(Rows rows, List<Integer> used, CsvSpec spec) {
        List<Rows.Row> kept = new ArrayList<>();
        for (Rows.Row row : rows.rows()) {
            int empty = used.stream()
                    .filter(column -> row.field(column).isEmpty())
                    .findFirst()
                    .orElse(-1);
            if (empty < 0) {
                kept.add(row);
            } else if (!spec.dropMissing()) {
                throw new QuireException("%s is empty: fill it in, or leave such rows out with dropMissing()"
                        .formatted(place(rows, row, empty)));
            }
        }
        if (kept.isEmpty()) {
            throw new QuireException(rows.file() + " has an empty field in every row: dropMissing() leaves none");
        }
        return new Rows(rows.file(), rows.columns(), kept);
    }

    /** The features that are categories: those that are said to be, and those without a single number. */
    private static List<Integer> categories(Rows rows, List<Integer> features, CsvSpec spec) {
        List<Integer> said = spec.categories().stream().map(rows::column).toList();
        for (int column : said) {
            if (!features.contains(column)) {
                throw new QuireException("%s: categories(\"%s\") is no column to learn from: leave it out of categories"
                        .formatted(rows.file(), rows.columns().get(column)));
            }
        }
        return features.stream()
                .filter(column ->
                        said.contains(column) || rows.rows().stream().noneMatch(row -> isNumber(row.field(column))))
                .toList();
    }

    /** The different texts of a column: numbers by their size, then the others by their letters. */
    private static List<String> texts(Rows rows, int column) {
        Comparator<String> order = Comparator.comparingDouble(text -> isNumber(text) ? parse(text) : Double.MAX_VALUE);
        return rows.rows().stream()
                .map(row -> row.field(column))
                .distinct()
                .sorted(order.thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /** Columns with so many texts that they are no categories: all of them are named at once. */
    private static void refuseNames(Rows rows, List<Column> columns) {
        List<Column> names = columns.stream()
                .filter(column -> column.categories().size() > MOST_CATEGORIES)
                .toList();
        if (!names.isEmpty()) {
            throw new QuireException("%s: %s; more than %d are no categories: leave them out with without(%s)"
                    .formatted(
                            rows.file(),
                            names.stream()
                                    .map(column -> "column '%s' has %,d different texts"
                                            .formatted(
                                                    column.name(),
                                                    column.categories().size()))
                                    .collect(Collectors.joining(", ")),
                            MOST_CATEGORIES,
                            quoted(names.stream().map(Column::name).toList(), "\"")));
        }
    }

    private static String quoted(List<String> names, String quote) {
        return names.stream().map(name -> quote + name + quote).collect(Collectors.joining(", "));
    }

    private static String place(Rows rows, Rows.Row row, int column) {
        return "%s, row %,d, column '%s'"
                .formatted(rows.file(), row.number(), rows.columns().get(column));
    }

    static boolean isNumber(String text) {
        return !Double.isNaN(parse(text.strip()));
    }

    /** A finite number, or NaN. Java's own suffixes and hexadecimal digits are not numbers of a table. */
    static double parse(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("+-.0123456789eE".indexOf(text.charAt(i)) < 0) {
                return Double.NaN;
            }
        }
        try {
            double value = Double.parseDouble(text);
            return Float.isInfinite((float) value) ? Double.NaN : value;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private float number(Rows.Row row, int column) {
        double value = parse(row.field(column));
        if (Double.isNaN(value)) {
            throw new QuireException(
                    ("%s: '%s' is not a number: correct it, leave the column out with without(\"%s\"), or take its"
                                    + " values as categories with categories(\"%3$s\")")
                            .formatted(
                                    place(rows, row, column),
                                    row.field(column),
                                    rows.columns().get(column)));
        }
        return (float) value;
    }

    /** The columns to learn from, in order. */
    public List<Column> columns() {
        return columns;
    }

    /** The number of elements that the columns to learn from take. */
    public int width() {
        return columns.stream().mapToInt(Column::width).sum();
    }

    /** A column of text as a dataset, all of it for training. */
    Dataset texts(String name, TextColumn column, String source) {
        Texts texts = Texts.of(
                rows.rows().stream().map(row -> row.field(features.get(0))).toList(), column);
        Dataset data = classes
                ? classified(name, texts.field(), texts.tokens())
                : regression(name, texts.field(), texts.tokens());
        return data.readBy(column.reader()).from(Origin.own(source, texts.remarks()));
    }

    /**
     * This table as a dataset, all of it for training.
     *
     * @param input what the features of a row are, together
     */
    public Dataset dataset(String name, Field input) {
        float[] values = new float[Math.multiplyExact(rows.rows().size(), width())];
        int at = 0;
        for (Rows.Row row : rows.rows()) {
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                if (column.categories().isEmpty()) {
                    values[at] = number(row, features.get(i));
                } else {
                    values[at + column.categories().indexOf(row.field(features.get(i)))] = 1;
                }
                at += column.width();
            }
        }
        ByteBuffer content = Buffers.of(values, input.type());
        return classes ? classified(name, input, content) : regression(name, input, content);
    }

    private Dataset classified(String name, Field input, ByteBuffer values) {
        List<String> names = texts(rows, target);
        Map<String, Integer> numbers =
                IntStream.range(0, names.size()).boxed().collect(Collectors.toMap(names::get, i -> i));
        int[] labels = rows.rows().stream()
                .mapToInt(row -> numbers.getOrDefault(row.field(target), -1))
                .toArray();
        InMemory all = new InMemory(labels.length, List.of(values, Buffers.of(labels)));
        Field label = new Field("label", DType.INT64, Shape.of());
        return Dataset.of(name, List.of(input), label, names, Map.of(Split.TRAIN, all));
    }

    private Dataset regression(String name, Field input, ByteBuffer values) {
        float[] targets = new float[rows.rows().size()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = number(rows.rows().get(i), target);
        }
        InMemory all = new InMemory(targets.length, List.of(values, Buffers.of(targets, DType.FLOAT32)));
        Field field = new Field(rows.columns().get(target), DType.FLOAT32, Shape.of(1));
        return Dataset.of(name, List.of(input), field, List.of(), Map.of(Split.TRAIN, all));
    }
}
