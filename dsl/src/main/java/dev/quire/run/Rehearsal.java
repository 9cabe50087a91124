package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Split;
import dev.quire.engine.Device;
import dev.quire.engine.Torch;
import dev.quire.graph.Parameter;
import dev.quire.metric.History;
import dev.quire.model.Layer;
import dev.quire.run.Checkup.Item;
import dev.quire.run.Checkup.Verdict;
import dev.quire.train.Attended;
import dev.quire.train.Callback;
import dev.quire.train.Keeper;
import dev.quire.train.Limits;
import dev.quire.train.Loss;
import dev.quire.train.Monitor;
import dev.quire.train.Network;
import dev.quire.train.Optimizer;
import dev.quire.train.Option;
import dev.quire.train.Plan;
import dev.quire.train.RunEvent;
import dev.quire.train.SamplingRule;
import dev.quire.train.Schedule;
import dev.quire.train.Snapshot;
import dev.quire.train.Trainer;
import dev.quire.train.TrainingSpec;
import dev.quire.train.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Goes through all that a training run does, with a few examples, in seconds: networks of its own, which are thrown
 * away.
 */
final class Rehearsal {
    private static final int BATCHES = 2;
    private static final int OVERFITTED = 32;
    private static final int EPOCHS = 400;
    private static final double SECONDS = 6;

    private final Layer model;
    private final Dataset data;
    private final TrainingSpec spec;
    private final Device device;
    private final List<Item> items = new ArrayList<>();

    private Rehearsal(Layer model, Dataset data, TrainingSpec spec) {
        this.model = model;
        this.data = data;
        this.spec = spec;
        this.device = Torch.device();
    }

    /** Goes through all of it, up to what fails. */
    static Checkup of(Layer model, Dataset data, List<Option> options) {
        long begun = System.nanoTime();
        Rehearsal rehearsal = new Rehearsal(model, data, TrainingSpec.of(options));
        String now = "network and data";
        try {
            rehearsal.shapes();
            now = "inputs";
            rehearsal.items.add(RehearsedData.inputs(data));
            now = "targets";
            RehearsedData.targets(data).ifPresent(rehearsal.items::add);
            now = "classes";
            RehearsedData.classes(data).ifPresent(rehearsal.items::add);
            now = "two batches";
            rehearsal.batches();
            now = "gradients";
            rehearsal.gradients();
            now = "overfitting one batch";
            rehearsal.overfit();
        } catch (QuireException e) {
            rehearsal.add(now, Verdict.FAILS, String.valueOf(e.getMessage()), "");
        }
        return new Checkup(rehearsal.items, (System.nanoTime() - begun) * 1e-9);
    }

    private void add(String name, Verdict verdict, String found, String remedy) {
        items.add(new Item(name, verdict, found, remedy));
    }

    private void shapes() {
        Plan plan = Plan.of(model, data, spec);
        add(
                "network and data",
                Verdict.OK,
                String.format(
                        Locale.ROOT,
                        "%s in, %s out, %,d parameters, loss %s",
                        data.inputs().get(0).shape(),
                        plan.outputShape(),
                        plan.prediction().parameterCount(),
                        plan.loss().name()),
                "");
    }

    /** Trains, validates, keeps a snapshot and goes on from it; all of it twice, which must come out the same. */
    private void batches() {
        // A class that is rare may be missing here, and could not be drawn.
        TrainingSpec brief = spec.epochs(2)
                .sampling(new SamplingRule(false, spec.sampling().mixing()))
                .monitor(Monitor.NONE.metrics(spec.monitor().metrics()))
                .limits(Limits.NONE.batches(BATCHES));
        Plan plan = Plan.of(model, few(), brief);
        List<Snapshot> kept = new ArrayList<>();
        List<RunEvent> events = new ArrayList<>();
        Weights after;
        try (Network network = Network.start(plan, device)) {
            Trainer.train(network, Attended.by(events::add, List.of()).keeper(Keeper.giving(kept::add)));
            after = network.weights();
        }
        first(plan, events);
        events.stream()
                .filter(RunEvent.Epoch.class::isInstance)
                .map(event -> ((RunEvent.Epoch) event).history())
                .filter(history -> history.has(History.VALIDATION + History.LOSS))
                .reduce((a, b) -> b)
                .ifPresentOrElse(
                        history -> add(
                                "validation",
                                Verdict.OK,
                                String.format(
                                        Locale.ROOT, "loss %.4f", history.last(History.VALIDATION + History.LOSS)),
                                ""),
                        () -> add(
                                "validation",
                                Verdict.LOOK,
                                "there is no validation split",
                                "overfitting will not be seen: use data.validation(0.1)"));
        if (!kept.isEmpty()) {
            resumed(plan, kept.get(0), after);
        }
    }

    /** Enough for two batches. */
    private Dataset few() {
        return data.limit(Math.max(BATCHES * spec.batch(), data.classes().size()));
    }

