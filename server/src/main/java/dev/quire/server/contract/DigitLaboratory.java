package dev.quire.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.server.find.Configuration;
import dev.quire.server.find.Finder;
import dev.quire.server.find.Trained;
import dev.quire.server.http.Body;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Schema;
import dev.quire.server.http.Socket;
import dev.quire.server.infer.Images;
import dev.quire.server.infer.Inference;
import dev.quire.server.infer.Spoken;
import dev.quire.server.job.Orders;
import dev.quire.server.job.Submission;
import dev.quire.server.model.Family;
import dev.quire.server.session.Sessions;
import dev.quire.server.session.Tongue;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The digit laboratory: trains over a WebSocket, and finds the model that a drawing is to be shown to. */
public final class DigitLaboratory implements Routes {
    private static final int CLASSES = 10;
    private static final String MNIST = "mnist";

    private final Sessions sessions;
    private final Orders orders;
    private final Finder finder;
    private final Inference inference;

    /**
     * @param finder finds the model of a configuration
     */
    public DigitLaboratory(Sessions sessions, Orders orders, Finder finder, Inference inference) {
        this.sessions = sessions;
        this.orders = orders;
        this.finder = finder;
        this.inference = inference;
    }

    /**
     * What is to be trained.
     *
     * @param dataset of digits; MNIST unless said
     */
    record Wanted(
            String modelType,
            String optimizer,
            double learningRate,
            int numEpochs,
            int batchSize,
            @Nullable Integer numLayers,
            List<Integer> hiddenLayersConfig,
            @Nullable Boolean useDropout,
            @Nullable Double dropoutP,
            @Nullable String dataset) {}

    /** A drawing, and the model that it is to be shown to. */
    record Asked(Configuration params, String imageData) {}

    /** The model that was found. */
    record FoundModel(String id, String accuracy, double learningRate, int epochs, String trainingTime) {}

    /** What it says. */
    record Answer(JsonNode prediction, String confidence, FoundModel foundModel) {}

    @Override
    public String group() {
        return "contract: digit laboratory";
    }

    @Override
    public List<Route> routes() {
        return List.of(Errors.answered(
                Route.post("/predict", "Shows a drawing to the model that was trained so")
                        .takes(Schema.of(Asked.class))
                        .answers(200, Schema.of(Answer.class)),
                this::predict));
    }

    @Override
    public List<Socket> sockets() {
        return List.of(sessions.socket(
                "/ws/train", "Trains a family of networks on digits", new Tongue(this::order, DigitLaboratory::said)));
    }

    private Submission order(ObjectNode message) {
        Wanted wanted = Json.as(message, Wanted.class);
        Integer layers = wanted.numLayers();
        if (layers != null && layers != wanted.hiddenLayersConfig().size()) {
            throw Problem.bad(
                    "num_layers is " + layers + ", and hidden_layers_config has "
                            + wanted.hiddenLayersConfig().size(),
                    "make them agree, or leave num_layers out");
        }
        double dropout = Boolean.TRUE.equals(wanted.useDropout())
                ? Optional.ofNullable(wanted.dropoutP()).orElse(0.5)
                : 0;
        ObjectNode configuration = Words.specification(
                wanted.numEpochs(), wanted.batchSize(), wanted.optimizer(), wanted.learningRate(), null);
        return orders.check(new Orders.Wanted(
                null,
                Family.of(wanted.modelType()).network(wanted.hiddenLayersConfig(), dropout, CLASSES),
                Optional.ofNullable(wanted.dataset()).orElse(MNIST),
                configuration,
                null,
                null,
                null));
    }

    /** Quire's messages in the words of the laboratory. */
    private static Optional<ObjectNode> said(ObjectNode message) {
        ObjectNode out = Json.MAPPER.createObjectNode();
        JsonNode trained = message.path("trained");
        return switch (message.path("type").asText()) {
            case "step" ->
                Optional.of(out.put("type", "loss")
                        .put("step", message.path("step").asLong())
                        .put("loss", message.path("loss").asDouble()));
            case "epoch" -> log(Words.epoch(message));
            case "state" -> log("the job is " + message.path("state").asText());
            case "log" -> log(message.path("message").asText());
            case "exists" -> {
                out.put("type", "exists").put("message", message.path("message").asText());
                out.set("existing", metadata(message.path("existing")));
                yield Optional.of(out);
            }
            case "result" ->
                Optional.of(out.put("type", "result")
                        .put("accuracy", trained.path("accuracy").asDouble())
                        .put("training_time", trained.path("seconds").asDouble())
                        .put("model_path", path(trained))
                        .put("model_type", type(trained))
                        .put(
                                "optimizer",
                                Words.spelled(trained.path("optimizer").asText())));
            default ->
                Optional.of(out.put("type", message.path("type").asText())
                        .put("message", message.path("message").asText()));
        };
    }

    private static Optional<ObjectNode> log(String text) {
        return Optional.of(Json.MAPPER.createObjectNode().put("type", "log").put("message", text));
    }

    private static ObjectNode metadata(JsonNode trained) {
        ObjectNode out = Json.MAPPER.createObjectNode();
        out.put("id", trained.path("run").asText());
        out.put("filename", path(trained));
        out.put("timestamp", trained.path("started").asText());
        out.put("model_type", type(trained));
        out.put("optimizer", Words.spelled(trained.path("optimizer").asText()));
        out.put("learning_rate", trained.path("learning_rate").asDouble());
        out.put("batch_size", trained.path("batch_size").asInt());
        out.put("num_epochs", trained.path("epochs").asInt());
        out.set("hidden_layers_config", trained.path("hidden"));
        out.put("use_dropout", trained.path("dropout").asDouble() > 0);
        out.put("dropout_p", trained.path("dropout").asDouble());
        out.put("accuracy", trained.path("accuracy").asDouble());
        return out.put("training_time", trained.path("seconds").asDouble());
    }

    private static String path(JsonNode trained) {
        return "runs/" + trained.path("run").asText() + "/checkpoints/last.safetensors";
    }

    private static String type(JsonNode trained) {
        return trained.path("kind").asText().equals("cnn") ? "ConvNN" : "SimpleNN";
    }

    private void predict(Context context) {
        Asked asked = Body.as(context, Asked.class);
        Trained found = finder.best(asked.params()).orElseThrow(() -> Errors.exactly(404, "Model not trained yet."));
        Images.Sent image = Images.fromDataUrl(asked.imageData());
        context.future(() -> Errors.answered(
                context,
                inference.images(context, found.run(), List.of(image), true).thenAccept(said -> {
                    Spoken.Result best = said.results().get(0);
                    context.json(new Answer(
                            Words.label(String.valueOf(best.label())),
                            Words.percent(
                                    Optional.ofNullable(best.probability()).orElse(0f)),
                            model(found)));
                })));
    }

    private static FoundModel model(Trained found) {
        Double accuracy = found.accuracy();
        return new FoundModel(
                found.run(),
                accuracy == null ? "" : Words.percent(accuracy),
                found.learningRate(),
                found.epochs(),
                String.format(Locale.ROOT, "%.2fs", found.seconds()));
    }
}
