package dev.quire.server.project;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.server.http.Body;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Schema;
import dev.quire.server.job.JobView;
import dev.quire.server.job.Orders;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Projects: their configurations in groups, and runs of them into the queue. */
public final class ProjectRoutes implements Routes {
    private static final int MOST = 1000;

    private final Projects projects;
    private final Orders orders;

    /**
     * A project that is asked for.
     *
     * @param name for people
     * @param description what it is about
     */
    record Wanted(String name, @Nullable String description) {}

    /**
     * A configuration that is asked for: what a job is, with a name of its own.
     *
     * @param name for people
     * @param group of experiments
     */
    record WantedConfiguration(
            String name,
            @Nullable String group,
            @Nullable String modelId,
            @Nullable ObjectNode network,
            @Nullable String dataset,
            @Nullable ObjectNode configuration,
            @Nullable String configurationName) {
        Orders.Wanted order() {
            return new Orders.Wanted(modelId, network, dataset, configuration, configurationName, null, null);
        }
    }

    /** A configuration as clients see it. */
    record View(
            String id,
            String project,
            String name,
            @Nullable String group,
            String dataset,
            ObjectNode network,
            @Nullable String modelId,
            ObjectNode configuration,
            Instant created,
            List<String> runs) {
        static View of(Configuration from) {
            return new View(
                    from.id(),
                    from.project(),
                    from.name(),
                    from.group(),
                    from.dataset(),
                    object(from.network()),
                    from.modelId(),
                    object(from.configuration()),
                    from.created(),
                    from.runs());
        }

        private static ObjectNode object(String text) {
            return Json.object(text);
        }
    }

    /**
     * @param orders checks what is to be trained, before it is kept
     */
    public ProjectRoutes(Projects projects, Orders orders) {
        this.projects = projects;
        this.orders = orders;
    }

    @Override
    public String group() {
        return "projects";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/v1/projects", "Begins a project")
                        .takes(Schema.of(Wanted.class))
                        .answers(201, Schema.of(Project.class))
                        .by(context -> {
                            Wanted wanted = Body.as(context, Wanted.class);
                            context.status(201).json(projects.create(wanted.name(), wanted.description()));
                        }),
                Route.get("/v1/projects", "Lists projects, the newest first")
                        .query("num", Route.Parameter.Kind.INTEGER, "at most so many, 100 unless said")
                        .answers(200, Schema.listOf(Project.class))
                        .by(context -> context.json(projects.list(Body.number(context, "num", 100, 1, MOST)))),
                Route.get("/v1/projects/{id}", "Shows a project")
                        .answers(200, Schema.of(Project.class))
                        .by(context -> context.json(projects.find(context.pathParam("id")))),
                Route.put("/v1/projects/{id}", "Gives a project another name and description")
                        .takes(Schema.of(Wanted.class))
                        .answers(200, Schema.of(Project.class))
                        .by(context -> {
                            String id = projects.find(context.pathParam("id")).id();
                            Wanted wanted = Body.as(context, Wanted.class);
                            context.json(projects.change(id, wanted.name(), wanted.description()));
                        }),
                Route.delete("/v1/projects/{id}", "Removes a project with its configurations; its jobs and runs stay")
                        .answers(204)
                        .by(context -> {
                            projects.delete(context.pathParam("id"));
                            context.status(204);
                        }),
                Route.get("/v1/projects/{id}/groups", "Lists the groups of experiments of a project")
                        .answers(200, Schema.listOf(Projects.Group.class))
                        .by(context -> context.json(projects.groups(context.pathParam("id")))),
                Route.post("/v1/projects/{id}/configurations", "Adds a configuration to a project")
                        .takes(Schema.of(WantedConfiguration.class))
                        .answers(201, Schema.of(View.class))
                        .by(this::add),
                Route.get("/v1/projects/{id}/configurations", "Lists the configurations of a project, the oldest first")
                        .query("group", Route.Parameter.Kind.STRING, "those of this group")
                        .answers(200, Schema.listOf(View.class))
                        .by(this::list),
                Route.get("/v1/projects/{id}/configurations/{configuration}", "Shows a configuration of a project")
                        .answers(200, Schema.of(View.class))
                        .by(context -> context.json(View.of(found(context)))),
                Route.put(
                                "/v1/projects/{id}/configurations/{configuration}",
                                "Puts another content in place of that of a configuration; runs made of it stay")
                        .takes(Schema.of(WantedConfiguration.class))
                        .answers(200, Schema.of(View.class))
                        .by(this::change),
                Route.delete(
                                "/v1/projects/{id}/configurations/{configuration}",
                                "Removes a configuration of a project; its jobs and runs stay")
                        .answers(204)
                        .by(context -> {
                            projects.deleteConfiguration(found(context).id());
                            context.status(204);
                        }),
                Route.post("/v1/configurations/{id}/run", "Queues a run of a configuration of a project")
                        .answers(201, Schema.of(JobView.class))
                        .by(context -> context.status(201).json(JobView.of(projects.run(context.pathParam("id"))))));
    }

    private void add(Context context) {
        String project = projects.find(context.pathParam("id")).id();
        WantedConfiguration wanted = Body.as(context, WantedConfiguration.class);
        Configuration added = projects.add(project, wanted.name(), wanted.group(), orders.check(wanted.order()));
        context.status(201).json(View.of(added));
    }

    private void change(Context context) {
        String id = found(context).id();
        WantedConfiguration wanted = Body.as(context, WantedConfiguration.class);
        context.json(View.of(projects.change(id, wanted.name(), wanted.group(), orders.check(wanted.order()))));
    }

    private void list(Context context) {
        String group = context.queryParam("group");
        context.json(projects.configurations(context.pathParam("id")).stream()
                .filter(each -> group == null || group.equals(each.group()))
                .map(View::of)
                .toList());
    }

    /** A configuration, which must be of the project that the path names. */
    private Configuration found(Context context) {
        Project project = projects.find(context.pathParam("id"));
        Configuration found = projects.configuration(context.pathParam("configuration"));
        if (!found.project().equals(project.id())) {
            throw Problem.missing(
                    "there is no configuration " + found.id() + " in project " + project.id(),
                    "GET /v1/projects/" + project.id() + "/configurations lists them");
        }
        return found;
    }
}
