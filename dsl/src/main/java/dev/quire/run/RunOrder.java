package dev.quire.run;

import java.util.Comparator;

/**
 * By which column runs are sorted; what was not measured comes last either way.
 *
 * @param column by its name
 * @param falls whether the largest comes first
 */
record RunOrder(String column, boolean falls) {
    static final RunOrder STARTED = new RunOrder("started", false);

    /** Reads {@code accuracy}, or {@code -accuracy} for the largest first. */
    static RunOrder of(String text) {
        String column = text.strip();
        return column.startsWith("-") ? new RunOrder(column.substring(1).strip(), true) : new RunOrder(column, false);
    }

    boolean isNumber() {
        return !Condition.WORDS.contains(column);
    }

    /** Compares the values of the column. */
    Comparator<Comparable<?>> comparator() {
        Comparator<Comparable<?>> rising = isNumber()
                ? Comparator.comparingDouble(value -> (Double) value)
                : Comparator.comparing(String::valueOf);
        Comparator<Comparable<?>> wanted = falls ? rising.reversed() : rising;
        return (a, b) ->
                "".equals(a) || "".equals(b) ? Boolean.compare("".equals(a), "".equals(b)) : wanted.compare(a, b);
    }
}
