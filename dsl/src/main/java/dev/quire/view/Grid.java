package dev.quire.view;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A small table of words, drawn as aligned text or as HTML that reads on a light and on a dark page.
 *
 * @param columns the heads
 * @param rows the cells, in the order of the columns
 * @param totals a last row set apart; empty for none
 * @param note a line under the table; empty for none
 */
public record Grid(List<Column> columns, List<List<String>> rows, List<String> totals, String note)
        implements Displayable {

    /**
     * One column.
     *
     * @param right whether cells are set to the right, as numbers are
     */
    public record Column(String name, boolean right) {
        /** A column of words. */
        public static Column words(String name) {
            return new Column(name, false);
        }

        /** A column of numbers. */
        public static Column numbers(String name) {
            return new Column(name, true);
        }
    }

    private static final String LINE = "1px solid rgba(128,128,128,.5)";
    private static final int WIDEST_CELL = 60;

    public Grid {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        totals = List.copyOf(totals);
    }

    /** The table as lines of text without a trailing space, the heads underlined. */
    public String text() {
        List<Integer> widths = widths();
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::name).toList(), widths));
        String rule = "-".repeat(widths.stream().mapToInt(Integer::intValue).sum() + 2 * (widths.size() - 1));
        lines.add(rule);
        rows.forEach(row -> lines.add(line(row, widths)));
        if (!totals.isEmpty()) {
            lines.add(rule);
            lines.add(line(totals, widths));
        }
        if (!note.isEmpty()) {
            lines.add(note);
        }
        return String.join("\n", lines);
    }

    /** The table as one HTML element. */
    public String html() {
        return html("", "", "");
    }

    /** The table with heads that sort its rows when they are clicked. */
    String sortable() {
        return html(" style=\"max-height:26em;overflow:auto\"", Sorting.ATTRIBUTES, "<span></span>");
    }

    /** Cells are set to the right by the table, and as wide as the page has them, so that a cell of numbers is bare. */
    private String html(String room, String headAttributes, String headEnd) {
        StringBuilder out = new StringBuilder("<div><div" + room + ">"
                + "<table cellpadding=\"4\" style=\"border-collapse:collapse;text-align:right;"
                + "font-variant-numeric:tabular-nums;margin:.3em 0\"><thead" + headAttributes
                + "><tr style=\"border-bottom:" + LINE + "\">");
        for (Column column : columns) {
            cell(out, "th", column.right, column.name, headEnd);
        }
        out.append("</tr></thead><tbody>");
        rows.forEach(row -> row(out, row, ""));
        out.append("</tbody>");
        if (!totals.isEmpty()) {
            out.append("<tfoot>");
            row(out, totals, " style=\"border-top:" + LINE + ";font-weight:600\"");
            out.append("</tfoot>");
        }
        out.append("</table></div>");
        if (!note.isEmpty()) {
            out.append("<div style=\"opacity:.7;font-size:90%\">")
                    .append(Html.escape(note))
                    .append("</div>");
        }
        return out.append("</div>").toString();
    }

    @Override
    public Display display() {
        return Display.text(text()).with(Display.HTML, html());
    }

    @Override
    public String plain() {
        return text();
    }

    /** The head of a terminal table that grows, and its rows, must agree in width: this is one line of it. */
    static String line(List<String> cells, List<Column> columns, List<Integer> widths) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = shorten(cells.get(i));
            String pad = " ".repeat(Math.max(0, widths.get(i) - width(cell)));
            out.append(i == 0 ? "" : "  ").append(columns.get(i).right ? pad + cell : cell + pad);
        }
        return out.toString().stripTrailing();
    }

    private String line(List<String> cells, List<Integer> widths) {
        return line(cells, columns, widths);
    }

    private List<Integer> widths() {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> Stream.concat(
                                Stream.of(columns.get(i).name),
                                Stream.concat(rows.stream(), totals.isEmpty() ? Stream.of() : Stream.of(totals))
                                        .map(row -> row.get(i)))
                        .mapToInt(cell -> width(shorten(cell)))
                        .max()
                        .orElse(0))
                .toList();
    }

    private void row(StringBuilder out, List<String> cells, String style) {
        out.append("<tr").append(style).append('>');
        for (int i = 0; i < cells.size(); i++) {
            cell(out, "td", columns.get(i).right, cells.get(i), "");
        }
        out.append("</tr>");
    }

    private static void cell(StringBuilder out, String tag, boolean right, String text, String end) {
        out.append('<').append(tag).append(right ? ">" : " style=\"text-align:left;white-space:pre-wrap\">");
        out.append(Html.escape(text)).append(end).append("</").append(tag).append('>');
    }

    private static String shorten(String cell) {
        return Ink.cut(cell.replaceAll("\\R", " "), WIDEST_CELL);
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
