package dev.quire.server.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.metric.History;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Metrics as the training platform calls them. Where each example has one class, the micro recall is the accuracy. */
public final class PlatformMetrics {
    private static final String TRAINING = "train_";
    private static final String RECALL_MICRO = "recall_micro";
    private static final String FIRST = "acc@1";
    private static final Pattern TOP = Pattern.compile("top([1-9]\\d*)");
    private static final Pattern AT = Pattern.compile("acc@([1-9]\\d*)");
    /** What a client may ask for, by Quire's name. */
    private static final Map<String, String> NAMES = names();

    private PlatformMetrics() {}

    private static Map<String, String> names() {
        Map<String, String> out = new LinkedHashMap<>();
        out.put("average_precision", "map");
        out.put("f1", "f1_macro");
        out.put("auroc", "auroc_macro");
        out.put("kappa", "cohenkappa");
        out.put("recall", "recall_macro");
        return out;
    }

    /** Quire's names of all that is measured besides loss and accuracy. */
    static List<String> measured() {
        return List.copyOf(NAMES.keySet());
    }

    /** Metrics by the platform's names. */
    static ObjectNode told(ObjectNode metrics) {
        ObjectNode out = Json.MAPPER.createObjectNode();
        metrics.properties().forEach(each -> {
            String name = name(each.getKey());
            out.set(name, each.getValue());
            if (name.endsWith(FIRST)) {
                out.set(name.substring(0, name.length() - FIRST.length()) + RECALL_MICRO, each.getValue());
            }
        });
        return out;
    }

    /** The platform's name of a column: {@code val_f1_macro} for {@code val_f1}. */
    public static String name(String column) {
        String whole = Words.ofSplit(column, History.VALIDATION);
        String split =
                whole.startsWith(TRAINING) ? TRAINING : whole.startsWith(History.VALIDATION) ? History.VALIDATION : "";
        return split + called(whole.substring(split.length()));
    }

    private static String called(String name) {
        Matcher top = TOP.matcher(name);
        return name.equals(History.ACCURACY)
                ? FIRST
                : top.matches() ? "acc@" + top.group(1) : NAMES.getOrDefault(name, name);
    }

    /**
     * Quire's column for a metric of the platform.
     *
     * @throws Problem 400 when there is none
     */
    static String column(String name) {
        String bare = name.startsWith(History.VALIDATION) ? name.substring(History.VALIDATION.length()) : name;
        return History.VALIDATION + quires(bare, name);
    }

    private static String quires(String bare, String name) {
        if (bare.equals(History.LOSS)) {
            return bare;
        }
        if (bare.equals(FIRST) || bare.equals(RECALL_MICRO)) {
            return History.ACCURACY;
        }
        Matcher at = AT.matcher(bare);
        if (at.matches()) {
            return "top" + at.group(1);
        }
        return NAMES.entrySet().stream()
                .filter(each -> each.getValue().equals(bare))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> Problem.bad(
                        "there is no metric '" + SafeText.shown(name) + "'",
                        "use val_loss, val_acc@K, val_map, val_f1_macro, val_auroc_macro, val_cohenkappa,"
                                + " val_recall_micro or val_recall_macro"));
    }
}
