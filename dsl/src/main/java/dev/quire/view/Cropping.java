package dev.quire.view;

import java.util.stream.IntStream;

/** What is shown of many: the first and the last, and a gap. */
final class Cropping {
    static final String GAP = "…";

    private Cropping() {}

    /** The places that are shown, -1 for the gap. */
    static int[] shown(int count, int all, int head, int tail) {
        return count <= all
                ? IntStream.range(0, count).toArray()
                : IntStream.concat(
                                IntStream.range(0, head),
                                IntStream.concat(IntStream.of(-1), IntStream.range(count - tail, count)))
                        .toArray();
    }

    /** A text of at most so many characters, and how many are missing. */
    static String text(String text, int most) {
        return text.length() <= most
                ? text
                : text.substring(0, most) + "… " + Numbers.count(text.length() - most) + " more characters";
    }
}
