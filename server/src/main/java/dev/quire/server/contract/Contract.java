package dev.quire.server.contract;

import dev.quire.QuireException;
import dev.quire.data.table.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Kinds of client that the server speaks to in their own words. */
public enum Contract {
    /** A canvas that networks are drawn on: {@code /api/model}, {@code /api/deploy}, {@code /ws/training}. */
    CANVAS,
    /** A laboratory for digits: {@code /ws/train}, {@code /predict}. */
    DIGITS,
    /** A store of models: {@code /models}, {@code /jobs}, {@code /inference}. */
    STORE,
    /** A platform of projects and their runs: {@code /api/v1}. */
    PLATFORM,
    /** A service that trains one thing at a time: {@code /ping}, {@code /training}. */
    TRAINING;

    /** The name that a user gives it, such as {@code canvas}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of all. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Contract::word).toList();
    }

    /**
     * One by its name.
     *
     * @throws QuireException when there is none; names the nearest
     */
    static Contract of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new QuireException("there is no contract '" + word + "'"
                        + Nearest.of(word, words(), ", did you mean", "; there are")));
    }
}
