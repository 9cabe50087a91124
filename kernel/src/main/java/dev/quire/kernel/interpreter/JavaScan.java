package dev.quire.kernel.interpreter;

/**
 * Walks through Java token by token, as far as one must to know where a statement ends: comments, strings and text
 * blocks are stepped over, brackets are counted.
 */
final class JavaScan {
    /** What the last token leaves behind. */
    enum State {
        /** A statement has ended, or none has begun. */
        ENDED,
        /** An expression could end here or go on. */
        OPERAND,
        /** Something must follow. */
        OPEN
    }

    private static final String TEXT_BLOCK = "\"\"\"";

    private final String text;
    private int position;
    private int depth;
    private State state = State.ENDED;
    private boolean hasTokens;

    JavaScan(String text, int position) {
        this.text = text;
        this.position = position;
    }

    int position() {
        return position;
    }

    boolean isAtEnd() {
        return position >= text.length();
    }

    /** Whether all brackets are closed. */
    boolean isOutside() {
        return depth == 0;
    }

    State state() {
        return state;
    }

    /** Whether there was anything but white space and comments. */
    boolean hasTokens() {
        return hasTokens;
    }

    /** Goes on to the begin of the next line that is not inside a token, or to the end. */
    void line() {
        while (!isAtEnd()) {
            boolean ends = text.charAt(position) == '\n';
            step();
            if (ends) {
                return;
            }
        }
    }

    private void step() {
        char c = text.charAt(position);
        if (Character.isWhitespace(c)) {
            position++;
        } else if (text.startsWith("//", position)) {
            position = lineEnd(text, position);
        } else if (text.startsWith("/*", position)) {
            position = after("*/", position + 2);
        } else {
            hasTokens = true;
            token(c);
        }
    }

    private void token(char c) {
        state = State.OPERAND;
        if (Character.isJavaIdentifierPart(c)) {
            while (!isAtEnd() && Character.isJavaIdentifierPart(text.charAt(position))) {
                position++;
            }
        } else if (text.startsWith(TEXT_BLOCK, position)) {
            textBlock();
        } else if (c == '"' || c == '\'') {
            quoted(c);
        } else if (text.startsWith("++", position) || text.startsWith("--", position)) {
            position += 2;
        } else {
            position++;
            bracketOrOperator(c);
        }
    }

    private void bracketOrOperator(char c) {
        switch (c) {
            case '(', '[', '{' -> {
                depth++;
                state = State.OPEN;
            }
            case ')', ']' -> depth = Math.max(0, depth - 1);
            case '}' -> {
                depth = Math.max(0, depth - 1);
                state = State.ENDED;
            }
            case ';' -> state = State.ENDED;
            default -> state = State.OPEN;
        }
    }

    private void textBlock() {
        int end = position + TEXT_BLOCK.length();
        while (end < text.length() && !text.startsWith(TEXT_BLOCK, end)) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        position = Math.min(text.length(), end + TEXT_BLOCK.length());
    }

    private void quoted(char quote) {
        position++;
        while (!isAtEnd() && text.charAt(position) != '\n') {
            char c = text.charAt(position);
            position = Math.min(text.length(), position + (c == '\\' ? 2 : 1));
            if (c == quote) {
                return;
            }
        }
    }

    private int after(String end, int from) {
        int at = text.indexOf(end, from);
        return at < 0 ? text.length() : at + end.length();
    }

    /** Where a line ends: at its line feed, or at the end of the text. */
    static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
