package dev.quire.server.infer;

import dev.quire.inference.Estimate;
import dev.quire.inference.Model;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it is sent.
 *
 * @param model which answered
 * @param milliseconds the call of the model took
 * @param joined rows in that call, those of other requests included
 * @param classes in the order of the probabilities; empty where the model has none
 * @param results one for each row
 */
public record Spoken(Which model, double milliseconds, int joined, List<String> classes, List<Result> results) {
    private static final double ROUNDING = 1000;

    /**
     * What is said of a row.
     *
     * @param file its name, where the row is one
     * @param label the likeliest class, where there are classes
     * @param probability of that class, 0 to 1
     * @param probabilities of all classes
     * @param values the numbers of the output, where there are no classes
     */
    public record Result(
            @Nullable String file,
            @Nullable String label,
            @Nullable Float probability,
            float @Nullable [] probabilities,
            float @Nullable [] values) {}

    /** What a model said. */
    public static Spoken of(Question question, Served.Said said) {
        Model model = said.by().model();
        List<String> classes = model.classes();
        List<Result> results = new ArrayList<>();
        for (Estimate estimate : model.estimates(said.reply().outputs())) {
            String file = question.files().isEmpty() ? null : question.files().get(results.size());
            results.add(result(file, classes, estimate.values()));
        }
        return new Spoken(
                said.by().which(),
                Math.round(said.reply().milliseconds() * ROUNDING) / ROUNDING,
                said.reply().joined(),
                classes,
                results);
    }

    private static Result result(@Nullable String file, List<String> classes, float[] values) {
        if (classes.isEmpty()) {
            return new Result(file, null, null, null, values);
        }
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return new Result(file, classes.get(best), values[best], values, null);
    }
}
