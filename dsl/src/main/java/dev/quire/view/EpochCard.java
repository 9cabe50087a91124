package dev.quire.view;

import dev.quire.metric.History;
import java.util.List;
import java.util.stream.IntStream;

/** A run that stands still: a line or two about it, its curves and its last epoch, small enough to stay in a notebook. */
public final class EpochCard {
    /** Of longer runs the last epochs are listed: the rest is in the curves. */
    private static final int LISTED = 30;

    private static final int IN_TEXT = 10;

    private EpochCard() {}

    /**
     * A run as a notebook keeps it.
     *
     * @param lines what is said of it, each line by itself
     */
    public static Display of(History history, List<String> lines) {
        String said = String.join("\n", lines);
        String words = lines.stream()
                .map(line -> "<div style=\"margin-bottom:.3em\">" + Html.escape(line) + "</div>")
                .collect(java.util.stream.Collectors.joining());
        if (history.isEmpty()) {
            return Display.text(said).with(Display.HTML, card(words));
        }
        String more = history.epochs() > 1
                ? "<details><summary>" + title(history, LISTED) + "</summary>"
                        + grid(history, LISTED).html() + "</details>"
                : "";
        String html = card(words
                + beside(
                        Sparks.html(history, history.last(History.EPOCH), List.of()),
                        grid(history, 1).html())
                + more);
        String above = history.epochs() > IN_TEXT ? title(history, IN_TEXT) + "\n" : "";
        return Display.text(above + grid(history, IN_TEXT).text() + "\n" + said).with(Display.HTML, html);
    }

    private static String title(History history, int listed) {
        return history.epochs() <= listed
                ? "all " + history.epochs() + " epochs"
                : "the last " + listed + " of " + Numbers.count(history.epochs()) + " epochs";
    }

    /** The last epochs in rows. */
    static Grid grid(History history, int rows) {
        int from = Math.max(0, history.epochs() - rows);
        return new Grid(
                EpochTable.columns(history),
                IntStream.range(from, history.epochs())
                        .mapToObj(i -> EpochTable.row(history, i))
                        .toList(),
                List.of(),
                "");
    }

    static String beside(String left, String right) {
        return "<div style=\"display:flex;flex-wrap:wrap;gap:1em;align-items:flex-start\"><div>" + left + "</div><div>"
                + right + "</div></div>";
    }

    static String card(String content) {
        return "<div style=\"max-width:960px\">" + content + "</div>";
    }
}
