package dev.quire.run;

import dev.quire.graph.Node;
import dev.quire.train.Plan;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a run is called when nobody says: {@code MODEL__LOSS__scratch}. */
final class RunName {
    private static final int LONGEST = 100;

    /** Names that Windows keeps for devices. */
    private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul", "com1", "lpt1");

    private RunName() {}

    static String of(Plan plan) {
        return model(plan) + "__" + safe(plan.loss().name()) + "__scratch";
    }

    /** The kind of network, by the most telling of its ops. */
    static String model(Plan plan) {
        List<String> ops = plan.prediction().nodes().stream()
                .map(Node::op)
                .map(op -> op.name())
                .toList();
        if (ops.stream().anyMatch(op -> op.contains("attention"))) {
            return "transformer";
        }
        if (ops.contains("lstm") || ops.contains("gru")) {
            return "rnn";
        }
        return ops.stream().anyMatch(op -> op.contains("convolution")) ? "cnn" : "mlp";
    }

    /** A name that is a file name on every system: letters, digits, dot, dash and underscore. */
    static String safe(String given) {
        String name = given.strip()
                .replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit}._-]+", "-")
                .replaceAll("^[.-]+|[.-]+$", "");
        name = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
        if (name.isEmpty() || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            return "run" + (name.isEmpty() ? "" : "-" + name);
        }
        return name;
    }
}
