package dev.quire.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.server.http.Body;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Schema;
import dev.quire.server.infer.Form;
import dev.quire.server.infer.Images;
import dev.quire.server.infer.Inference;
import dev.quire.server.job.Job;
import dev.quire.server.job.Jobs;
import dev.quire.server.job.Orders;
import dev.quire.server.model.Models;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The model store: models as lists of layers, jobs that train them, and images that they classify. */
public final class ModelStore implements Routes {
    private static final int MOST = 1000;
    private static final int MOST_FILES = 1000;

    private final Models models;
    private final Jobs jobs;
    private final Orders orders;
    private final Inference inference;

    /** A model that was made. */
    record Created(String id, ObjectNode model, boolean isTrained) {}

    /** How it is to be trained. */
    record Parameters(
            @Nullable Double learningRate, @Nullable Integer numEpochs) {}

    /** What is to be trained. */
    record Wanted(
            String modelId, String datasetName, @Nullable Parameters parameters) {}

    /**
     * A job.
     *
     * @param jobStatus {@code pending}, {@code running} or {@code done}
     */
    record View(
            String id,
            @Nullable String modelId,
            String datasetName,
            String jobStatus,
            Instant startTime,
            Parameters parameters) {}

    /** Which model the files are for. */
    record Data(String modId) {}

    /** What is said of a file. */
    record Result(
            @Nullable String fileName,
            JsonNode classification,
            @Nullable Float probability) {}

    /** What is said of all files. */
    record Results(String modId, List<Result> results) {}

    public ModelStore(Models models, Jobs jobs, Orders orders, Inference inference) {
        this.models = models;
        this.jobs = jobs;
        this.orders = orders;
        this.inference = inference;
    }

    @Override
    public String group() {
        return "contract: model store";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/models/", "Keeps a model")
                        .takes(Schema.object())
                        .answers(200, Schema.of(Created.class))
                        .by(context -> {
                            Models.Model made = models.create(Body.object(context));
                            context.json(new Created(made.id(), Json.object(made.graph()), false));
                        }),
                Route.post("/jobs/", "Trains a model")
                        .takes(Schema.of(Wanted.class))
                        .answers(200, Schema.of(View.class))
                        .by(this::train),
                Route.get("/jobs/", "Lists jobs, the newest first")
                        .query("num", Route.Parameter.Kind.INTEGER, "at most so many, 5 unless said")
                        .answers(200, Schema.listOf(View.class))
                        .by(context -> context.json(
                                jobs.list(Body.number(context, "num", 5, 1, MOST), Optional.empty()).stream()
                                        .map(ModelStore::view)
                                        .toList())),
                Route.post("/inference/", "Classifies images")
                        .takes(Schema.form(Map.of("data", false, "files", true)))
                        .answers(200, Schema.of(Results.class))
                        .by(this::classify));
    }

    private void train(Context context) {
        Wanted wanted = Body.as(context, Wanted.class);
        Parameters parameters = Optional.ofNullable(wanted.parameters()).orElse(new Parameters(null, null));
        ObjectNode configuration =
                Words.specification(parameters.numEpochs(), null, null, parameters.learningRate(), null);
        context.json(view(jobs.submit(orders.check(
                new Orders.Wanted(wanted.modelId(), null, wanted.datasetName(), configuration, null, null, null)))));
    }

    private static View view(Job job) {
        ObjectNode configuration = Json.object(job.configuration());
        String status = job.state().isFinal() ? "done" : job.state().word();
        Instant started = job.started();
        return new View(
                job.id(),
                job.modelId(),
                job.dataset(),
                status,
                started == null ? job.created() : started,
                new Parameters(
                        configuration.path("optimizer").path("learningRate").asDouble(),
                        configuration.path("epochs").asInt()));
    }

    private void classify(Context context) {
        List<Form.Part> parts = Form.parts(context, MOST_FILES);
        Data data = parts.stream()
                .filter(part -> part.field().equals("data"))
                .findFirst()
                .map(part -> Json.as(Json.parse(part.content()), Data.class))
                .orElseThrow(() -> Problem.bad("the form has no field data", "send data={\"mod_id\": ...}"));
        List<Images.Sent> files = parts.stream()
                .filter(Form.Part::isFile)
                .map(part -> new Images.Sent(part.file(), part.content()))
                .toList();
        String run = jobs.trained(models.find(data.modId()).id())
                .orElseThrow(() -> Problem.conflict(
                        "model " + data.modId() + " is not trained", "POST /jobs/ trains it; wait until it is done"));
        context.future(() -> inference
                .images(context, run, files, false)
                .thenAccept(said -> context.json(new Results(
                        data.modId(),
                        said.results().stream()
                                .map(each -> new Result(
                                        each.file(), Words.label(String.valueOf(each.label())), each.probability()))
                                .toList()))));
    }
}
