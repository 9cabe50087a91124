package dev.quire.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.model.json.DescribedNetwork;
import dev.quire.model.json.Networks;
import dev.quire.server.bundle.Bundles;
import dev.quire.server.deploy.Deployments;
import dev.quire.server.http.Body;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Schema;
import dev.quire.server.http.Socket;
import dev.quire.server.infer.Inference;
import dev.quire.server.job.Job;
import dev.quire.server.job.Jobs;
import dev.quire.server.job.LiveRoutes;
import dev.quire.server.job.Orders;
import dev.quire.server.run.Records;
import dev.quire.source.PytorchSource;
import io.javalin.http.Context;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The canvas editor: networks as graphs, jobs that leave a bundle, and deployments. */
public final class CanvasEditor implements Routes {
    private static final List<String> DATA = List.of("mnist", "digits");

    private final Jobs jobs;
    private final Orders orders;
    private final Records records;
    private final Bundles bundles;
    private final Inference inference;
    private final LiveRoutes live;
    private final CanvasDeployments deployments;

    /** Something that is wrong with a graph. */
    record Fault(String node, String message) {}

    /** What was found. */
    record Validation(boolean valid, List<Fault> errors) {}

    /** A network as source. */
    record Compiled(String source, List<String> inputs, List<String> outputs, List<String> warnings) {}

    /**
     * How it is to be trained.
     *
     * @param dataset mnist unless said
     */
    record Training(
            @Nullable String dataset,
            @Nullable Integer epochs,
            @Nullable Integer batchSize,
            @Nullable Double learningRate,
            @Nullable String optimizer,
            @Nullable Long seed) {}

    /** What is to be trained. */
    record Wanted(ObjectNode graph, @Nullable Training training) {}

    /** Which job. */
    record Which(String jobId) {}

    /**
     * A job.
     *
     * @param status {@code pending}, {@code running}, {@code done}, {@code stopped} or {@code failed}
     * @param metrics of the last epoch: {@code train_*} and {@code test_*}
     */
    record Status(
            String jobId,
            String status,
            int epoch,
            ObjectNode metrics,
            @Nullable String error) {}

    /** The datasets. */
    record Datasets(List<String> datasets) {}

    public CanvasEditor(
            Jobs jobs,
            Orders orders,
            Records records,
            Bundles bundles,
            Inference inference,
            Deployments deployments,
            LiveRoutes live) {
        this.jobs = jobs;
        this.orders = orders;
        this.records = records;
        this.bundles = bundles;
        this.inference = inference;
        this.live = live;
        this.deployments = new CanvasDeployments(jobs, deployments, inference);
    }

    @Override
    public String group() {
        return "contract: canvas editor";
    }

    @Override
    public List<Route> routes() {
        List<Route> out = new ArrayList<>(List.of(
                Route.post("/api/model/validate", "Says all that is wrong with a graph")
                        .takes(Schema.object())
                        .answers(200, Schema.of(Validation.class))
                        .by(this::validate),
                Route.post("/api/model/compile", "Writes a graph as PyTorch source")
                        .takes(Schema.object())
                        .answers(200, Schema.of(Compiled.class))
                        .by(this::compile),
                Route.post("/api/model/train", "Trains a graph")
                        .takes(Schema.of(Wanted.class))
                        .answers(200, Schema.of(Status.class))
                        .by(this::train),
                Route.post("/api/model/stop", "Ends a job")
                        .takes(Schema.of(Which.class))
                        .answers(200, Schema.of(Status.class))
                        .by(context -> context.json(
                                status(jobs.stop(Body.as(context, Which.class).jobId())))),
                Route.get("/api/model/status", "Shows a job")
                        .query("job_id", Route.Parameter.Kind.STRING, "the job")
                        .answers(200, Schema.of(Status.class))
                        .by(context -> context.json(status(job(context)))),
                Route.post("/api/model/infer", "Asks the model of a job")
                        .takes(Schema.object())
                        .answers(200, Schema.of(CanvasDeployments.Predictions.class))
                        .by(this::infer),
                Route.get("/api/model/export", "A file of the bundle")
                        .query("job_id", Route.Parameter.Kind.STRING, "the job")
                        .query("format", Route.Parameter.Kind.STRING, "py or pt")
                        .answers(200, Schema.bytes("application/octet-stream"))
                        .by(this::export),
                Route.get("/api/datasets", "Lists datasets")
                        .answers(200, Schema.of(Datasets.class))
                        .by(context -> context.json(new Datasets(DATA)))));
        out.addAll(deployments.routes());
        out.add(Route.post("/api/vlm/infer", "Vision and language, which is not there yet")
                .by(CanvasEditor::missing));
        out.add(Route.get("/api/rf/<path>", "Forests, which are not there yet").by(CanvasEditor::missing));
        out.add(Route.post("/api/rf/<path>", "Forests, which are not there yet").by(CanvasEditor::missing));
        return out;
    }

