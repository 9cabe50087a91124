package dev.quire.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * One snippet of a cell, as text.
 *
 * @param cell the number of its cell
 * @param text the whole cell
 * @param start where the snippet begins in the text
 * @param source what JShell is given
 * @param isComplete false where a bracket, a quote or a comment is not closed
 */
record Piece(int cell, String text, int start, String source, boolean isComplete) {

    /** Much less than a long cell, and more than most snippets. */
    private static final int WINDOW = 2000;

    /** The snippets of a cell, in order. White space and comments alone are none. */
    static List<Piece> split(int cell, String text, SourceCodeAnalysis analysis) {
        List<Piece> pieces = new ArrayList<>();
        int start = begin(text, 0);
        while (start < text.length()) {
            First first = first(text, start, analysis);
            CompletionInfo info = first.info;
            if (info.completeness() == Completeness.EMPTY) {
                break;
            }
            if (!info.completeness().isComplete()) {
                boolean isUnfinished = info.completeness() != Completeness.UNKNOWN;
                pieces.add(new Piece(cell, text, start, text.substring(start), !isUnfinished));
                break;
            }
            pieces.add(new Piece(cell, text, start, info.source(), true));
            start = begin(text, first.end);
        }
        return pieces;
    }

    /**
     * JShell reads all that it is given to find the first snippet. It is given little, and more where the snippet may go
     * on: else a long cell would be read once for each of its snippets.
     */
    private static First first(String text, int start, SourceCodeAnalysis analysis) {
        int length = WINDOW;
        while (true) {
            boolean isAll = start + length >= text.length();
            String window = text.substring(start, isAll ? text.length() : start + length);
            CompletionInfo info = analysis.analyzeCompletion(window);
            String rest = Objects.requireNonNullElse(info.remaining(), "");
            if (isAll || (info.completeness() == Completeness.COMPLETE && !rest.isBlank())) {
                return new First(info, start + window.length() - rest.length());
            }
            length *= 4;
        }
    }

    private record First(CompletionInfo info, int end) {}

    private static int begin(String text, int from) {
        int start = from;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        return start;
    }

    /** The place of a character of the snippet. */
    Place place(long position) {
        int offset = (int) Math.max(start, Math.min(start + position, text.length() - 1L));
        int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
        int line = (int) text.substring(0, lineStart).lines().count() + 1;
        return new Place(cell, line, lineAt(lineStart), offset - lineStart);
    }

    /** The place of a line of the snippet, counted from 1. */
    Place line(int number) {
        int first =
                (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
        List<String> lines = text.lines().toList();
        int line = Math.max(1, Math.min(first + number, lines.size()));
        return new Place(cell, line, lines.get(line - 1), Place.WHOLE_LINE);
    }

    private String lineAt(int lineStart) {
        int end = text.indexOf('\n', lineStart);
        return text.substring(lineStart, end < 0 ? text.length() : end);
    }
}
