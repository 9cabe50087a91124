package dev.quire.view;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What a network is made of, layer by layer, with totals.
 *
 * @param title the network in a few words
 * @param rows the layers in order
 */
public record SummaryTable(String title, List<Row> rows) implements Displayable {
    /**
     * One layer.
     *
     * @param name its dotted name, such as {@code block.0}
     * @param layer what it is, as the user wrote it, such as {@code conv(32, 3)}
     * @param output the shape of what comes out, without the batch
     * @param parameters how many numbers are trained
     * @param multiplyAdds how many multiplications with an addition one example takes in the forward pass
     * @param bytes the memory of what comes out, for one example
     */
    public record Row(String name, String layer, String output, long parameters, long multiplyAdds, long bytes) {}

    public SummaryTable {
        rows = List.copyOf(rows);
    }

    public long parameters() {
        return sum(Row::parameters);
    }

    public long multiplyAdds() {
        return sum(Row::multiplyAdds);
    }

    /** The memory of what comes out of all layers, for one example. */
    public long bytes() {
        return sum(Row::bytes);
    }

    public Grid grid() {
        return new Grid(
                List.of(
                        Grid.Column.words("name"),
                        Grid.Column.words("layer"),
                        Grid.Column.numbers("output"),
                        Grid.Column.numbers("parameters"),
                        Grid.Column.numbers("multiply-adds"),
                        Grid.Column.numbers("memory")),
                rows.stream()
                        .map(row -> List.of(
                                row.name,
                                row.layer,
                                row.output,
                                row.parameters == 0 ? "" : Numbers.count(row.parameters),
                                row.multiplyAdds == 0 ? "" : Numbers.large(row.multiplyAdds),
                                Numbers.bytes(row.bytes)))
                        .toList(),
                List.of(
                        "total",
                        "",
                        "",
                        Numbers.count(parameters()),
                        Numbers.large(multiplyAdds()),
                        Numbers.bytes(bytes())),
                title + "; multiply-adds and memory are for one example");
    }

    @Override
    public Display display() {
        return grid().display();
    }

    @Override
    public String toString() {
        return grid().text();
    }

    private long sum(ToLongFunction<Row> of) {
        return rows.stream().mapToLong(of).sum();
    }
}
