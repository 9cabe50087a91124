package dev.quire.server.project;

import dev.quire.server.http.Id;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import dev.quire.server.job.Job;
import dev.quire.server.job.Jobs;
import dev.quire.server.job.Submission;
import dev.quire.server.store.Store;
import dev.quire.train.json.SpecJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The projects of the server. What they train waits in the same queue as any job. */
public final class Projects {
    private final ProjectStore store;
    private final Jobs jobs;

    /**
     * Experiments that belong together.
     *
     * @param configurations how many
     * @param runs the names of the records that were made of them
     */
    public record Group(String name, int configurations, List<String> runs) {
        public Group {
            runs = List.copyOf(runs);
        }
    }

    public Projects(Store store, Jobs jobs) {
        this.store = new ProjectStore(store);
        this.jobs = jobs;
    }

    /**
     * Begins a project.
     *
     * @throws Problem 400 when this can be no name, 409 when there is one of that name
     */
    public Project create(String name, @Nullable String description) {
        Project project = project(Id.fresh(), name, description, Instant.now());
        if (!store.add(project)) {
            throw taken(project);
        }
        return project;
    }

    /**
     * Gives a project another name and description; its configurations and runs stay.
     *
     * @throws Problem 400 when this can be no name, 404 when there is no such project, 409 when another has that name
     */
    public Project change(String id, String name, @Nullable String description) {
        Project project = project(id, name, description, find(id).created());
        if (!store.change(project)) {
            find(id);
            throw taken(project);
        }
        return project;
    }

    private static Project project(String id, String name, @Nullable String description, Instant created) {
        String title = Title.of("the name of the project", name);
        String about = description == null ? null : Title.text("the description", description);
        return new Project(id, title, about, created);
    }

    private static Problem taken(Project project) {
        return Problem.conflict(
                "there is a project '" + SafeText.shown(project.name()) + "' already",
                "choose another name; GET /v1/projects lists them");
    }

    /** The newest first. */
    public List<Project> list(int most) {
        return store.list(most);
    }

    /**
     * A project.
     *
     * @throws Problem 400 when it is no id, 404 when there is none
     */
    public Project find(String id) {
        return store.find(Id.of("project", id)).orElseThrow(() -> missing("project", id, "/v1/projects lists them"));
    }

    /** Removes a project with its configurations; jobs and records of runs stay. */
    public void delete(String id) {
        if (!store.delete(Id.of("project", id))) {
            throw missing("project", id, "/v1/projects lists them");
        }
    }

    /**
     * Adds a configuration, which has been checked as a job is.
     *
     * @param group of experiments, if any
     * @throws Problem 400 when this can be no name, 404 when there is no such project, 409 when it has one of that name
     */
    public Configuration add(String project, String name, @Nullable String group, Submission submission) {
        return add(project, name, group, submission, Optional.empty());
    }

    /**
     * Adds a configuration.
     *
     * @param sent as a client sent it in the words of a contract, to be shown to it again
     * @throws Problem as {@link #add(String, String, String, Submission)}
     */
    public Configuration add(
            String project, String name, @Nullable String group, Submission submission, Optional<String> sent) {
        find(project);
        Configuration configuration =
                configuration(Id.fresh(), project, name, group, submission, Instant.now(), sent, List.of());
        if (!store.add(configuration)) {
            find(project);
            throw taken(configuration);
        }
        return configuration;
    }

    /**
     * Puts another content in place of that of a configuration. Runs that were made of it stay as they were trained.
     *
     * @throws Problem 400 when this can be no name, 404 when there is no such configuration, 409 when another of its project
     *     has that name
     */
    public Configuration change(String id, String name, @Nullable String group, Submission submission) {
        Configuration before = configuration(id);
        Configuration after = configuration(
                id, before.project(), name, group, submission, before.created(), Optional.empty(), before.runs());
        if (!store.change(after)) {
            configuration(id);
            throw taken(after);
        }
        return after;
    }

    private static Problem taken(Configuration configuration) {
        return Problem.conflict(
                "the project has a configuration '" + SafeText.shown(configuration.name()) + "' already",
                "choose another name, or delete that one");
    }

    private static Configuration configuration(
            String id,
            String project,
            String name,
            @Nullable String group,
            Submission submission,
            Instant created,
            Optional<String> sent,
            List<String> runs) {
        return new Configuration(
                id,
                project,
                Title.of("the name of the configuration", name),
                group == null || group.isBlank() ? null : Title.of("the name of the group", group),
                submission.dataset(),
                submission.network(),
                submission.modelId().orElse(null),
                SpecJson.write(submission.spec()),
                created,
                sent.orElse(null),
                runs);
    }

    /** Those of a project, the oldest first. */
    public List<Configuration> configurations(String project) {
        return store.configurations(find(project).id());
    }

    /** The groups of a project, by name. */
    public List<Group> groups(String project) {
        TreeMap<String, List<Configuration>> byName = new TreeMap<>();
        for (Configuration each : configurations(project)) {
            if (each.group() != null) {
                byName.computeIfAbsent(each.group(), name -> new ArrayList<>()).add(each);
            }
        }
        return byName.entrySet().stream()
                .map(each -> new Group(
                        each.getKey(),
                        each.getValue().size(),
                        each.getValue().stream()
                                .flatMap(configuration -> configuration.runs().stream())
                                .toList()))
                .toList();
    }

    /**
     * A configuration.
     *
     * @throws Problem 400 when it is no id, 404 when there is none
     */
    public Configuration configuration(String id) {
        return store.configuration(Id.of("configuration", id)).orElseThrow(() -> missingConfiguration(id));
    }

    /** Removes a configuration; jobs and records of runs that were made of it stay. */
    public void deleteConfiguration(String id) {
        if (!store.deleteConfiguration(Id.of("configuration", id))) {
            throw missingConfiguration(id);
        }
    }

    /**
     * Queues a run of a configuration.
     *
     * @throws Problem 404 when there is none, 429 when the queue is full
     */
    public Job run(String id) {
        return run(id, UnaryOperator.identity());
    }

    /**
     * Queues a run of a configuration.
     *
     * @param change what is asked for besides, such as a name for the run
     * @throws Problem as {@link #run(String)}
     */
    public Job run(String id, UnaryOperator<Submission> change) {
        Configuration configuration = configuration(id);
        Submission submission = new Submission(
                configuration.network(),
                Optional.ofNullable(configuration.modelId()),
                configuration.dataset(),
                SpecJson.read(configuration.configuration()),
                Optional.empty(),
                false,
                false);
        return jobs.submit(change.apply(submission), Optional.of(configuration.id()));
    }

    /** Whether a job was made of a configuration that a client sent in the words of a contract. */
    public boolean isOfContract(String job) {
        return store.isOfContract(job);
    }

    private static Problem missingConfiguration(String id) {
        return missing("configuration", id, "/v1/projects/ID/configurations lists them");
    }

    private static Problem missing(String what, String id, String where) {
        return Problem.missing("there is no " + what + " " + id, "GET " + where + "; it may have been deleted");
    }
}
