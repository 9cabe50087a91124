package dev.quire.kernel.session.assist;

/** Steps through the characters of Java that may not be finished. */
final class JavaText {
    private static final String TEXT_BLOCK = "\"\"\"";

    private JavaText() {}

    static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    /** Behind the text in quotes or the comment that begins here; the same place where none begins. */
    static int skip(String source, int at) {
        if (source.startsWith("//", at)) {
            int end = source.indexOf('\n', at);
            return end < 0 ? source.length() : end;
        }
        if (source.startsWith("/*", at)) {
            int end = source.indexOf("*/", at + 2);
            return end < 0 ? source.length() : end + 2;
        }
        if (source.startsWith(TEXT_BLOCK, at)) {
            return behind(source, at, TEXT_BLOCK);
        }
        return isQuote(source.charAt(at)) ? behind(source, at, source.substring(at, at + 1)) : at;
    }

    private static int behind(String source, int at, String quote) {
        for (int i = at + quote.length(); i < source.length(); i++) {
            if (source.charAt(i) == '\\') {
                i++;
            } else if (source.startsWith(quote, i)) {
                return i + quote.length();
            } else if (source.charAt(i) == '\n' && quote.length() == 1) {
                return i;
            }
        }
        return source.length();
    }

    /** Whether what {@link #skip} passed over has its end. */
    static boolean isClosed(String source, int from, int to) {
        String passed = source.substring(from, to);
        if (passed.startsWith("//")) {
            return false;
        }
        if (passed.startsWith("/*")) {
            return passed.length() > 3 && passed.endsWith("*/");
        }
        String quote = passed.startsWith(TEXT_BLOCK) ? TEXT_BLOCK : passed.substring(0, 1);
        return passed.length() >= 2 * quote.length() && passed.endsWith(quote) && !passed.endsWith("\\" + quote);
    }

    static int wordStart(String source, int at) {
        int start = at;
        while (start > 0 && Character.isJavaIdentifierPart(source.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    static int wordEnd(String source, int at) {
        int end = at;
        while (end < source.length() && Character.isJavaIdentifierPart(source.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Where the last character before a place ends that is no white space. */
    static int endBefore(String source, int at) {
        int end = at;
        while (end > 0 && Character.isWhitespace(source.charAt(end - 1))) {
            end--;
        }
        return end;
    }
}
