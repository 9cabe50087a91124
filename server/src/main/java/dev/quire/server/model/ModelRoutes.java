package dev.quire.server.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.graph.TensorType;
import dev.quire.model.json.DescribedNetwork;
import dev.quire.model.json.Networks;
import dev.quire.server.dataset.Shelf;
import dev.quire.server.http.Body;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.SafeText;
import dev.quire.server.http.Schema;
import dev.quire.source.JavaSource;
import dev.quire.source.PytorchSource;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Models: create from a JSON graph, list, show, validate, delete. */
public final class ModelRoutes implements Routes {
    private static final int MOST = 1000;

    private final Models models;
    private final Shelf shelf;

    /**
     * A model as clients see it.
     *
     * @param graph as it was sent
     */
    record View(String id, String name, Instant created, ObjectNode graph) {
        static View of(Models.Model model) {
            ObjectNode graph = Json.object(model.graph());
            return new View(model.id(), model.name(), model.created(), graph);
        }
    }

    /**
     * A model that was made.
     *
     * @param inputs of one example, as {@code float32 28x28}; empty where the graph does not say
     * @param remarks what was read otherwise than it was written
     */
    record Created(
            String id, String name, Instant created, List<String> inputs, List<String> outputs, List<String> remarks) {}

    /**
     * A model as source.
     *
     * @param target {@code py} or {@code java}
     */
    record Source(String target, String source) {}

    /** Something that is wrong with a graph. */
    record Fault(String kind, String node, String message, String remedy) {}

    /**
     * What was found.
     *
     * @param valid whether it can be built
     * @param problems all of them
     */
    record Validation(boolean valid, List<Fault> problems) {}

    /**
     * @param shelf the datasets that a graph can be checked against
     */
    public ModelRoutes(Models models, Shelf shelf) {
        this.models = models;
        this.shelf = shelf;
    }

    @Override
    public String group() {
        return "models";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/v1/models", "Creates a model from a JSON graph")
                        .takes(Schema.object())
                        .answers(201, Schema.of(Created.class))
                        .by(this::create),
                Route.get("/v1/models", "Lists models, the newest first")
                        .query("num", Route.Parameter.Kind.INTEGER, "at most so many, 100 unless said")
                        .answers(200, Schema.listOf(View.class))
                        .by(context -> context.json(models.list(Body.number(context, "num", 100, 1, MOST)).stream()
                                .map(View::of)
                                .toList())),
                Route.post("/v1/models/validate", "Says all that is wrong with a JSON graph")
                        .query("dataset", Route.Parameter.Kind.STRING, "what it is to be trained on")
                        .takes(Schema.object())
                        .answers(200, Schema.of(Validation.class))
                        .by(this::validate),
                Route.get("/v1/models/{id}", "Shows a model")
                        .answers(200, Schema.of(View.class))
                        .by(context -> context.json(View.of(models.find(context.pathParam("id"))))),
                Route.post("/v1/models/{id}/compile", "Writes a model as source of PyTorch or of Java")
                        .query("target", Route.Parameter.Kind.STRING, "py or java; py unless said")
                        .answers(200, Schema.of(Source.class))
                        .by(this::compile),
                Route.delete("/v1/models/{id}", "Removes a model; jobs made of it keep their network")
                        .answers(204)
                        .by(context -> {
                            models.delete(context.pathParam("id"));
                            context.status(204);
                        }));
    }

    private void create(Context context) {
        Models.Model model = models.create(Body.object(context));
        DescribedNetwork network = Networks.read(model.graph());
        Created created = new Created(
                model.id(),
                model.name(),
                model.created(),
                network.inputs().stream().map(TensorType::toString).toList(),
                network.outputs().stream().map(TensorType::toString).toList(),
                network.remarks());
        context.status(201).json(created);
    }

    private void compile(Context context) {
        DescribedNetwork network =
                Networks.read(models.find(context.pathParam("id")).graph());
        String target = Optional.ofNullable(context.queryParam("target")).orElse("py");
        String source = switch (target) {
            case "py" -> PytorchSource.network(network.layer(), network.inputs());
            case "java" -> JavaSource.network(network.layer());
            default ->
                throw Problem.bad(
                        "there is no target '" + SafeText.shown(target) + "'", "ask for ?target=py or ?target=java");
        };
        context.json(new Source(target, source));
    }

    private void validate(Context context) {
        String text = Json.text(Body.object(context));
        Optional<String> dataset = Optional.ofNullable(context.queryParam("dataset"));
        List<Fault> faults = dataset
                .map(name -> Networks.validate(text, shelf.load(name, dev.quire.data.Progress.silent())))
                .orElseGet(() -> Networks.validate(text))
                .stream()
                .map(each -> new Fault(each.kind().word(), each.node(), each.message(), each.remedy()))
                .toList();
        context.json(new Validation(faults.isEmpty(), faults));
    }
}
