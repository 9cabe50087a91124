package dev.quire.run;

import dev.quire.metric.History;
import dev.quire.train.RunEvent;
import dev.quire.train.StopReason;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An earlier run with the same network, data and specification, and whether this one comes out the same.
 *
 * @param name what the earlier one is called
 * @param history what it measured
 */
record Repetition(String name, History history) {
    private static final Set<String> TIMES = Set.of(History.SECONDS, History.EXAMPLES_PER_SECOND);

    /** The last event with a word on the comparison. */
    RunEvent.Ended judge(RunEvent.Ended ended) {
        if (ended.reason() != StopReason.COMPLETED && ended.reason() != StopReason.EARLY_STOP) {
            return ended;
        }
        String difference = difference(history, ended.history());
        return new RunEvent.Ended(
                ended.reason(),
                ended.sentence() + "; it repeats " + name
                        + (difference.isEmpty() ? " and came out the same" : " and came out otherwise: " + difference),
                ended.history());
    }

    /** The first figure that differs, times apart; empty where none does. */
    static String difference(History before, History now) {
        for (int epoch = 1; epoch <= Math.max(before.epochs(), now.epochs()); epoch++) {
            if (epoch > before.epochs() || epoch > now.epochs()) {
                return "it has " + now.epochs() + " epochs, the earlier " + before.epochs();
            }
            for (String column : columns(before, now)) {
                double then = before.has(column) ? before.column(column)[epoch - 1] : Double.NaN;
                double value = now.has(column) ? now.column(column)[epoch - 1] : Double.NaN;
                if (Double.compare(then, value) != 0) {
                    return String.format(Locale.ROOT, "%s of epoch %d is %s, was %s", column, epoch, value, then);
                }
            }
        }
        return "";
    }

    private static List<String> columns(History before, History now) {
        return Stream.concat(before.columns().stream(), now.columns().stream())
                .distinct()
                .filter(column -> !TIMES.contains(column))
                .toList();
    }
}
