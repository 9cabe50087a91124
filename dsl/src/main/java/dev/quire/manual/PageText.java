package dev.quire.manual;

import dev.quire.manual.Entry.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A {@link Page} for a terminal. */
final class PageText {
    private static final String INDENT = "    ";
    private static final int WIDEST_NAME = 14;

    private final Page page;

    PageText(Page page) {
        this.page = page;
    }

    String text() {
        List<String> blocks = new ArrayList<>();
        if (!page.note().isEmpty()) {
            blocks.add(page.note());
        }
        StringBuilder entries = new StringBuilder();
        boolean wasLong = false;
        for (Entry entry : page.entries()) {
            String text = entry(entry);
            boolean isLong = text.contains("\n" + INDENT);
            entries.append(entries.isEmpty() ? "" : isLong || wasLong ? "\n\n" : "\n")
                    .append(text);
            wasLong = isLong;
        }
        blocks.add(entries.toString());
        if (!page.members().isEmpty()) {
            blocks.add(members());
        }
        if (!page.related().isEmpty()) {
            blocks.add(Lines.wrap(String.join(", ", page.related()), "See also ", INDENT));
        }
        return String.join("\n\n", blocks);
    }

    private String entry(Entry entry) {
        Description description = entry.description();
        List<String> blocks = new ArrayList<>();
        description.paragraphs().forEach(each -> blocks.add(Lines.wrap(bare(each), INDENT, INDENT)));
        String parameters = parameters(entry);
        if (!parameters.isEmpty()) {
            blocks.add(parameters);
        }
        if (!description.result().isEmpty()) {
            blocks.add(Lines.wrap("Gives " + bare(description.result()), INDENT, INDENT + INDENT));
        }
        if (!description.examples().isEmpty()) {
            blocks.add(
                    INDENT + "Example\n" + Lines.indented(String.join("\n", description.examples()), INDENT + INDENT));
        }
        String rest = String.join("\n\n", blocks);
        return signature(entry) + (rest.isEmpty() ? "" : "\n" + rest);
    }

    private String signature(Entry entry) {
        return Lines.wrap(entry.signature(), "", INDENT + INDENT);
    }

    /** The parameters that are described, and the one that is being written. */
    private String parameters(Entry entry) {
        int marked = page.marked(entry);
        int width = Math.min(
                WIDEST_NAME,
                entry.parameters().stream()
                        .mapToInt(each -> each.name().length())
                        .max()
                        .orElse(0));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < entry.parameters().size(); i++) {
            Parameter parameter = entry.parameters().get(i);
            String said =
                    Objects.requireNonNullElse(entry.description().parameters().get(parameter.name()), "");
            if (!said.isEmpty() || (i == marked && page.entries().size() == 1)) {
                String name = parameter.name()
                        + " ".repeat(Math.max(0, width - parameter.name().length()));
                String first = (i == marked ? "  > " : INDENT) + name + "  ";
                lines.add(
                        Lines.wrap(said.isEmpty() ? parameter.type() : bare(said), first, " ".repeat(first.length())));
            }
        }
        return String.join("\n", lines);
    }

    private String members() {
        List<String> lines = new ArrayList<>();
        for (Entry member : page.members()) {
            String said = bare(member.description().summary());
            lines.add(Lines.wrap(member.signature(), INDENT, INDENT + INDENT + INDENT)
                    + (said.isEmpty() ? "" : "\n" + Lines.wrap(said, INDENT + INDENT, INDENT + INDENT)));
        }
        return String.join("\n", lines);
    }

    static String bare(String text) {
        return text.replace("`", "");
    }
}
