package dev.quire.metric;

import dev.quire.QuireException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The metrics that are computed from all predictions at once, by the names that a user gives. */
public final class ScoreMetrics {
    private static final Pattern TOP = Pattern.compile("top([1-9]\\d*)");

    private static final Map<String, ToDoubleFunction<Classification>> CLASSIFICATION = classification();
    private static final Map<String, ToDoubleFunction<Regression>> REGRESSION = regression();

    private ScoreMetrics() {}

    private static Map<String, ToDoubleFunction<Classification>> classification() {
        Map<String, ToDoubleFunction<Classification>> out = new LinkedHashMap<>();
        out.put("precision", said -> said.confusion().precision());
        out.put("recall", said -> said.confusion().recall());
        out.put("f1", said -> said.confusion().f1());
        out.put("kappa", said -> said.confusion().kappa());
        out.put("matthews", said -> said.confusion().matthews());
        out.put("auroc", Classification::auroc);
        out.put("auroc_micro", Classification::aurocMicro);
        out.put("average_precision", Classification::averagePrecision);
        out.put("log_loss", Classification::logLoss);
        out.put("calibration_error", Classification::calibrationError);
        return out;
    }

    private static Map<String, ToDoubleFunction<Regression>> regression() {
        Map<String, ToDoubleFunction<Regression>> out = new LinkedHashMap<>();
        out.put("mse", Regression::mse);
        out.put("rmse", Regression::rmse);
        out.put("r2", Regression::r2);
        return out;
    }

    /** The names for a classifier; {@code top5} stands for any number. */
    public static List<String> classificationNames() {
        return Stream.concat(CLASSIFICATION.keySet().stream(), Stream.of("top2", "top3", "top5"))
                .toList();
    }

    /** The names for a regression. */
    public static List<String> regressionNames() {
        return List.copyOf(REGRESSION.keySet());
    }

    /** A metric of a classifier; empty where there is none of that name. */
    public static Optional<ToDoubleFunction<Classification>> ofClassification(String name) {
        Matcher top = TOP.matcher(name);
        return top.matches()
                ? Optional.of(said -> said.topK(number(top.group(1))))
                : Optional.ofNullable(CLASSIFICATION.get(name));
    }

    private static int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new QuireException("top-k accuracy: k is too large in top" + digits, e);
        }
    }

    /** A metric of a regression; empty where there is none of that name. */
    public static Optional<ToDoubleFunction<Regression>> ofRegression(String name) {
        return Optional.ofNullable(REGRESSION.get(name));
    }
}
