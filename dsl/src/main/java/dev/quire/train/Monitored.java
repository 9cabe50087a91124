package dev.quire.train;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.metric.History;
import dev.quire.metric.Metric;
import dev.quire.metric.ScoreMetrics;
import java.util.ArrayList;
import java.util.List;

/** The columns that an option may name. */
final class Monitored {
    private Monitored() {}

    /** All columns of metrics that a run will have. */
    static List<String> columns(Dataset data, List<Metric> metrics, Examined examined) {
        List<String> measured = new ArrayList<>(List.of(History.LOSS));
        metrics.forEach(each -> measured.add(each.name()));
        if (data.validationSplit().isPresent()) {
            List.copyOf(measured).forEach(name -> measured.add(History.VALIDATION + name));
            examined.names().forEach(name -> measured.add(History.VALIDATION + name));
        }
        return measured;
    }

    /**
     * Refuses a metric that a run will not measure, and names those it will.
     *
     * @param said what the user wrote
     * @param column the column that is meant
     */
    static void check(String option, String said, String column, List<String> measured, Dataset data) {
        if (!measured.contains(column) && !measured.contains(said)) {
            throw new QuireException(option + ": this run does not measure " + said + ", it measures "
                    + String.join(", ", measured)
                    + (said.startsWith(History.VALIDATION)
                                    && data.validationSplit().isEmpty()
                            ? ": make a validation split with data.validation(0.1), or name one of these"
                            : ": name one of these"
                                    + (isOffered(said, data) ? ", or add metrics(\"" + bare(said) + "\")" : "")));
        }
    }

    private static boolean isOffered(String said, Dataset data) {
        return data.target().type().isFloating()
                ? ScoreMetrics.ofRegression(bare(said)).isPresent()
                : ScoreMetrics.ofClassification(bare(said)).isPresent();
    }

    private static String bare(String said) {
        return said.startsWith(History.VALIDATION) ? said.substring(History.VALIDATION.length()) : said;
    }
}
