package dev.quire.view;

import dev.quire.data.Column;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Values;
import dev.quire.data.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Examples that are no pictures: a row each, with what it is and its target. */
final class ExampleTable {
    private static final int COLUMNS = 10;

    private ExampleTable() {}

    static Grid of(Dataset data, List<Example> examples) {
        List<Grid.Column> heads = new ArrayList<>();
        List<List<String>> cells = new ArrayList<>();
        heads.add(Grid.Column.numbers("example"));
        cells.add(
                examples.stream().map(example -> Numbers.count(example.index())).toList());
        if (data.train().examples() instanceof Windows) {
            heads.add(Grid.Column.words("text"));
            cells.add(examples.stream()
                    .map(example -> example.text().replace("\n", "⏎"))
                    .toList());
        } else if (!data.columns().isEmpty()) {
            columns(data, examples, heads, cells);
            target(data, examples, heads, cells);
        } else if (data.reader().isPresent()) {
            heads.add(Grid.Column.words("text"));
            cells.add(examples.stream().map(Example::text).toList());
            target(data, examples, heads, cells);
        } else {
            values(data, examples, heads, cells);
            target(data, examples, heads, cells);
        }
        List<List<String>> rows = IntStream.range(0, examples.size())
                .mapToObj(row -> cells.stream().map(column -> column.get(row)).toList())
                .toList();
        return new Grid(heads, rows, List.of(), data.describe());
    }

    private static void target(
            Dataset data, List<Example> examples, List<Grid.Column> heads, List<List<String>> cells) {
        heads.add(Grid.Column.words(data.target().name()));
        cells.add(examples.stream().map(Example::label).toList());
    }

    /** The columns of a table as they stand in it, of many the first ones. */
    private static void columns(
            Dataset data, List<Example> examples, List<Grid.Column> heads, List<List<String>> cells) {
        int from = 0;
        for (Column column :
                data.columns().subList(0, Math.min(COLUMNS, data.columns().size()))) {
            int at = from;
            if (column.categories().isEmpty()) {
                heads.add(Grid.Column.numbers(column.name()));
                cells.add(Numbers.column(examples.stream()
                        .mapToDouble(example -> example.inputs().get(0).value(at))
                        .toArray()));
            } else {
                heads.add(Grid.Column.words(column.name()));
                cells.add(examples.stream()
                        .map(example -> category(column, example.inputs().get(0), at))
                        .toList());
            }
            from += column.width();
        }
        if (data.columns().size() > COLUMNS) {
            heads.add(Grid.Column.words("… of " + Numbers.count(data.columns().size())));
            cells.add(examples.stream().map(example -> "…").toList());
        }
    }

    private static String category(Column column, Values values, int at) {
        return IntStream.range(0, column.width())
                .filter(i -> values.value(at + i) != 0)
                .mapToObj(i -> column.categories().get(i))
                .findFirst()
                .orElse("");
    }

    /** A column for each element of the inputs, of many the first ones. */
    private static void values(
            Dataset data, List<Example> examples, List<Grid.Column> heads, List<List<String>> cells) {
        int left = COLUMNS;
        for (int input = 0; input < data.inputs().size(); input++) {
            String name = data.inputs().get(input).name();
            int at = input;
            int width = examples.get(0).inputs().get(input).count();
            for (int i = 0; i < Math.min(width, left); i++) {
                int element = i;
                heads.add(Grid.Column.numbers(width == 1 ? name : i == 0 ? name + " 0" : Integer.toString(i)));
                cells.add(Numbers.column(examples.stream()
                        .mapToDouble(example -> example.inputs().get(at).value(element))
                        .toArray()));
            }
            if (width > left) {
                heads.add(Grid.Column.words("… of " + Numbers.count(width)));
                cells.add(examples.stream().map(example -> "…").toList());
            }
            left = Math.max(0, left - width);
        }
    }
}
