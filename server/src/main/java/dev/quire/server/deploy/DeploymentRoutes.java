package dev.quire.server.deploy;

import dev.quire.inference.Model;
import dev.quire.server.http.Body;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Schema;
import dev.quire.server.infer.InferRoutes;
import dev.quire.server.infer.Inference;
import dev.quire.server.infer.Question;
import dev.quire.server.infer.Spoken;
import io.javalin.http.Context;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Deployments: create, list, show, ask, start, stop, delete. */
public final class DeploymentRoutes implements Routes {
    private final Deployments deployments;
    private final Inference inference;

    /** What a version is to be made of: one of the two. */
    record Made(@Nullable String run, @Nullable String file) {
        Source source() {
            if (run != null && file == null) {
                return new Source(Source.Kind.RUN, run);
            }
            if (file != null && run == null) {
                return new Source(Source.Kind.FILE, file);
            }
            throw Problem.bad("a deployment is made of a run or of a file", "send \"run\" or \"file\"");
        }
    }

    /**
     * A deployment that is asked for.
     *
     * @param name that of the run or file unless given
     */
    record Wanted(
            @Nullable String name,
            @Nullable String run,
            @Nullable String file) {}

    /** The last lines of a log. */
    record Log(List<DeploymentLog.Line> lines) {}

    public DeploymentRoutes(Deployments deployments, Inference inference) {
        this.deployments = deployments;
        this.inference = inference;
    }

    @Override
    public String group() {
        return "deployments";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/v1/deployments", "Serves a run, or a model file below the data root, under a name")
                        .takes(Schema.of(Wanted.class))
                        .answers(201, Schema.of(Deployment.View.class))
                        .by(this::create),
                Route.get("/v1/deployments", "Lists deployments, the oldest first")
                        .answers(200, Schema.listOf(Deployment.View.class))
                        .by(context -> context.json(deployments.list().stream()
                                .map(Deployment::view)
                                .toList())),
                Route.get("/v1/deployments/{name}", "Shows a deployment")
                        .answers(200, Schema.of(Deployment.View.class))
                        .by(context -> context.json(of(context).view())),
                Route.post(
                                "/v1/deployments/{name}/versions",
                                "Lets a new version take over; no request fails meanwhile")
                        .takes(Schema.of(Made.class))
                        .answers(201, Schema.of(Deployment.View.class))
                        .by(this::update),
                Route.get("/v1/deployments/{name}/logs", "The last lines of its log")
                        .query("limit", Route.Parameter.Kind.INTEGER, "at most so many lines; 100 unless given")
                        .answers(200, Schema.of(Log.class))
                        .by(context -> context.json(new Log(
                                of(context).log().last(Body.number(context, "limit", 100, 1, DeploymentLog.KEPT))))),
                InferRoutes.asking(Route.post("/v1/deployments/{name}/infer", "Asks a deployment, as a run is asked"))
                        .by(this::ask),
                Route.post("/v1/deployments/{name}/start", "Starts a deployment")
                        .answers(200, Schema.of(Deployment.View.class))
                        .by(context -> {
                            String name = context.pathParam("name");
                            context.future(() -> deployments.start(name).thenAccept(done -> context.json(done.view())));
                        }),
                Route.post("/v1/deployments/{name}/stop", "Stops a deployment; what it was asked is answered")
                        .answers(200, Schema.of(Deployment.View.class))
                        .by(context -> context.json(
                                deployments.stop(context.pathParam("name")).view())),
                Route.delete("/v1/deployments/{name}", "Stops and forgets a deployment; its run is kept")
                        .answers(204)
                        .by(context -> {
                            deployments.delete(context.pathParam("name"));
                            context.status(204);
                        }));
    }

    private Deployment of(Context context) {
        return deployments.find(context.pathParam("name"));
    }

    private void create(Context context) {
        Wanted wanted = Body.as(context, Wanted.class);
        Source source = new Made(wanted.run(), wanted.file()).source();
        String name = wanted.name() != null ? wanted.name() : source.name().replaceAll("\\.[a-z]+$", "");
        context.future(() -> deployments
                .create(name, source)
                .thenAccept(made -> context.status(201).json(made.view())));
    }

    private void update(Context context) {
        Source source = Body.as(context, Made.class).source();
        context.future(() -> deployments
                .update(context.pathParam("name"), source)
                .thenAccept(made -> context.status(201).json(made.view())));
    }

    /**
     * Asks a deployment, and notes it.
     *
     * @param read makes the question for its model
     */
    public static CompletableFuture<Spoken> ask(
            Context context, Inference inference, Deployment deployment, Function<Model, Question> read) {
        return inference
                .ask(context, deployment.served(), read, deployment::notRunning)
                .whenComplete((answered, failure) -> {
                    if (failure != null) {
                        deployment.failed(String.valueOf(failure.getMessage()));
                    } else {
                        deployment.answered(answered.said(), answered.question().rows());
                    }
                })
                .thenApply(Inference.Answered::spoken);
    }

    private void ask(Context context) {
        Deployment deployment = of(context);
        Inference.respond(
                context,
                ask(
                        context,
                        inference,
                        deployment,
                        model -> inference.questions().read(context, model)),
                said -> Inference.write(context, said));
    }
}
