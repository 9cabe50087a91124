package dev.quire.server.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.server.deploy.Deployment;
import dev.quire.server.deploy.DeploymentLog;
import dev.quire.server.deploy.DeploymentRoutes;
import dev.quire.server.deploy.Deployments;
import dev.quire.server.deploy.Source;
import dev.quire.server.http.Body;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Schema;
import dev.quire.server.infer.Inference;
import dev.quire.server.infer.Spoken;
import dev.quire.server.job.Job;
import dev.quire.server.job.Jobs;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The deployments of the canvas editor. */
final class CanvasDeployments {
    private final Jobs jobs;
    private final Deployments deployments;
    private final Inference inference;

    /**
     * A deployment that is asked for.
     *
     * @param name the id of the job unless given
     */
    record Wanted(String jobId, @Nullable String name) {}

    /** A deployment. */
    record Status(
            String deploymentId,
            String status,
            String run,
            @Nullable String error) {}

    /** All deployments. */
    record All(List<Status> deployments) {}

    /** The last lines of a log. */
    record Logs(String deploymentId, List<DeploymentLog.Line> logs) {}

    /** One that is no more. */
    record Deleted(String deploymentId, String status) {}

    /** What is said of a row. */
    record Prediction(
            @Nullable String label,
            @Nullable Float probability,
            @Nullable List<Float> probabilities) {}

    /** What is said of all rows. */
    record Predictions(List<String> classes, List<Prediction> predictions) {}

    CanvasDeployments(Jobs jobs, Deployments deployments, Inference inference) {
        this.jobs = jobs;
        this.deployments = deployments;
        this.inference = inference;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/deploy", "Serves the model of a job")
                        .takes(Schema.of(Wanted.class))
                        .answers(200, Schema.of(Status.class))
                        .by(this::create),
                Route.get("/api/deploy/list", "Lists deployments")
                        .answers(200, Schema.of(All.class))
                        .by(context -> context.json(new All(deployments.list().stream()
                                .map(CanvasDeployments::status)
                                .toList()))),
                Route.get("/api/deploy/status", "Shows a deployment")
                        .query("deployment_id", Route.Parameter.Kind.STRING, "the deployment")
                        .answers(200, Schema.of(Status.class))
                        .by(context -> context.json(status(deployments.find(id(context))))),
                Route.get("/api/deploy/logs", "What a deployment did lately")
                        .query("deployment_id", Route.Parameter.Kind.STRING, "the deployment")
                        .query("limit", Route.Parameter.Kind.INTEGER, "at most so many lines, 100 unless given")
                        .answers(200, Schema.of(Logs.class))
                        .by(context -> context.json(new Logs(
                                id(context),
                                deployments
                                        .find(id(context))
                                        .log()
                                        .last(Body.number(context, "limit", 100, 1, DeploymentLog.KEPT))))),
                Route.post("/api/deploy/{id}/infer", "Asks a deployment")
                        .takes(Schema.object())
                        .answers(200, Schema.of(Predictions.class))
                        .by(this::infer),
                Route.post("/api/deploy/{id}/start", "Starts a deployment")
                        .answers(200, Schema.of(Status.class))
                        .by(context -> {
                            String id = context.pathParam("id");
                            context.future(() -> deployments.start(id).thenAccept(done -> context.json(status(done))));
                        }),
                Route.delete("/api/deploy/{id}", "Forgets a deployment")
                        .answers(200, Schema.of(Deleted.class))
                        .by(context -> {
                            deployments.delete(context.pathParam("id"));
                            context.json(new Deleted(context.pathParam("id"), "deleted"));
                        }));
    }

    private static String id(Context context) {
        return Optional.ofNullable(context.queryParam("deployment_id"))
                .orElseThrow(() -> Problem.bad("there is no deployment_id", "add ?deployment_id="));
    }

    private static Status status(Deployment deployment) {
        Deployment.View view = deployment.view();
        return new Status(view.name(), view.state(), view.source(), view.detail());
    }

    private void create(Context context) {
        Wanted wanted = Body.as(context, Wanted.class);
        Job job = jobs.find(wanted.jobId());
        String run = job.run();
        if (run == null || !job.state().isFinal()) {
            throw Problem.conflict("job " + job.id() + " is " + job.state().word(), "wait until it is done");
        }
        String name = Optional.ofNullable(wanted.name()).orElse(job.id());
        context.future(() -> deployments
                .create(name, new Source(Source.Kind.RUN, run))
                .thenAccept(made -> context.json(status(made))));
    }

    private void infer(Context context) {
        ObjectNode body = Body.object(context);
        Deployment deployment = deployments.find(context.pathParam("id"));
        context.future(() -> DeploymentRoutes.ask(
                        context,
                        inference,
                        deployment,
                        model -> inference.questions().json(Words.rows(body), model))
                .thenAccept(said -> context.json(predictions(said))));
    }

    static Predictions predictions(Spoken said) {
        return new Predictions(
                said.classes(),
                said.results().stream()
                        .map(each -> new Prediction(each.label(), each.probability(), list(each.probabilities())))
                        .toList());
    }

    private static @Nullable List<Float> list(float @Nullable [] values) {
        if (values == null) {
            return null;
        }
        List<Float> out = new ArrayList<>(values.length);
        for (float each : values) {
            out.add(each);
        }
        return out;
    }
}
