package dev.quire.manual;

import java.util.ArrayList;
import java.util.List;

/** Text for a terminal or a tooltip: at most so many characters a line. */
final class Lines {
    static final int WIDTH = 90;

    private Lines() {}

    /** Breaks text at spaces; all lines but the first begin with {@code hanging}. */
    static String wrap(String text, String first, String hanging) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        int indent = first.length();
        for (String word : text.split(" ")) {
            if (line.length() > indent && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(hanging);
                indent = hanging.length();
            }
            line.append(line.length() > indent ? " " : "").append(word);
        }
        lines.add(line.toString().stripTrailing());
        return String.join("\n", lines);
    }

    static String indented(String text, String indent) {
        return text.lines()
                .map(line -> indent + line)
                .reduce((a, b) -> a + "\n" + b)
                .orElse("");
    }
}