    @Override
    public List<Socket> sockets() {
        return List.of(
                live.job("/ws/training/{job_id}", "job_id", "The epochs of a job", CanvasEditor::update),
                new Socket(
                        "/ws/rf/training/{job_id}",
                        "Forests, which are not there yet",
                        socket -> socket.onConnect(
                                context -> context.closeSession(4501, "501: forests are not there yet"))));
    }

    private static void missing(Context context) {
        throw new Problem(
                501, context.path() + " is not there yet", "train a network of layers: POST /api/model/train");
    }

    private static ObjectNode graph(ObjectNode body) {
        return body.get("graph") instanceof ObjectNode inner ? inner : body;
    }

    private void validate(Context context) {
        List<Fault> faults = Networks.validate(Json.text(graph(Body.object(context)))).stream()
                .map(each -> new Fault(each.node(), each.message() + ": " + each.remedy()))
                .toList();
        context.json(new Validation(faults.isEmpty(), faults));
    }

    private void compile(Context context) {
        DescribedNetwork network = Networks.read(Json.text(graph(Body.object(context))));
        context.json(new Compiled(
                PytorchSource.network(network.layer(), network.inputs()),
                network.inputs().stream().map(String::valueOf).toList(),
                network.outputs().stream().map(String::valueOf).toList(),
                network.remarks()));
    }

    private void train(Context context) {
        Wanted wanted = Body.as(context, Wanted.class);
        Training training =
                Optional.ofNullable(wanted.training()).orElse(new Training(null, null, null, null, null, null));
        ObjectNode how = Words.specification(
                training.epochs(),
                training.batchSize(),
                training.optimizer(),
                training.learningRate(),
                training.seed());
        String dataset = Optional.ofNullable(training.dataset()).orElse(DATA.get(0));
        Job job = jobs.submit(orders.check(new Orders.Wanted(null, wanted.graph(), dataset, how, null, null, null)));
        bundles.begin(job, wanted.graph(), Json.tree(training));
        context.json(status(job));
    }

    private Job job(Context context) {
        return jobs.find(Optional.ofNullable(context.queryParam("job_id"))
                .orElseThrow(() -> Problem.bad("there is no job_id", "add ?job_id=")));
    }

    private Status status(Job job) {
        String run = job.run();
        ObjectNode last = run == null ? Json.MAPPER.createObjectNode() : records.last(run);
        return new Status(
                job.id(),
                job.state().word(),
                last.path("epoch").asInt(),
                Words.metrics(last.path("metrics")),
                job.state() == Job.State.FAILED ? job.detail() : null);
    }

    private void infer(Context context) {
        ObjectNode body = Body.object(context);
        Job job = jobs.find(Words.taken(body, "job_id"));
        String run = job.run();
        if (run == null) {
            throw Problem.conflict("job " + job.id() + " is " + job.state().word(), "wait until it is done");
        }
        context.future(() -> inference
                .asked(context, run, model -> inference.questions().json(Words.rows(body), model))
                .thenAccept(said -> context.json(CanvasDeployments.predictions(said))));
    }

    private void export(Context context) throws java.io.IOException {
        Job job = job(context);
        String format = String.valueOf(context.queryParam("format"));
        if (!format.equals("py") && !format.equals("pt")) {
            throw Problem.bad("there is no such format", "ask for format=py or format=pt");
        }
        context.header("Content-Disposition", "attachment; filename=\"model." + format + "\"");
        context.contentType("application/octet-stream")
                .result(Files.newInputStream(bundles.file(job, "model." + format)));
    }

    /** Quire's messages in the words of the canvas. */
    private static Optional<String> update(String text) {
        JsonNode message = Json.parse(text);
        ObjectNode out = Json.MAPPER.createObjectNode();
        out.set("job_id", message.path("job"));
        return switch (message.path("type").asText()) {
            case "epoch" -> {
                out.put("type", "epoch_update").set("epoch", message.path("epoch"));
                out.setAll(Words.metrics(message.path("metrics")));
                yield Optional.of(Json.text(out));
            }
            case "state", "result" -> {
                out.put("type", "status").set("status", message.path("state"));
                yield Optional.of(Json.text(out));
            }
            default -> Optional.empty();
        };
    }
}
