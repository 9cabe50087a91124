package dev.quire.kernel.shell;

import dev.quire.kernel.session.assist.Completions;
import dev.quire.kernel.session.assist.Completions.Completion;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What Tab can put in, as a list for the eye: a name on each line and what it is. */
final class Offers {
    private static final int WIDEST = 28;
    private static final int NARROWEST = 12;

    private Offers() {}

    /** What could stand at the cursor: commands after a slash, else what the assistant says. */
    static Completions at(Prompt prompt, Commands commands, String text, int cursor) throws InterruptedException {
        String typed = text.substring(0, cursor);
        if (typed.matches("/[a-z]*")) {
            List<Completion> names = commands.names().stream()
                    .filter(name -> name.startsWith(typed))
                    .map(name -> new Completion(name, "command", "", commands.purpose(name), true))
                    .toList();
            return new Completions(0, cursor, names);
        }
        return prompt.assist(assistant -> assistant.complete(text, cursor));
    }

    /** What all of them begin with. */
    static String common(List<Completion> items) {
        String common = items.get(0).text();
        for (Completion item : items) {
            int length = 0;
            while (length < Math.min(common.length(), item.text().length())
                    && common.charAt(length) == item.text().charAt(length)) {
                length++;
            }
            common = common.substring(0, length);
        }
        return common;
    }

    /**
     * Lines that fit a width.
     *
     * @param faint how what is said of a name looks
     */
    static String list(List<Completion> items, int columns, UnaryOperator<String> faint) {
        int name = Math.min(
                WIDEST,
                items.stream().mapToInt(each -> each.text().length()).max().orElse(0));
        return items.stream()
                .map(each -> {
                    int used = Math.max(name, each.text().length()) + 4;
                    String about = cut(about(each), columns - used - 1);
                    String label = "  " + each.text();
                    return about.isEmpty() ? label : label + " ".repeat(used - label.length()) + faint.apply(about);
                })
                .collect(Collectors.joining("\n"));
    }

    private static String about(Completion item) {
        return (item.about().isEmpty() ? item.signature() : item.about()).replace("`", "");
    }

    private static String cut(String text, int width) {
        return width < NARROWEST ? "" : text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }
}
