package dev.quire.train;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.metric.History;
import dev.quire.metric.Metric;
import java.util.ArrayList;
import java.util.List;

/** The columns that an option may name. */
final class Monitored {
    private Monitored() {}

    /** Refuses a metric that a run will not measure, and names those it will. */
    static void check(String option, String metric, Dataset data, List<Metric> metrics) {
        List<String> measured = new ArrayList<>(List.of(History.LOSS));
        metrics.forEach(each -> measured.add(each.name()));
        boolean validated = data.validationSplit().isPresent();
        if (validated) {
            List.copyOf(measured).forEach(name -> measured.add(History.VALIDATION + name));
        }
        if (!measured.contains(metric)) {
            throw new QuireException(option + ": this run does not measure " + metric + ", it measures "
                    + String.join(", ", measured)
                    + (metric.startsWith(History.VALIDATION) && !validated
                            ? ": make a validation split with data.validation(0.1), or name one of these"
                            : ": name one of these"));
        }
    }
}
