package dev.quire.kernel.session;

import java.util.Comparator;
import java.util.Optional;
import javax.lang.model.SourceVersion;
import jdk.jshell.SourceCodeAnalysis;

/** The known name that is most like one that is not known: a slip of the finger. */
final class NearestName {
    private final SourceCodeAnalysis analysis;

    NearestName(SourceCodeAnalysis analysis) {
        this.analysis = analysis;
    }

    /**
     * @param before the text in front of the name
     * @param name what is not known
     */
    Optional<String> of(String before, String name) {
        // All members after a dot; else those with the same first letter, as everything would be thousands.
        String text = before.endsWith(".") ? before : before + name.charAt(0);
        int most = Math.max(1, name.length() / 3);
        return analysis.completionSuggestions(text, text.length(), new int[1]).stream()
                .map(each -> each.continuation().replaceFirst("[(<].*", "").strip())
                .distinct()
                .filter(known -> !known.equals(name) && !SourceVersion.isKeyword(known))
                .filter(known -> Math.abs(known.length() - name.length()) <= most)
                .map(known -> new Candidate(known, distance(name, known)))
                .filter(candidate -> candidate.distance <= most)
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    private record Candidate(String name, int distance) {}

    /** How many letters are to be put in, left out, changed, or swapped with their neighbour. */
    private static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : best(from, to, steps, i, j);
            }
        }
        return steps[from.length()][to.length()];
    }

    private static int best(String from, String to, int[][] steps, int i, int j) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(steps[i - 1][j], steps[i][j - 1]) + 1, steps[i - 1][j - 1] + change);
        boolean isSwap =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return isSwap ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
    }
}
