package dev.quire.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lines that were taken away or added, in order, by the longest sequence that both texts share. */
final class TextDifference {
    /** Texts with more lines apart than these are not searched for what they share. */
    private static final int LONGEST = 2000;

    private TextDifference() {}

    /** Each line that differs after a {@code -} or a {@code +}; nothing where none does. */
    static List<String> lines(List<String> before, List<String> after) {
        int head = 0;
        while (head < Math.min(before.size(), after.size()) && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(before.size(), after.size()) - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        List<String> left = before.subList(head, before.size() - tail);
        List<String> right = after.subList(head, after.size() - tail);
        return left.size() > LONGEST || right.size() > LONGEST ? apart(left, right) : shared(left, right);
    }

    private static List<String> apart(List<String> left, List<String> right) {
        List<String> out = new ArrayList<>();
        left.forEach(line -> out.add("- " + line));
        right.forEach(line -> out.add("+ " + line));
        return out;
    }

    private static List<String> shared(List<String> left, List<String> right) {
        int[][] length = new int[left.size() + 1][right.size() + 1];
        for (int i = 1; i <= left.size(); i++) {
            for (int j = 1; j <= right.size(); j++) {
                length[i][j] = left.get(i - 1).equals(right.get(j - 1))
                        ? length[i - 1][j - 1] + 1
                        : Math.max(length[i - 1][j], length[i][j - 1]);
            }
        }
        List<String> out = new ArrayList<>();
        int i = left.size();
        int j = right.size();
        while (i > 0 || j > 0) {
            if (i > 0 && j > 0 && left.get(i - 1).equals(right.get(j - 1))) {
                i--;
                j--;
            } else if (j > 0 && (i == 0 || length[i][j - 1] >= length[i - 1][j])) {
                out.add("+ " + right.get(--j));
            } else {
                out.add("- " + left.get(--i));
            }
        }
        Collections.reverse(out);
        return out;
    }
}
