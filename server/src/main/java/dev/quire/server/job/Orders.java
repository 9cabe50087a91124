package dev.quire.server.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.model.json.Networks;
import dev.quire.server.dataset.Shelf;
import dev.quire.server.http.Id;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeName;
import dev.quire.server.model.Models;
import dev.quire.train.TrainingSpec;
import dev.quire.train.json.SpecJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what clients order, before it waits in the queue. */
public final class Orders {
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
     * @param overwrite whether the run takes the place of equal ones before; false unless said
     */
    public record Wanted(
            @Nullable String modelId,
            @Nullable ObjectNode network,
            @Nullable String dataset,
            @Nullable ObjectNode configuration,
            @Nullable String configurationName,
            @Nullable String name,
            @Nullable Boolean overwrite) {}

    public Orders(Shelf shelf, Models models, Configurations configurations) {
        this.shelf = shelf;
        this.models = models;
        this.configurations = configurations;
    }

    /**
     * What may wait in the queue.
     *
     * @throws Problem 400 when something does not fit, 404 when there is no such model, dataset or configuration
     */
    public Submission check(Wanted wanted) {
        Optional<String> modelId = Optional.ofNullable(wanted.modelId()).map(id -> Id.of("model", id));
        ObjectNode given = wanted.network();
        if (modelId.isPresent() == (given != null)) {
            throw Problem.bad(
                    modelId.isPresent() ? "there are both a model_id and a network" : "there is no network",
                    "give either model_id or network");
        }
        String network = given == null ? models.find(modelId.orElseThrow()).graph() : checked(given);
        if (wanted.dataset() == null) {
            throw Problem.bad("there is no dataset", "name one, such as \"digits\"; GET /v1/datasets lists them");
        }
        String dataset = shelf.entry(wanted.dataset()).name();
        Optional<String> name =
                Optional.ofNullable(wanted.name()).map(each -> SafeName.of("the name of the run", each));
        return new Submission(
                network, modelId, dataset, spec(wanted), name, Boolean.TRUE.equals(wanted.overwrite()), false);
    }

    private static String checked(ObjectNode network) {
        String text = Json.text(network);
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
}
