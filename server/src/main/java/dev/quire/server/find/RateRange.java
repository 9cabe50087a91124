package dev.quire.server.find;

import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Ranges of learning rates by name; both ends belong to a range. */
public enum RateRange {
    LOW("Low", 1e-5, 1e-4),
    MEDIUM_LOW("Medium Low", 1e-4, 5e-4),
    MEDIUM_HIGH("Medium High", 5e-4, 1e-3),
    HIGH("High", 1e-3, 1e-2);

    /** Rates are sent as decimals: the ends hold within rounding. */
    private static final double ROUNDING = 1e-9;

    private final String word;
    private final double least;
    private final double most;

    RateRange(String word, double least, double most) {
        this.word = word;
        this.least = least;
        this.most = most;
    }

    /**
     * The range of a name.
     *
     * @throws Problem 400 when there is none
     */
    public static RateRange of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word.equalsIgnoreCase(word.strip()))
                .findFirst()
                .orElseThrow(() -> Problem.bad(
                        "there is no range of learning rates '" + SafeText.shown(word) + "'",
                        "use one of "
                                + Arrays.stream(values()).map(each -> each.word).collect(Collectors.joining(", "))));
    }

    public boolean contains(double rate) {
        return rate >= least * (1 - ROUNDING) && rate <= most * (1 + ROUNDING);
    }

    /** A rate to begin with, in the middle of the range by its order of magnitude: two digits. */
    public double middle() {
        double middle = Math.sqrt(least * most);
        double unit = Math.pow(10, Math.floor(Math.log10(middle)) - 1);
        return Math.round(middle / unit) * unit;
    }
}
