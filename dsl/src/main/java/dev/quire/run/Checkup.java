package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.model.Layer;
import dev.quire.train.Option;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Grid;
import java.util.List;
import java.util.Locale;

/**
 * What a rehearsal of a training run found, in seconds, before it is begun in earnest.
 *
 * @param items what was looked at, in order
 * @param seconds it took
 */
public record Checkup(List<Item> items, double seconds) implements Displayable {
    /** How something came out. */
    public enum Verdict {
        /** As it should. */
        OK("ok"),
        /** Training will go on, but perhaps not well. */
        LOOK("look"),
        /** Training would end here. */
        FAILS("fails");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }
    }

    /**
     * Something that was looked at.
     *
     * @param name what
     * @param verdict how it came out
     * @param found what was found
     * @param remedy what to do; empty where nothing is
     */
    public record Item(String name, Verdict verdict, String found, String remedy) {}

    public Checkup {
        items = List.copyOf(items);
    }

    /** Rehearses a run; what would end it is answered too, and not thrown. */
    public static Checkup of(Layer model, Dataset data, List<Option> options) {
        return Rehearsal.of(model, data, options);
    }

    /** Whether nothing needs a look. */
    public boolean isFine() {
        return items.stream().allMatch(item -> item.verdict == Verdict.OK);
    }

    /** Whether training would end with an error. */
    public boolean fails() {
        return items.stream().anyMatch(item -> item.verdict == Verdict.FAILS);
    }

    /** One thing that was looked at, by its name. */
    public Item item(String name) {
        return items.stream()
                .filter(item -> item.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new QuireException("the check did not look at '" + name
                        + "', it looked at "
                        + String.join(", ", items.stream().map(Item::name).toList())));
    }

    private Grid grid() {
        return new Grid(
                List.of(Grid.Column.words(""), Grid.Column.words("checked"), Grid.Column.words("found")),
                items.stream()
                        .map(item -> List.of(item.verdict.word, item.name, item.found))
                        .toList(),
                List.of(),
                note());
    }

    private String note() {
        StringBuilder out = new StringBuilder();
        items.stream()
                .filter(item -> !item.remedy.isEmpty())
                .forEach(item ->
                        out.append(item.name).append(": ").append(item.remedy).append('\n'));
        return out + String.format(Locale.ROOT, "%.1f s; nothing was kept", seconds);
    }

    @Override
    public Display display() {
        Grid grid = grid();
        String html = grid.html().replace("font-size:90%\">", "font-size:90%;white-space:pre-line\">");
        return Display.text(grid.text()).with(Display.HTML, html);
    }

    @Override
    public String plain() {
        return grid().text();
    }

    @Override
    public String toString() {
        return plain();
    }
}
