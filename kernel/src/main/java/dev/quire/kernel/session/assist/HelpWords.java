package dev.quire.kernel.session.assist;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Questions as people type them, turned into Java: {@code help(conv)}, {@code conv?} and {@code ?conv}. A word of the
 * language is a method, and its bare name is no expression.
 */
public final class HelpWords {
    private static final String NAME = "[A-Za-z_]\\w*(?:\\s*\\.\\s*[A-Za-z_]\\w*)*";
    private static final Pattern CALL = Pattern.compile("(?s)(\\s*(?:show\\s*\\(\\s*)?help\\s*\\(\\s*)(" + NAME
            + ")(?:\\s*\\(\\s*\\))?(\\s*\\)\\s*\\)?\\s*;?\\s*)");
    private static final Pattern LINE =
            Pattern.compile("[ \\t]*(?:\\?{1,2}[ \\t]*(" + NAME + ")|(" + NAME + ")[ \\t]*\\?{1,2})[ \\t]*;?[ \\t]*");
    private static final Pattern MAGIC_LINE = Pattern.compile("[ \\t]*%\\w.*");

    private HelpWords() {}

    /**
     * The text with lines that are a question, {@code conv?}, turned into Java. The number of lines stays the same.
     */
    public static String lines(String source) {
        if (source.indexOf('?') < 0) {
            return source;
        }
        return rewrite(source, line -> question(line).isEmpty() ? line : "show(help(" + question(line) + "));");
    }

    /** The text without lines that are a question or a magic. */
    static String withoutLines(String source) {
        if (source.indexOf('?') < 0 && source.indexOf('%') < 0) {
            return source;
        }
        return rewrite(
                source,
                line -> question(line).isEmpty() && !MAGIC_LINE.matcher(line).matches() ? line : "");
    }

    /**
     * A snippet that asks for help on a bare name, with the name in quotes; any other snippet as it is.
     *
     * @param types the type of a variable, whose value is asked for then, or its method; empty where there is none
     */
    public static String snippet(String source, Function<String, Optional<String>> types) {
        Matcher call = CALL.matcher(source);
        if (!call.matches()) {
            return source;
        }
        String name = call.group(2).replaceAll("\\s", "");
        String first = name.replaceFirst("\\..*", "");
        Optional<String> type = types.apply(first);
        boolean isValue = type.isPresent() && first.equals(name);
        if (isValue || name.endsWith(".class")) {
            return source;
        }
        String path = type.map(each -> each + name.substring(first.length())).orElse(name);
        return call.group(1) + '"' + path + '"' + call.group(3);
    }

    private interface Rewrite {
        String apply(String line);
    }

    /** Only lines that begin a statement: in the middle of one, {@code ?x} is part of a condition. */
    private static String rewrite(String source, Rewrite change) {
        StringBuilder out = new StringBuilder(source.length() + 16);
        int start = 0;
        while (start <= source.length()) {
            int end = source.indexOf('\n', start);
            end = end < 0 ? source.length() : end;
            String line = source.substring(start, end);
            String changed = change.apply(line);
            out.append(changed.equals(line) || !beginsStatement(source, start, end) ? line : changed);
            if (end < source.length()) {
                out.append('\n');
            }
            start = end + 1;
        }
        return out.toString();
    }

    private static boolean beginsStatement(String source, int start, int end) {
        Spot spot = Spot.at(source, start);
        if (spot.depth() > 0 || spot.quote() >= 0 || spot.isComment()) {
            return false;
        }
        String before = source.substring(0, start).stripTrailing();
        boolean isAfterEnd = before.isEmpty()
                || before.endsWith(";")
                || before.endsWith("}")
                || before.endsWith(")")
                || before.endsWith("?")
                || MAGIC_LINE
                        .matcher(before.substring(before.lastIndexOf('\n') + 1))
                        .matches()
                || LINE.matcher(before.substring(before.lastIndexOf('\n') + 1)).matches();
        return isAfterEnd && !source.substring(end).stripLeading().startsWith(":");
    }

    private static String question(String line) {
        Matcher question = LINE.matcher(line);
        if (!question.matches()) {
            return "";
        }
        String name = question.group(1) == null ? question.group(2) : question.group(1);
        return name.replaceAll("\\s", "");
    }
}
