package dev.quire.kernel.session.assist;

/** Counts what stands between the brackets of a call. */
final class Arguments {
    private Arguments() {}

    /**
     * How many arguments a call has, as far as it is written.
     *
     * @param from the place behind its bracket
     */
    static int count(String source, int from) {
        int depth = 0;
        int commas = 0;
        boolean isEmpty = true;
        int i = from;
        while (i < source.length()) {
            int next = JavaText.skip(source, i);
            if (next > i) {
                isEmpty = false;
                i = next;
                continue;
            }
            char c = source.charAt(i++);
            if (c == ')' && depth == 0) {
                break;
            }
            depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
            commas += c == ',' && depth == 0 ? 1 : 0;
            isEmpty &= Character.isWhitespace(c);
        }
        return isEmpty ? 0 : commas + 1;
    }
}
