package dev.quire.run;

import dev.quire.data.Example;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Grid;
import dev.quire.view.Numbers;
import dev.quire.view.Sheets;
import java.util.List;

/**
 * Which classes were taken for which others.
 *
 * @param pairs the most frequent first
 */
public record Confusions(List<Pair> pairs) implements Displayable {
    /**
     * One class taken for another.
     *
     * @param truth what the examples are
     * @param predicted what they were taken for
     * @param count how often
     * @param of the examples that are of the class, all together
     * @param examples some of them, those that it was surest of first
     */
    public record Pair(String truth, String predicted, long count, long of, List<Example> examples) {
        public Pair {
            examples = List.copyOf(examples);
        }
    }

    public Confusions {
        pairs = List.copyOf(pairs);
    }

    private Displayable shown() {
        boolean hasPictures = !pairs.isEmpty()
                && pairs.stream().flatMap(pair -> pair.examples.stream()).allMatch(Example::isImage);
        return hasPictures ? Sheets.rows("what was most often taken for something else", rows()) : table();
    }

    private List<Sheets.Row> rows() {
        return pairs.stream()
                .map(pair -> new Sheets.Row(
                        List.of(
                                pair.truth + " taken for " + pair.predicted,
                                Numbers.count(pair.count) + " of " + Numbers.count(pair.of)),
                        pair.examples.stream().map(Example::image).toList()))
                .toList();
    }

    /** A row a pair. */
    public Grid table() {
        return new Grid(
                List.of(
                        Grid.Column.words("is"),
                        Grid.Column.words("taken for"),
                        Grid.Column.numbers("times"),
                        Grid.Column.numbers("of")),
                pairs.stream()
                        .map(pair ->
                                List.of(pair.truth, pair.predicted, Numbers.count(pair.count), Numbers.count(pair.of)))
                        .toList(),
                List.of(),
                pairs.isEmpty() ? "nothing was taken for something else" : "");
    }

    @Override
    public Display display() {
        return shown().display();
    }

    @Override
    public String plain() {
        return table().text();
    }

    @Override
    public String toString() {
        return plain();
    }
}
