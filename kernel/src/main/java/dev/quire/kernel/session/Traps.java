package dev.quire.kernel.session;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.Snippet;

/** Where Java reads a cell otherwise than its writer may have meant. */
final class Traps {
    /** A name alone on its line, and another on the next: {@code a b}, a variable b of type a. */
    private static final Pattern TWO_NAMES = Pattern.compile("\\s*(\\w+)[ \\t]*\\R\\s*(\\w+)\\s*;?\\s*");

    private static final String GOES_ON = "+-([";
    private static final String UNFINISHED = "+-*/%=<>&|^?:,.([{;";

    private Traps() {}

    /** What the user should know of a snippet that ran. */
    static Optional<String> note(Piece piece, Snippet snippet, boolean isLast) {
        Optional<String> joined = joined(piece);
        return joined.isPresent() || isLast ? joined : dropped(piece, snippet);
    }

    /** A declaration of an unknown type that was meant as two expressions. */
    static Optional<String> twoNames(Piece piece) {
        Matcher names = TWO_NAMES.matcher(piece.source());
        return names.matches()
                ? Optional.of("Java reads these two lines as one declaration, a variable " + names.group(2)
                        + " of type " + names.group(1) + ": end the first line with ; if they are two expressions")
                : Optional.empty();
    }

    private static Optional<String> dropped(Piece piece, Snippet snippet) {
        boolean isValue = switch (snippet.subKind()) {
            case TEMP_VAR_EXPRESSION_SUBKIND, VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND -> true;
            default -> false;
        };
        String source = piece.source().strip().replaceFirst(";$", "");
        // A call may have been made for what it does.
        return isValue && source.indexOf('(') < 0 && !source.contains("++") && !source.contains("--")
                ? Optional.of("line " + piece.line(1).line() + ": the value of " + source
                        + " is not shown; only the last expression of a cell is")
                : Optional.empty();
    }

    /** A line that could stand alone, but goes on from the one before it. */
    private static Optional<String> joined(Piece piece) {
        List<String> lines = piece.source().lines().toList();
        int depth = 0;
        for (int i = 0; i + 1 < lines.size(); i++) {
            depth += depth(lines.get(i));
            String line = lines.get(i).strip();
            String next = lines.get(i + 1);
            boolean mayEnd = !line.isEmpty() && UNFINISHED.indexOf(line.charAt(line.length() - 1)) < 0;
            if (depth == 0 && mayEnd && !next.isBlank() && GOES_ON.indexOf(next.charAt(0)) >= 0) {
                int number = piece.line(i + 1).line();
                return Optional.of("line " + (number + 1) + " begins with " + next.charAt(0)
                        + " and so goes on from line "
                        + number + ": end line " + number + " with ; if they are two, or indent line " + (number + 1)
                        + " if they are one");
            }
        }
        return Optional.empty();
    }

    private static int depth(String line) {
        return line.chars()
                .map(c -> "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0)
                .sum();
    }
}
