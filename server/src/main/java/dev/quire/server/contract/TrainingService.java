package dev.quire.server.contract;

import dev.quire.server.bundle.Bundles;
import dev.quire.server.dataset.Shelf;
import dev.quire.server.http.Body;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.SafeName;
import dev.quire.server.http.SafeText;
import dev.quire.server.http.Schema;
import dev.quire.server.job.Configurations;
import dev.quire.server.job.Job;
import dev.quire.server.job.Jobs;
import dev.quire.server.job.Orders;
import dev.quire.server.job.Submission;
import dev.quire.server.model.Models;
import dev.quire.server.run.Records;
import io.javalin.http.Context;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The training service: one training at a time, of a kept model, with a configuration of the server, on a folder with
 * {@code train/} and {@code test/}.
 *
 * <p>Where it differs from what its clients know: paths of data are names, of which only the folder above {@code train/}
 * counts, as nothing from a client reaches the file system; a run that crashed is {@code completed}, as it measures
 * nothing more; paths that it tells begin in the folder of the server, of the runs or of the data.
 */
public final class TrainingService implements Routes {
    private static final String NOT_RUNNING = "not_running";

    private final Jobs jobs;
    private final Orders orders;
    private final Models models;
    private final Configurations configurations;
    private final Shelf shelf;
    private final TrainingRuns measured;
    private final Bundles bundles;

    /** How something stands. */
    record Status(String status) {}

    /**
     * What is to be trained.
     *
     * @param configName of a file among the configurations of the server
     * @param modelName of a model that was kept; the newest of that name is taken
     * @param trainDataDir such as {@code data/pets/train}
     */
    record Wanted(
            String configName,
            String modelName,
            String trainDataDir,
            @Nullable String testDataDir,
            @Nullable String valDataDir) {}

    record Configs(List<String> availableConfigs) {}

    record TrainedModels(List<String> modelPaths) {}

    /**
     * A dataset.
     *
     * @param valPath empty where it has no {@code val/}
     */
    record Data(String datasetName, String trainPath, String testPath, String valPath, String datasetBasePath) {}

    record Datasets(List<Data> datasets) {}

    public TrainingService(
            Jobs jobs,
            Orders orders,
            Models models,
            Configurations configurations,
            Shelf shelf,
            Records records,
            Bundles bundles) {
        this.jobs = jobs;
        this.orders = orders;
        this.models = models;
        this.configurations = configurations;
        this.shelf = shelf;
        this.measured = new TrainingRuns(records);
        this.bundles = bundles;
    }

    @Override
    public String group() {
        return "contract: training service";
    }

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(training());
        routes.addAll(measured.routes());
        return routes;
    }

    private List<Route> training() {
        return List.of(
                Route.get("/ping", "Whether the service is there")
                        .answers(200, Schema.of(Status.class))
                        .by(context -> context.json(new Status("ok"))),
                Errors.answered(
                        Route.post("/training/start", "Begins to train")
                                .takes(Schema.of(Wanted.class))
                                .answers(200, Schema.of(Status.class)),
                        this::start),
                Errors.answered(
                        Route.post("/training/stop", "Ends the training under way")
                                .answers(200, Schema.of(Status.class)),
                        context -> {
                            Job job = current().orElseThrow(() -> Errors.exactly(409, "No training is running"));
                            jobs.stop(job.id());
                            context.json(new Status(Job.State.STOPPED.word()));
                        }),
                Route.get("/training/status", "running, stopped, not_running or error: and what is wrong")
                        .answers(200, Schema.of(Status.class))
                        .by(context -> context.json(new Status(status()))),
                Route.get("/training/configs", "Lists configurations")
                        .answers(200, Schema.of(Configs.class))
                        .by(context -> context.json(new Configs(configurations.names()))),
                Route.get("/training/trained_models", "Lists what was exported as ONNX")
                        .answers(200, Schema.of(TrainedModels.class))
                        .by(context -> context.json(new TrainedModels(bundles.files(".onnx").stream()
                                .map(each -> "bundles/" + each)
                                .toList()))),
                Route.get("/training/datasets", "Lists folders with train/ and test/")
                        .answers(200, Schema.of(Datasets.class))
                        .by(context -> context.json(new Datasets(shelf.entries().stream()
                                .filter(each -> each.origin() == Shelf.Origin.FOLDER)
                                .map(TrainingService::data)
                                .toList()))));
    }

    private void start(Context context) {
        Wanted wanted = Body.as(context, Wanted.class);
        String dataset = dataset(wanted);
        String model = models.newest(wanted.modelName())
                .orElseThrow(() -> Problem.missing(
                        "there is no model '" + SafeText.shown(wanted.modelName()) + "'",
                        "keep one of that name first: POST /v1/models"))
                .id();
        Submission order = orders.check(new Orders.Wanted(model, null, dataset, null, wanted.configName(), null, null));
        Job job = alone(order);
        bundles.begin(job, Json.object(job.network()), Json.object(job.configuration()));
        context.json(new Status("started"));
    }

    /** Of two clients that begin at once, one does. */
    private synchronized Job alone(Submission order) {
        if (current().isPresent()) {
            throw Errors.exactly(409, "Training is already running");
        }
        return jobs.submit(order);
    }

    /** The folder above {@code train/}, where the other folders lie as well. */
    private static String dataset(Wanted wanted) {
        String dataset = above("train_data_dir", wanted.trainDataDir());
        Map<String, @Nullable String> others = new LinkedHashMap<>();
        others.put("test_data_dir", wanted.testDataDir());
        others.put("val_data_dir", wanted.valDataDir());
        others.forEach((field, given) -> {
            if (given != null && !given.isBlank() && !above(field, given).equals(dataset)) {
                throw Problem.bad(
                        field + " is '" + SafeText.shown(given) + "', which is not in the folder of train_data_dir",
                        "send paths as GET /training/datasets gives them");
            }
        });
        return dataset;
    }

    private static String above(String field, String given) {
        String[] parts = Words.path(given);
        if (parts.length < 2) {
            throw Problem.bad(
                    field + " is '" + SafeText.shown(given) + "', which names no dataset",
                    "send a path such as pets/train, as GET /training/datasets gives it");
        }
        return SafeName.of("the folder above " + field, parts[parts.length - 2]);
    }

    /** What trains or waits: the one that runs before those that wait. */
    private Optional<Job> current() {
        return jobs.list(1, Optional.of(Job.State.RUNNING)).stream()
                .findFirst()
                .or(() -> jobs.list(1, Optional.of(Job.State.PENDING)).stream().findFirst());
    }

    private String status() {
        if (current().isPresent()) {
            return Job.State.RUNNING.word();
        }
        return jobs.list(1, Optional.empty()).stream()
                .findFirst()
                .map(last -> switch (last.state()) {
                    case STOPPED -> last.state().word();
                    case FAILED -> "error: " + last.detail();
                    case PENDING, RUNNING -> Job.State.RUNNING.word();
                    case DONE -> NOT_RUNNING;
                })
                .orElse(NOT_RUNNING);
    }

    private static Data data(Shelf.Entry entry) {
        Path place = entry.place();
        boolean hasValidation = place != null && Files.isDirectory(place.resolve("val"));
        String name = entry.name();
        return new Data(name, name + "/train", name + "/test", hasValidation ? name + "/val" : "", name);
    }
}
