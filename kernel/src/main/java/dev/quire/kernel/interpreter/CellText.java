package dev.quire.kernel.interpreter;

import dev.quire.kernel.interpreter.JavaScan.State;
import dev.quire.kernel.interpreter.Part.Command;
import dev.quire.kernel.interpreter.magic.Magic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a cell apart into Java and magics.
 *
 * <p>A line is a magic when it begins with a percent sign and a name, stands outside of brackets, strings and comments,
 * and a statement has ended before it. Behind an expression without a semicolon it may also be a remainder ({@code a}
 * over {@code %b}): there it is a magic only when its name is known and what follows could not go on as Java.
 */
final class CellText {
    private static final Pattern MAGIC = Pattern.compile("[ \\t]*(%%?[a-zA-Z]\\w*)[ \\t]*");
    private static final Pattern OPERAND = Pattern.compile("(?!instanceof\\b)[\\p{Alnum}_$\"'@/~].*");

    private final String text;
    private final Magics magics;
    private final List<Part> parts = new ArrayList<>();

    private CellText(String text, Magics magics) {
        this.text = text;
        this.magics = magics;
    }

    /** The parts in order; of Java that is only white space and comments there is none. */
    static List<Part> split(String text, Magics magics) {
        if (text.indexOf('%') < 0) {
            return List.of(new Part.Java(text));
        }
        CellText cell = new CellText(text, magics);
        cell.split();
        return cell.parts;
    }

    /** The Java of a cell, each character at its place, with blanks for the rest. */
    static String java(String text, Magics magics) {
        StringBuilder out = new StringBuilder(blank(text));
        for (Part part : split(text, magics)) {
            String java = part instanceof Command command
                    ? (magics.find(command.name()).filter(Magic::takesJava).isPresent() ? command.java() : "")
                    : ((Part.Java) part).source();
            for (int i = 0; i < java.length(); i++) {
                if (!Character.isWhitespace(java.charAt(i))) {
                    out.setCharAt(i, java.charAt(i));
                }
            }
        }
        return out.toString();
    }

    private void split() {
        int start = 0;
        JavaScan scan = new JavaScan(text, start);
        while (!scan.isAtEnd()) {
            Matcher magic = MAGIC.matcher(text).region(scan.position(), text.length());
            if (!magic.lookingAt() || !isMagic(magic, scan)) {
                scan.line();
                continue;
            }
            if (scan.hasTokens()) {
                parts.add(new Part.Java(at(start, scan.position())));
            }
            boolean isFirst = parts.isEmpty();
            start = magic.group(1).startsWith("%%") && isFirst ? cell(magic) : line(magic);
            scan = new JavaScan(text, start);
        }
        if (scan.hasTokens() || parts.isEmpty()) {
            parts.add(new Part.Java(at(start, text.length())));
        }
    }

    private boolean isMagic(Matcher magic, JavaScan scan) {
        if (!scan.isOutside() || scan.state() == State.OPEN) {
            return false;
        }
        String rest = text.substring(magic.end(), JavaScan.lineEnd(text, magic.end()));
        return scan.state() == State.ENDED
                || (magics.find(magic.group(1)).isPresent()
                        && OPERAND.matcher(rest.strip()).matches());
    }

    /** A magic that takes all the rest. */
    private int cell(Matcher magic) {
        int end = JavaScan.lineEnd(text, magic.end());
        int body = Math.min(text.length(), end + 1);
        parts.add(new Command(
                lineOf(magic.start(1)),
                magic.group(1),
                text.substring(magic.end(), end).strip(),
                text.substring(body),
                at(body, text.length())));
        return text.length();
    }

    /** A magic of one line, of more where its Java goes on. */
    private int line(Matcher magic) {
        Optional<Magic> known = magics.find(magic.group(1));
        int end = JavaScan.lineEnd(text, magic.end());
        if (known.isPresent() && known.get().takesJava()) {
            JavaScan java = new JavaScan(text, magic.end());
            do {
                java.line();
            } while (!java.isOutside() && !java.isAtEnd());
            end = java.position();
        }
        parts.add(new Command(
                lineOf(magic.start(1)),
                magic.group(1),
                text.substring(magic.end(), end).strip(),
                "",
                at(magic.end(), end)));
        return Math.min(text.length(), end < text.length() && text.charAt(end) == '\n' ? end + 1 : end);
    }

    private int lineOf(int position) {
        return (int) text.substring(0, position).chars().filter(c -> c == '\n').count() + 1;
    }

    private String at(int start, int end) {
        return blank(text.substring(0, start)) + text.substring(start, end);
    }

    private static String blank(String text) {
        return text.replaceAll("[^\\s]", " ");
    }
}
