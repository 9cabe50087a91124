package dev.quire.run;

import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Grid;
import dev.quire.view.Numbers;
import dev.quire.view.Sheets;
import java.util.List;
import java.util.Locale;

/**
 * The examples that a network was most wrong about: a sheet where they are pictures of classes, else a table.
 *
 * @param examples the worst first
 */
public record TopLosses(List<Judged> examples) implements Displayable {
    public TopLosses {
        examples = List.copyOf(examples);
    }

    private Displayable shown() {
        boolean isSheet = !examples.isEmpty()
                && examples.stream()
                        .map(Judged::prediction)
                        .allMatch(said ->
                                !said.classes().isEmpty() && said.example().isImage());
        return isSheet
                ? Sheets.losses(
                        examples.stream()
                                .map(each -> each.prediction().answer())
                                .toList(),
                        examples.stream().map(Judged::loss).toList())
                : table();
    }

    /** A row an example: its number in the split, the loss, what was said, and what it is. */
    public Grid table() {
        return new Grid(
                List.of(
                        Grid.Column.numbers("example"),
                        Grid.Column.numbers("loss"),
                        Grid.Column.words("said"),
                        Grid.Column.words("is")),
                examples.stream().map(TopLosses::row).toList(),
                List.of(),
                "the largest losses, the worst first");
    }

    private static List<String> row(Judged each) {
        Prediction said = each.prediction();
        return List.of(
                Numbers.count(said.example().index()),
                String.format(Locale.ROOT, "%.4f", each.loss()),
                said.classes().isEmpty()
                        ? said.toString()
                        : said.label() + String.format(Locale.ROOT, "  %.1f %%", 100 * said.probability()),
                said.example().label());
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
