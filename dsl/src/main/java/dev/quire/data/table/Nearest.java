package dev.quire.data.table;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names that were perhaps meant. */
public final class Nearest {
    private static final int SHOWN = 8;

    private Nearest() {}

    /** The names near to a wrong one, or the first ones there are when none is near. */
    public static String of(String wrong, List<String> names, String near, String all) {
        List<String> close = names.stream()
                .filter(name -> distance(wrong, name) <= Math.max(1, Math.min(wrong.length(), name.length()) / 2))
                .sorted(Comparator.comparingInt(name -> distance(wrong, name)))
                .limit(3)
                .toList();
        List<String> shown = close.isEmpty() ? names.stream().limit(SHOWN).toList() : close;
        return (close.isEmpty() ? all : near)
                + shown.stream().map(name -> " '" + name + "'").collect(Collectors.joining(","))
                + (close.isEmpty() ? (names.size() > SHOWN ? ", …" : "") : "?");
    }

    /** Levenshtein's distance, upper and lower case alike. */
    private static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int substituted = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
