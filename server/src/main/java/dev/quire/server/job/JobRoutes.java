package dev.quire.server.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.model.json.Networks;
import dev.quire.server.dataset.Shelf;
import dev.quire.server.http.Body;
import dev.quire.server.http.Id;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.SafeName;
import dev.quire.server.http.SafeText;
import dev.quire.server.http.Schema;
import dev.quire.server.model.Models;
import dev.quire.train.TrainingSpec;
import dev.quire.train.json.SpecJson;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs: submit, list, show, stop, delete. */
public final class JobRoutes implements Routes {
    private static final int MOST = 1000;

    private final Jobs jobs;
    private final Shelf shelf;
    private final Models models;
    private final Configurations configurations;

    /**
     * What a client sends to have something trained: a model or a network, data, and how. A configuration is given as
     * JSON, or by the name of one that the server knows; what it leaves out is as usual.
     *
     * @param modelId a model of the server
     * @param network in place of a model, as JSON
     * @param dataset by name
     * @param configuration as JSON
     * @param configurationName the name of a YAML file among the configurations of the server
     * @param name of the run
     */
    record Wanted(
            @Nullable String modelId,
            @Nullable ObjectNode network,
            @Nullable String dataset,
            @Nullable ObjectNode configuration,
            @Nullable String configurationName,
            @Nullable String name) {}

    public JobRoutes(Jobs jobs, Shelf shelf, Models models, Configurations configurations) {
        this.jobs = jobs;
        this.shelf = shelf;
        this.models = models;
        this.configurations = configurations;
    }

    @Override
    public String group() {
        return "jobs";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/v1/jobs", "Puts a job into the queue")
                        .takes(Schema.of(Wanted.class))
                        .answers(201, Schema.of(JobView.class))
                        .by(this::submit),
                Route.get("/v1/jobs", "Lists jobs, the newest first")
                        .query("num", Route.Parameter.Kind.INTEGER, "at most so many, 100 unless said")
                        .query("state", Route.Parameter.Kind.STRING, "those in this state")
                        .answers(200, Schema.listOf(JobView.class))
                        .by(this::list),
                Route.get("/v1/jobs/{id}", "Shows a job")
                        .answers(200, Schema.of(JobView.class))
                        .by(context -> context.json(JobView.of(jobs.find(context.pathParam("id"))))),
                Route.post("/v1/jobs/{id}/stop", "Ends a job after the steps under way, and keeps what was learned")
                        .answers(202, Schema.of(JobView.class))
                        .by(context -> context.status(202).json(JobView.of(jobs.stop(context.pathParam("id"))))),
                Route.delete("/v1/jobs/{id}", "Removes a job that has ended; the record of its run stays")
                        .answers(204)
                        .by(context -> {
                            jobs.delete(context.pathParam("id"));
                            context.status(204);
                        }));
    }

    private void submit(Context context) {
        Wanted wanted = Body.as(context, Wanted.class);
        Optional<String> modelId = Optional.ofNullable(wanted.modelId()).map(id -> Id.of("model", id));
        if (modelId.isPresent() == (wanted.network() != null)) {
            throw Problem.bad(
                    modelId.isPresent() ? "there are both a model_id and a network" : "there is no network",
                    "give either model_id or network");
        }
        String network = modelId.map(id -> models.find(id).graph()).orElseGet(() -> checked(wanted.network()));
        if (wanted.dataset() == null) {
            throw Problem.bad("there is no dataset", "name one, such as \"digits\"; GET /v1/datasets lists them");
        }
        String dataset = shelf.entry(wanted.dataset()).name();
        Optional<String> name =
                Optional.ofNullable(wanted.name()).map(given -> SafeName.of("the name of the run", given));
        Job job = jobs.submit(new Submission(network, modelId, dataset, spec(wanted), name));
        context.status(201).json(JobView.of(job));
    }

    private static String checked(@Nullable ObjectNode network) {
        String text = Json.text(Objects.requireNonNull(network));
        Networks.read(text);
        return text;
    }

    private TrainingSpec spec(Wanted wanted) {
        String known = wanted.configurationName();
        ObjectNode given = wanted.configuration();
        if (known != null && given != null) {
            throw Problem.bad("there are both a configuration and a configuration_name", "give one of them");
        }
        if (known != null) {
            return configurations.read(known);
        }
        return given == null ? TrainingSpec.DEFAULT : SpecJson.read(Json.text(given));
    }

    private void list(Context context) {
        int most = Body.number(context, "num", 100, 1, MOST);
        Optional<Job.State> state =
                Optional.ofNullable(context.queryParam("state")).map(JobRoutes::state);
        context.json(jobs.list(most, state).stream().map(JobView::of).toList());
    }

    private static Job.State state(String word) {
        return Arrays.stream(Job.State.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.bad(
                        "there is no state '" + SafeText.shown(word) + "'",
                        "use pending, running, done, stopped or failed"));
    }
}
