package dev.quire.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.data.Progress;
import dev.quire.metric.Goal;
import dev.quire.server.dataset.Shelf;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.SafeText;
import dev.quire.server.job.Orders;
import dev.quire.server.model.Flavours;
import dev.quire.server.model.Models;
import dev.quire.train.Best;
import dev.quire.train.GradientRule;
import dev.quire.train.Monitor;
import dev.quire.train.Schedule;
import dev.quire.train.TrainingSpec;
import dev.quire.train.json.SpecJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a configuration of the training platform means in Quire's words. */
public final class PlatformConfigurations {
    private static final int MOST = 1000;

    private final Shelf shelf;
    private final Models models;

    /**
     * @param models whose names are flavours too
     */
    public PlatformConfigurations(Shelf shelf, Models models) {
        this.shelf = shelf;
        this.models = models;
    }

    /**
     * What is to be trained, to be checked as any order.
     *
     * @throws Problem 400 when a field does not fit, 404 when there is no such dataset, 501 when it is not there yet
     */
    Orders.Wanted order(PlatformFields fields) {
        refuse("load_pretrained", fields.loadPretrained());
        refuse("freeze_backbone", fields.freezeBackbone());
        fields.run();
        String dataset = dataset(fields);
        Optional<Models.Model> kept = models.newest(fields.modelFlavour());
        return new Orders.Wanted(
                kept.map(Models.Model::id).orElse(null),
                kept.isPresent() ? null : Flavours.network(fields.modelFlavour(), classes(dataset)),
                dataset,
                Json.object(SpecJson.write(spec(fields))),
                null,
                null,
                null);
    }

    private static void refuse(String field, @Nullable Boolean given) {
        if (Boolean.TRUE.equals(given)) {
            throw new Problem(501, field + " is not there yet", "send false: the network is trained from scratch");
        }
    }

    private String dataset(PlatformFields fields) {
        String[] parts = Words.path(fields.root());
        Integer most = fields.maxDatapointsPerClass();
        String name = shelf.entry(parts[parts.length - 1]).name();
        return most == null ? name : shelf.entry(name + Shelf.PER_CLASS + most).name();
    }

    private int classes(String dataset) {
        int classes = shelf.load(dataset, Progress.silent()).classes().size();
        if (classes < 2) {
            throw Problem.bad(
                    "dataset " + dataset + " has no classes", "take one with classes, or train it with POST /v1/jobs");
        }
        return classes;
    }

    private static TrainingSpec spec(PlatformFields fields) {
        ObjectNode json = Words.specification(
                fields.epochs(), fields.batchSize(), fields.optimizer(), fields.lr(), fields.seed());
        if (fields.weightDecay() != null) {
            ObjectNode optimizer = json.withObject("/optimizer");
            if (!optimizer.has("type")) {
                optimizer.put("type", "adam");
            }
            optimizer.put("weightDecay", fields.weightDecay());
        }
        TrainingSpec spec = SpecJson.read(Json.text(json));
        GradientRule gradient = spec.gradient();
        if (fields.gradAccumSteps() != null) {
            gradient = gradient.accumulate(fields.gradAccumSteps());
        }
        if (fields.maxGradNorm() != null) {
            gradient = gradient.clip(fields.maxGradNorm());
        }
        double warmup = Optional.ofNullable(fields.warmupRatio()).orElse(0.0);
        return spec.gradient(gradient)
                .schedule(new Schedule(spec.schedule().curve(), warmup))
                .precision(precision(fields.autocastDtype()))
                .monitor(monitor(fields));
    }

    private static TrainingSpec.Precision precision(@Nullable String type) {
        return switch (Optional.ofNullable(type).orElse("float32").toLowerCase(Locale.ROOT)) {
            case "float32", "fp32", "none", "" -> TrainingSpec.Precision.FLOAT32;
            case "bfloat16", "bf16" -> TrainingSpec.Precision.BFLOAT16;
            default ->
                throw Problem.bad(
                        "autocast_dtype is '" + SafeText.shown(String.valueOf(type)) + "'",
                        "use bfloat16 or float32: 16 bits of another kind are not computed with");
        };
    }

    private static Monitor monitor(PlatformFields fields) {
        List<String> metrics = new ArrayList<>(PlatformMetrics.measured());
        top(fields.evalTopk()).stream().filter(k -> k > 1).forEach(k -> metrics.add("top" + k));
        String column = PlatformMetrics.column(
                Optional.ofNullable(fields.monitorMetric()).orElse("val_loss"));
        return Monitor.NONE.metrics(metrics).best(new Best(column, goal(column, fields.monitorMode())));
    }

    private static Goal goal(String column, @Nullable String mode) {
        return switch (Optional.ofNullable(mode).orElse("").toLowerCase(Locale.ROOT)) {
            case "" -> Goal.of(column);
            case "min" -> Goal.MIN;
            case "max" -> Goal.MAX;
            default ->
                throw Problem.bad("monitor_mode is '" + SafeText.shown(String.valueOf(mode)) + "'", "use min or max");
        };
    }

    private static List<Integer> top(@Nullable JsonNode given) {
        List<Integer> out = new ArrayList<>();
        if (given == null) {
            return out;
        }
        for (JsonNode each :
                given.isArray() ? given : Json.MAPPER.createArrayNode().add(given)) {
            if (!each.isInt() || each.intValue() < 1 || each.intValue() > MOST) {
                throw Problem.bad(
                        "eval_topk is " + SafeText.shown(given.toString()),
                        "send a whole number from 1 to " + MOST + ", or a list of them");
            }
            out.add(each.intValue());
        }
        return out.stream().distinct().toList();
    }
}
