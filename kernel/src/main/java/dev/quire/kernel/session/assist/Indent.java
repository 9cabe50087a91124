package dev.quire.kernel.session.assist;

/** The white space that the next line of an unfinished text begins with. */
final class Indent {
    private static final String STEP = "    ";

    private Indent() {}

    /**
     * One step deeper than the line in which the innermost open bracket stands; as the last line where none is open.
     */
    static String after(String source) {
        java.util.ArrayDeque<Integer> open = new java.util.ArrayDeque<>();
        int i = 0;
        while (i < source.length()) {
            int next = JavaText.skip(source, i);
            if (next > i) {
                i = next;
                continue;
            }
            char c = source.charAt(i);
            if (c == '(' || c == '[' || c == '{') {
                open.push(i);
            } else if (c == ')' || c == ']' || c == '}') {
                open.poll();
            }
            i++;
        }
        Integer innermost = open.peek();
        return innermost == null ? lineIndent(source, source.length()) : lineIndent(source, innermost) + STEP;
    }

    private static String lineIndent(String source, int at) {
        int start = source.lastIndexOf('\n', at - 1) + 1;
        int end = start;
        while (end < source.length() && (source.charAt(end) == ' ' || source.charAt(end) == '\t')) {
            end++;
        }
        return source.substring(start, end);
    }
}
