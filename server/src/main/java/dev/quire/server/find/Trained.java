package dev.quire.server.find;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.metric.History;
import dev.quire.run.RunFolder;
import dev.quire.run.StoredRun;
import dev.quire.server.http.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run that was trained to its end, and how.
 *
 * @param kind {@code mlp}, or {@code cnn} where a layer convolves
 * @param hidden units of the dense layers before the last, or filters of the convolutions where there are some
 * @param dropout the rate of the first dropout; 0 for none
 * @param accuracy of the validation after the last epoch, else that of training; null where neither was measured
 * @param seconds that training took
 */
public record Trained(
        String run,
        String dataset,
        String kind,
        String optimizer,
        double learningRate,
        int batchSize,
        int epochs,
        List<Integer> hidden,
        double dropout,
        @Nullable Double accuracy,
        double seconds,
        Instant started) {
    static final String MLP = "mlp";
    static final String CNN = "cnn";

    private static final String ACCURACY = "accuracy";

    /** Of a record. */
    public static Trained of(StoredRun run) throws IOException {
        RunFolder folder = run.folder();
        JsonNode model =
                Json.MAPPER.readTree(folder.path().resolve("model.json").toFile());
        JsonNode spec = Json.MAPPER.readTree(folder.path().resolve("spec.json").toFile());
        Layers layers = new Layers();
        layers.walk(model);
        History history = run.history();
        return new Trained(
                run.name(),
                run.data(),
                layers.filters.isEmpty() ? MLP : CNN,
                spec.path("optimizer").path("type").asText(),
                spec.path("optimizer").path("learningRate").asDouble(),
                spec.path("batch").asInt(),
                spec.path("epochs").asInt(),
                layers.hidden(),
                layers.dropout,
                accuracy(history),
                history.seconds(),
                run.started());
    }

    private static @Nullable Double accuracy(History history) {
        for (String column : new String[] {History.VALIDATION + ACCURACY, ACCURACY}) {
            if (!history.isEmpty() && history.has(column)) {
                return history.last(column);
            }
        }
        return null;
    }

    /** What matters of the layers of a network, wherever they are nested. */
    private static final class Layers {
        private final List<Integer> dense = new ArrayList<>();
        private final List<Integer> filters = new ArrayList<>();
        private double dropout;

        List<Integer> hidden() {
            return List.copyOf(!filters.isEmpty() || dense.isEmpty() ? filters : dense.subList(0, dense.size() - 1));
        }

        void walk(JsonNode node) {
            if (node.isObject()) {
                String type = node.path("type").asText();
                if (type.equals("dense")) {
                    dense.add(node.path("units").asInt());
                }
                if (type.toLowerCase(java.util.Locale.ROOT).contains("conv")) {
                    filters.add(node.path("filters").asInt());
                }
                if (type.equals("dropout") && dropout == 0) {
                    dropout = node.path("rate").asDouble();
                }
            }
            node.forEach(this::walk);
        }
    }
}
