package dev.quire.manual;

import dev.quire.manual.Entry.Parameter;
import dev.quire.view.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A {@link Page} for a notebook. It takes its colours from what is around it, dark or light. */
final class PageHtml {
    static final String BEGIN = "<div style=\"max-width:56em;line-height:1.45\">";
    static final String END = "</div>";

    private static final String RULE = "border-left:2px solid;padding-left:.8em;margin:.3em 0 .9em";
    private static final String CODE = "white-space:pre-wrap;margin:.2em 0 .5em;background:none;color:inherit";
    private static final String CELL = "text-align:left;vertical-align:top;padding:.1em 1em .1em 0;background:none";

    private final Page page;

    PageHtml(Page page) {
        this.page = page;
    }

    String html() {
        StringBuilder out = new StringBuilder(BEGIN);
        if (!page.note().isEmpty()) {
            out.append(listing(page.note()));
        }
        page.entries().forEach(entry -> entry(entry, out));
        if (!page.members().isEmpty()) {
            members(out);
        }
        if (!page.related().isEmpty()) {
            out.append(paragraph("See also "
                    + page.related().stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "))));
        }
        return out.append(END).toString();
    }

    private void entry(Entry entry, StringBuilder out) {
        Description description = entry.description();
        out.append("<div><code style=\"background:none;color:inherit\">")
                .append(signature(entry))
                .append("</code></div><div style=\"")
                .append(RULE)
                .append("\">");
        description.paragraphs().forEach(each -> out.append(paragraph(each)));
        parameters(entry, out);
        if (!description.result().isEmpty()) {
            out.append(paragraph("Gives " + description.result()));
        }
        if (!description.examples().isEmpty()) {
            out.append("<div><b>Example</b></div>").append(listing(String.join("\n", description.examples())));
        }
        out.append("</div>");
    }

    private String signature(Entry entry) {
        String name = "<b>" + Html.escape(entry.name()) + "</b>";
        if (!entry.isCall()) {
            return name;
        }
        int marked = page.marked(entry);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < entry.parameters().size(); i++) {
            String text = Html.escape(entry.parameters().get(i).toString());
            parts.add(i == marked ? "<b style=\"text-decoration:underline\">" + text + "</b>" : text);
        }
        return name + "(" + String.join(", ", parts) + ")"
                + (entry.result().isEmpty() ? "" : " → " + Html.escape(entry.result()));
    }

    private void parameters(Entry entry, StringBuilder out) {
        int marked = page.marked(entry);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < entry.parameters().size(); i++) {
            Parameter parameter = entry.parameters().get(i);
            String said =
                    Objects.requireNonNullElse(entry.description().parameters().get(parameter.name()), "");
            if (!said.isEmpty() || (i == marked && page.entries().size() == 1)) {
                String name = i == marked ? "<b>" + parameter.name() + "</b>" : parameter.name();
                rows.add(row(name, said.isEmpty() ? "`" + parameter.type() + "`" : said));
            }
        }
        if (!rows.isEmpty()) {
            out.append(table(rows));
        }
    }

    private void members(StringBuilder out) {
        out.append(table(page.members().stream()
                .map(each ->
                        row(Html.escape(each.signature()), each.description().summary()))
                .toList()));
    }

    static String table(List<String> rows) {
        return "<table style=\"border:none;font-size:inherit;margin:.2em 0 .5em;color:inherit\">"
                + String.join("", rows) + "</table>";
    }

    /**
     * @param name as HTML
     * @param said as text with code between backquotes
     */
    static String row(String name, String said) {
        return "<tr style=\"background:none\"><td style=\"" + CELL + "\"><code style=\"background:none;color:inherit\">"
                + name + "</code></td><td style=\"" + CELL + "\">" + inline(said) + "</td></tr>";
    }

    static String paragraph(String text) {
        return "<p style=\"margin:.2em 0 .5em\">" + inline(text) + "</p>";
    }

    static String listing(String code) {
        return "<pre style=\"" + CODE + "\">" + Html.escape(code) + "</pre>";
    }

    /** Text with code between backquotes. */
    private static String inline(String text) {
        return Html.escape(text).replaceAll("`([^`]*)`", "<code style=\"background:none;color:inherit\">$1</code>");
    }
}
