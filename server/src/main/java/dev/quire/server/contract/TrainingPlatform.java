package dev.quire.server.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.server.agent.Agents;
import dev.quire.server.agent.Gpu;
import dev.quire.server.http.Body;
import dev.quire.server.http.Json;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Schema;
import dev.quire.server.http.Socket;
import dev.quire.server.job.Job;
import dev.quire.server.job.LiveRoutes;
import dev.quire.server.job.Orders;
import dev.quire.server.job.Submission;
import dev.quire.server.project.Configuration;
import dev.quire.server.project.Project;
import dev.quire.server.project.Projects;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The training platform: projects, configurations whose runs are queued, and the machines that train.
 *
 * <p>Where it differs from what its clients know: ids are texts; a run has the id of its job, as its record has a name
 * only once it begins; files are in the folder of the server, in {@code runs/DATASET/RUN} and {@code
 * checkpoints/DATASET/RUN}, from the end of a run on, and its models are TorchScript.
 */
public final class TrainingPlatform implements Routes {
    private static final int MOST = 1000;
    private static final Schema CONFIGURATION = Schema.of(View.class).with(Schema.of(PlatformFields.class));

    private final Projects projects;
    private final Orders orders;
    private final Agents agents;
    private final LiveRoutes live;
    private final PlatformConfigurations configurations;

    /** A project that is asked for. */
    record WantedProject(String name, @Nullable String description) {}

    /** A project. */
    record ProjectView(String id, String name, @Nullable String description, Instant createdAt) {
        static ProjectView of(Project from) {
            return new ProjectView(from.id(), from.name(), from.description(), from.created());
        }
    }

    /**
     * A configuration that is asked for, besides its fields.
     *
     * @param name the usual name of its runs unless given
     */
    record Wanted(String projectId, @Nullable String name) {}

    /** A configuration, besides its fields. */
    record View(String id, String projectId, String name, Instant createdAt) {}

    /**
     * A run that waits.
     *
     * @param runId that of the job
     * @param status {@code pending} or {@code running}
     */
    record Queued(String runId, String jobId, String configId, String projectId, String runName, String status) {}

    public TrainingPlatform(
            Projects projects, Orders orders, Agents agents, LiveRoutes live, PlatformConfigurations configurations) {
        this.projects = projects;
        this.orders = orders;
        this.agents = agents;
        this.live = live;
        this.configurations = configurations;
    }

    @Override
    public String group() {
        return "contract: training platform";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/projects", "Lists projects, the newest first")
                        .answers(200, Schema.listOf(ProjectView.class))
                        .by(context -> context.json(projects.list(MOST).stream()
                                .map(ProjectView::of)
                                .toList())),
                Route.post("/api/v1/projects", "Begins a project")
                        .takes(Schema.of(WantedProject.class))
                        .answers(200, Schema.of(ProjectView.class))
                        .by(context -> {
                            WantedProject wanted = Body.as(context, WantedProject.class);
                            context.json(ProjectView.of(projects.create(wanted.name(), wanted.description())));
                        }),
                Route.get("/api/v1/configs/project/{project_id}", "Lists the configurations of a project")
                        .answers(200, CONFIGURATION.list())
                        .by(context -> context.json(projects.configurations(context.pathParam("project_id")).stream()
                                .map(TrainingPlatform::view)
                                .toList())),
                Route.post("/api/v1/configs", "Adds a configuration to a project")
                        .takes(Schema.of(Wanted.class).with(Schema.of(PlatformFields.class)))
                        .answers(200, CONFIGURATION)
                        .by(this::add),
                Route.post("/api/v1/runs/from-config/{config_id}", "Queues a run of a configuration")
                        .answers(200, Schema.of(Queued.class))
                        .by(context -> context.json(queued(context.pathParam("config_id")))),
                Route.get("/api/v1/agents", "Lists the machines that train")
                        .answers(200, Schema.listOf(Agents.Agent.class))
                        .by(context -> context.json(agents.list())),
                Route.get("/api/v1/agents/{agent_id}/gpus", "Lists the GPUs of a machine")
                        .answers(200, Schema.listOf(Gpu.class))
                        .by(context -> context.json(
                                agents.find(context.pathParam("agent_id")).gpus())));
    }

    @Override
    public List<Socket> sockets() {
        return List.of(live.all(
                "/api/v1/ws", "What all jobs tell from now on, metrics as the platform calls them", text -> {
                    ObjectNode message = Json.object(text);
                    message.set("run_id", message.path("job"));
                    if (message.get("metrics") instanceof ObjectNode metrics) {
                        message.set("metrics", PlatformMetrics.told(metrics));
                    }
                    return Optional.of(Json.text(message));
                }));
    }

    private void add(Context context) {
        ObjectNode body = Body.object(context);
        String project = projects.find(Words.taken(body, "project_id")).id();
        Optional<String> name = body.hasNonNull("name") ? Optional.of(Words.taken(body, "name")) : Optional.empty();
        PlatformFields fields = Json.as(body.without("name"), PlatformFields.class);
        Configuration added = projects.add(
                project,
                name.orElseGet(fields::run),
                null,
                orders.check(configurations.order(fields)),
                Optional.of(Json.text(fields)));
        context.json(view(added));
    }

    private static ObjectNode view(Configuration from) {
        ObjectNode out = (ObjectNode) Json.tree(new View(from.id(), from.project(), from.name(), from.created()));
        return out.setAll((ObjectNode) Json.tree(fields(from)));
    }

    private static PlatformFields fields(Configuration from) {
        String sent = from.sent();
        return sent == null ? PlatformFields.of(from) : Json.as(Json.object(sent), PlatformFields.class);
    }

    private Queued queued(String id) {
        Configuration configuration = projects.configuration(id);
        PlatformFields fields = fields(configuration);
        String run = fields.run();
        Job job = projects.run(id, submission -> {
            Submission named = submission.named(run);
            return Boolean.TRUE.equals(fields.savePerEpochCheckpoint()) ? named.keepingEpochs() : named;
        });
        return new Queued(
                job.id(),
                job.id(),
                configuration.id(),
                configuration.project(),
                run,
                job.state().word());
    }
}
