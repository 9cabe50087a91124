package dev.quire.manual;

import dev.quire.manual.Vocabulary.Group;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Html;
import java.util.ArrayList;
import java.util.List;

/** All words of the language in their groups, a line each. */
public record Overview() implements Displayable {
    private static final String NEXT =
            "help(conv) says what one word takes, with an example; help(Run.class) what a type"
                    + " answers; help(run) what a variable is.";

    /** How the Javadoc of an option begins; here the title of its group says so. */
    private static final String OPTION = "Option: ";

    @Override
    public Display display() {
        return Display.text(text()).with(Display.HTML, html());
    }

    private static String text() {
        List<String> blocks = new ArrayList<>();
        for (Group group : Vocabulary.groups()) {
            int width = group.words().stream().mapToInt(String::length).max().orElse(0);
            StringBuilder block = new StringBuilder(group.title());
            block.append(group.example().isEmpty() ? "" : ": " + group.example());
            for (String word : group.words()) {
                String first = "    " + word + " ".repeat(width - word.length()) + "  ";
                block.append('\n').append(Lines.wrap(PageText.bare(summary(word)), first, " ".repeat(first.length())));
            }
            blocks.add(block.toString());
        }
        blocks.add(Lines.wrap(NEXT, "", ""));
        return String.join("\n\n", blocks);
    }

    private static String html() {
        StringBuilder out = new StringBuilder(PageHtml.BEGIN);
        for (Group group : Vocabulary.groups()) {
            out.append("<details").append(group.title().equals("Data") ? " open" : "");
            out.append("><summary><b>")
                    .append(group.title())
                    .append("</b> <code style=\"background:none;color:inherit\">");
            out.append(Html.escape(group.example())).append("</code></summary>");
            out.append(PageHtml.table(group.words().stream()
                    .map(word -> PageHtml.row(Html.escape(word), summary(word)))
                    .toList()));
            out.append("</details>");
        }
        return out.append(PageHtml.paragraph(NEXT)).append(PageHtml.END).toString();
    }

    private static String summary(String word) {
        return Manual.word(word).stream()
                .map(entry -> entry.description().summary())
                .filter(each -> !each.isEmpty())
                .findFirst()
                .map(each -> each.startsWith(OPTION) ? each.substring(OPTION.length()) : each)
                .orElse("");
    }
}
