package dev.quire.kernel.session.assist;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What surrounds the cursor in a text, read as characters alone: brackets, texts in quotes, comments.
 *
 * @param source the whole text
 * @param cursor a position in it
 * @param wordStart where the identifier begins that the cursor is in or behind; the cursor where there is none
 * @param wordEnd where it ends
 * @param call the innermost call whose brackets the cursor is in, if nothing is nested inside it
 * @param depth how many brackets are open
 * @param quote where the text in quotes begins that the cursor is in, behind its quote; -1 outside of one
 * @param isComment whether the cursor is in a comment
 */
record Spot(
        String source,
        int cursor,
        int wordStart,
        int wordEnd,
        Optional<Call> call,
        int depth,
        int quote,
        boolean isComment) {

    /**
     * A call around the cursor.
     *
     * @param nameEnd where the name ends that is called
     * @param open where its bracket is
     * @param argument which argument the cursor is in, counted from 0
     * @param argumentStart where that begins
     */
    record Call(int nameEnd, int open, int argument, int argumentStart) {}

    /** A bracket that is open, and what has been seen inside it so far. */
    private record Open(char bracket, int at, int commas, int lastComma) {}

    static Spot at(String source, int cursor) {
        int end = Math.max(0, Math.min(cursor, source.length()));
        Deque<Open> open = new ArrayDeque<>();
        int i = 0;
        int quote = -1;
        boolean isComment = false;
        while (i < end) {
            int next = JavaText.skip(source, i);
            if (next > i) {
                boolean isText = JavaText.isQuote(source.charAt(i));
                if (next > end || (next == end && !JavaText.isClosed(source, i, next))) {
                    isComment = !isText;
                    quote = isText ? i + 1 : -1;
                    break;
                }
                i = next;
                continue;
            }
            char c = source.charAt(i);
            switch (c) {
                case '(', '[', '{' -> open.push(new Open(c, i, 0, i));
                case ')', ']', '}' -> open.poll();
                case ',' -> {
                    if (!open.isEmpty()) {
                        Open top = open.pop();
                        open.push(new Open(top.bracket(), top.at(), top.commas() + 1, i));
                    }
                }
                default -> {}
            }
            i++;
        }
        int wordStart = end;
        int wordEnd = end;
        if (quote < 0 && !isComment) {
            wordStart = JavaText.wordStart(source, end);
            wordEnd = JavaText.wordEnd(source, end);
        }
        Open top = open.peek();
        Optional<Call> call = top == null || top.bracket() != '('
                ? Optional.empty()
                : Optional.of(
                        new Call(JavaText.endBefore(source, top.at()), top.at(), top.commas(), top.lastComma() + 1));
        return new Spot(source, end, wordStart, wordEnd, call, open.size(), quote, isComment);
    }

    /** The part of the identifier that stands before the cursor. */
    String prefix() {
        return source.substring(wordStart, cursor);
    }

    /** The identifier that the cursor is in; empty where there is none. */
    String word() {
        return source.substring(wordStart, wordEnd);
    }

    /** Where the dot stands before the identifier; -1 where there is none. */
    int dot() {
        int at = JavaText.endBefore(source, wordStart) - 1;
        return at >= 0 && source.charAt(at) == '.' ? at : -1;
    }

    /** Whether the argument consists of nothing but the identifier. */
    boolean isFreshArgument() {
        return call.isPresent()
                && source.substring(call.get().argumentStart(), wordStart).isBlank();
    }

    /** The name of the call around the cursor; empty for a bracket that only groups. */
    String callee() {
        return call.map(each -> source.substring(JavaText.wordStart(source, each.nameEnd()), each.nameEnd()))
                .orElse("");
    }

    /** The line up to the cursor. */
    String line() {
        return source.substring(source.lastIndexOf('\n', cursor - 1) + 1, cursor);
    }
}
