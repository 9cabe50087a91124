package dev.quire.kernel.history;

import dev.quire.kernel.history.History.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A pattern for the whole of a text: {@code *} stands for anything, {@code ?} for one character. */
final class Glob {
    private final String pattern;

    Glob(String pattern) {
        this.pattern = pattern;
    }

    /** Without backtracking further than the last star, so that no pattern takes long. */
    boolean fits(String text) {
        int at = 0;
        int from = 0;
        int star = -1;
        int tried = 0;
        while (from < text.length()) {
            char wanted = at < pattern.length() ? pattern.charAt(at) : 0;
            if (at < pattern.length() && wanted == '*') {
                star = at++;
                tried = from;
            } else if (at < pattern.length() && (wanted == '?' || wanted == text.charAt(from))) {
                at++;
                from++;
            } else if (star >= 0) {
                at = star + 1;
                from = ++tried;
            } else {
                return false;
            }
        }
        return pattern.substring(at).chars().allMatch(rest -> rest == '*');
    }

    /** Of several with the same source the last. */
    static List<Entry> newest(List<Entry> entries) {
        Set<String> seen = new HashSet<>();
        List<Entry> out = new ArrayList<>();
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (seen.add(entries.get(i).source())) {
                out.add(entries.get(i));
            }
        }
        Collections.reverse(out);
        return out;
    }
}
