package dev.quire.kernel.jupyter;

/** Positions in a text: front ends count characters as people see them, Java counts UTF-16 units. */
final class CodePoints {
    private CodePoints() {}

    /** A position of a front end as one of Java; beyond the text it is its end. */
    static int toJava(String text, int position) {
        int count = text.codePointCount(0, text.length());
        return text.offsetByCodePoints(0, Math.max(0, Math.min(position, count)));
    }

    static int fromJava(String text, int position) {
        return text.codePointCount(0, Math.max(0, Math.min(position, text.length())));
    }
}