    private void first(Plan plan, List<RunEvent> events) {
        float[] losses = events.stream()
                .filter(RunEvent.Steps.class::isInstance)
                .map(event -> ((RunEvent.Steps) event).losses())
                .findFirst()
                .orElse(new float[0]);
        double first = losses.length == 0 ? Double.NaN : losses[0];
        String found = String.format(Locale.ROOT, "first loss %.4f", first);
        double guess = plan.loss() instanceof Loss.CrossEntropy
                ? Math.log((double) plan.outputShape().size(-1))
                : Double.NaN;
        boolean isFinite = events.stream()
                .filter(RunEvent.Steps.class::isInstance)
                .allMatch(event -> allFinite(((RunEvent.Steps) event).losses()));
        if (!isFinite) {
            add(
                    "two batches",
                    Verdict.FAILS,
                    "the loss is not a number",
                    "use a smaller learning rate, clip(1.0), or data.normalize()");
        } else if (first > 3 * guess) {
            add(
                    "two batches",
                    Verdict.LOOK,
                    found + String.format(Locale.ROOT, ", a guess has %.4f", guess),
                    "the outputs are too large at the start: normalise the data, or add batchNorm()");
        } else {
            add(
                    "two batches",
                    Verdict.OK,
                    found + (guess > 0 ? String.format(Locale.ROOT, ", a guess has %.4f", guess) : ""),
                    "");
        }
    }

    private static boolean allFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** Plain descent moves a parameter if and only if a gradient comes there; others let weights decay too. */
    private void gradients() {
        Plan plan = Plan.of(
                model,
                few(),
                spec.epochs(1)
                        .optimizer(new Optimizer.Sgd(0.1, 0, false, 0))
                        .schedule(new Schedule(new Schedule.Constant(), 0))
                        .sampling(SamplingRule.NONE)
                        .monitor(Monitor.NONE)
                        .limits(Limits.NONE.batches(BATCHES)));
        Map<String, float[]> start;
        Map<String, float[]> end;
        try (Network network = Network.start(plan, device)) {
            start = network.weights().byName(plan.parameters());
            Trainer.train(network, event -> {}, List.of());
            end = network.weights().byName(plan.parameters());
        }
        List<String> frozen = plan.parameters().stream()
                .filter(spec.parameters()::isFrozen)
                .map(Parameter::name)
                .toList();
        List<String> same = start.keySet().stream()
                .filter(name -> !frozen.contains(name) && Arrays.equals(start.get(name), end.get(name)))
                .toList();
        if (same.isEmpty()) {
            add(
                    "gradients",
                    Verdict.OK,
                    frozen.isEmpty() ? "come to every parameter" : "come to every parameter that is not frozen",
                    "");
        } else {
            add(
                    "gradients",
                    Verdict.LOOK,
                    "none comes to " + String.join(", ", same),
                    "see whether the layer leads to the output, or all its units are dead");
        }
    }

    private void resumed(Plan plan, Snapshot from, Weights expected) {
        try (Network network = Network.start(plan, device)) {
            Trainer.train(network, Attended.by(event -> {}, List.of()).from(from, Optional.empty()));
            boolean isSame = Arrays.equals(network.weights().flat(), expected.flat());
            add(
                    "going on from a checkpoint",
                    isSame || device.isGpu() ? Verdict.OK : Verdict.LOOK,
                    isSame ? "the same bits" : "other bits",
                    isSame || device.isGpu()
                            ? ""
                            : "a layer or loss of your own draws or remembers something between steps");
        }
    }

    /** A network that cannot learn one batch by heart will not learn the rest. */
    private void overfit() {
        Dataset few = data.notAugmented().limit(Math.min(OVERFITTED, spec.batch()));
        int count = Math.toIntExact(Math.min(few.train().count(), spec.batch()));
        TrainingSpec byHeart = spec.epochs(EPOCHS)
                .batch(count)
                .schedule(new Schedule(new Schedule.Constant(), 0))
                .sampling(SamplingRule.NONE)
                .gradient(spec.gradient().accumulate(1))
                .monitor(Monitor.NONE.every(EPOCHS))
                .limits(Limits.NONE.seconds(SECONDS));
        Plan plan = Plan.of(model, few, byHeart);
        boolean isClass = Insights.hasClasses(few);
        double[] first = {Double.NaN};
        Callback learned = (event, control) -> {
            if (event instanceof RunEvent.Epoch epoch) {
                double loss = epoch.history().last(History.LOSS);
                first[0] = Double.isNaN(first[0]) ? loss : first[0];
                if (loss < 0.02 * first[0]) {
                    control.stop("learned");
                }
            }
        };
        try (Network network = Network.start(plan, device)) {
            RunEvent.Ended ended = Trainer.train(network, event -> {}, List.of(learned));
            Map<String, Double> figures = network.evaluate(Split.TRAIN);
            double loss = figures.getOrDefault(History.LOSS, Double.NaN);
            double accuracy = figures.getOrDefault("accuracy", Double.NaN);
            boolean isLearned = isClass ? accuracy >= 0.99 : loss <= 0.1 * first[0];
            int epochs = ended.history().epochs();
            String found = String.format(
                    Locale.ROOT,
                    "%d examples, %d steps: loss %.3g to %.3g%s",
                    count,
                    epochs,
                    first[0],
                    loss,
                    isClass ? String.format(Locale.ROOT, ", %.0f %% right", 100 * accuracy) : "");
            add(
                    "overfitting one batch",
                    isLearned ? Verdict.OK : Verdict.LOOK,
                    found,
                    isLearned
                            ? ""
                            : loss < 0.7 * first[0]
                                    ? "it learns slowly: a larger learning rate, see lrFind(net, data)"
                                    : "it does not learn: try lrFind(net, data), fewer or wider layers, less dropout,"
                                            + " and see whether the labels belong to the examples");
        }
    }
}
