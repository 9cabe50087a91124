package dev.quire.train;

import dev.quire.QuireException;
import dev.quire.compile.torchscript.Methods;
import dev.quire.compile.torchscript.Sampling;
import dev.quire.compile.torchscript.Script;
import dev.quire.compile.torchscript.Update;
import dev.quire.data.Dataset;
import dev.quire.data.Examples;
import dev.quire.data.Split;
import dev.quire.data.Windows;
import dev.quire.graph.Graph;
import dev.quire.graph.Parameter;
import dev.quire.graph.Shape;
import dev.quire.metric.History;
import dev.quire.metric.Metric;
import dev.quire.model.Architecture;
import dev.quire.model.Layer;
import dev.quire.model.Summary;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A run that has been checked, before any native library loads.
 *
 * @param model the network
 * @param data what it learns from
 * @param spec how
 * @param loss what is made small
 * @param metrics what else is measured, summed up in the program
 * @param examined what is measured over all predictions of the validation split
 * @param prediction the graph from inputs to outputs
 * @param update what the optimizer does
 */
public record Plan(
        Layer model,
        Dataset data,
        TrainingSpec spec,
        Loss loss,
        List<Metric> metrics,
        Examined examined,
        Graph prediction,
        Update update) {
    /** Multiply-adds of a forward pass over a batch, up to which one thread does it. */
    private static final long ONE_THREAD = 10_000_000;

    /**
     * Checks and compiles.
     *
     * @throws QuireException when the network does not fit the data, or the specification does not
     */
    public static Plan of(Layer model, Dataset data, TrainingSpec spec) {
        Loss loss = spec.loss().orElseGet(() -> lossFor(data));
        List<Metric> metrics = metricsFor(data, loss);
        Examples train = Objects.requireNonNull(data.splits().get(Split.TRAIN));
        if (spec.batch() > train.count()) {
            throw new QuireException(String.format(
                    Locale.ROOT,
                    "batch(%,d) is larger than the %,d training examples of %s: use batch(%d) or less",
                    spec.batch(),
                    train.count(),
                    data.name(),
                    train.count()));
        }
        checkParts(spec);
        Examined examined = Examined.of(spec.monitor().metrics(), data, loss);
        List<String> measured = Monitored.columns(data, metrics, examined);
        spec.monitor()
                .earlyStop()
                .ifPresent(early -> Monitored.check("earlyStop", early.metric(), early.metric(), measured, data));
        spec.monitor()
                .best()
                .ifPresent(best -> Monitored.check("best", best.metric(), best.column(data), measured, data));
        if (spec.sampling().balanced()) {
            Balance.check(data);
        }
        Lowering lowering = new Lowering(model, data, spec, loss, metrics, false);
        Graph prediction = lowering.prediction();
        if (loss instanceof Loss.CrossEntropy) {
            Architecture.matchClasses(prediction.outputs().get(0).shape().unbatched(), data);
        }
        Architecture.matchTokens(prediction, data);
        List<Parameter> parameters = lowering.training().parameters();
        if (parameters.isEmpty()) {
            throw new QuireException(
                    "the network has no parameters, so there is nothing to train: add a layer such as" + " dense(10)");
        }
        spec.parameters().check(parameters);
        return new Plan(model, data, spec, loss, metrics, examined, prediction, StepRule.of(spec, parameters));
    }

    private static void checkParts(TrainingSpec spec) {
        int parts = spec.gradient().accumulate();
        if (spec.batch() % parts != 0) {
            throw new QuireException("accumulate(" + parts + ") does not divide batch(" + spec.batch() + "): use batch("
                    + (spec.batch() / parts + 1) * parts + "), or another number of parts");
        }
    }

    /**
     * The graph from an example as the data holds it to the outputs, for programs of others: what always happens to the
     * data first, then the network, in 32 bits and as it was described.
     */
    public Graph described() {
        return new Lowering(model, data, spec, loss, metrics, false).described();
    }

    /** The program, for a processor or for a GPU. */
    public Script script(boolean gpu) {
        Lowering lowering = new Lowering(model, data, spec, loss, metrics, gpu);
        Graph training = lowering.training();
        Graph inference = lowering.prediction();
        Sampling sampling = sampling(data, Objects.requireNonNull(data.splits().get(Split.TRAIN)));
        return new Script(List.of(
                Methods.initialize(training),
                Methods.restore(training),
                Methods.overwrite(),
                Methods.order(),
                Methods.train(training, sampling, update, spec.gradient().accumulate(), spec.parameters()::isFrozen),
                Methods.evaluate(lowering.evaluation(!examined.isEmpty()), sampling, examined.isEmpty() ? 0 : 2),
                Methods.infer(inference, sampling),
                Methods.function("predict", inference)));
    }

    /** The graph from inputs to outputs as it is computed, for a processor or for a GPU. */
    public Graph forward(boolean gpu) {
        return gpu ? new Lowering(model, data, spec, loss, metrics, true).prediction() : prediction;
    }

    /**
     * The threads a step is worth. Below a few million multiply-adds, threads wait for each other longer than they
     * work: one is faster, much so on a busy machine. Chosen from the graph and never from a clock, so that equal runs
     * stay equal bit for bit.
     */
    public int threads() {
        long work = Summary.of(model, Architecture.inputs(data)).multiplyAdds() * spec.batch();
        return work < ONE_THREAD ? 1 : Integer.MAX_VALUE;
    }

    /** The column that tells the best epoch: the one asked for, else the loss, of the validation split where there is one. */
    public String monitored() {
        return spec.monitor()
                .best()
                .map(best -> best.column(data))
                .orElse(data.validationSplit().isPresent() ? History.VALIDATION + History.LOSS : History.LOSS);
    }

    /** The shape of a prediction for one example. */
    public Shape outputShape() {
        return prediction.outputs().get(0).shape().unbatched();
    }

    /** Predictions an example: one, or one a token. */
    public long predictionsPerExample() {
        return data.target().shape().countPerExample();
    }

    public List<Parameter> parameters() {
        return prediction.parameters();
    }

    public List<Parameter> buffers() {
        return prediction.buffers();
    }

    private static Sampling sampling(Dataset data, Examples train) {
        return train instanceof Windows windows
                ? new Sampling.Windows(windows.context())
                : new Sampling.Rows(data.fields().size());
    }

    private static Loss lossFor(Dataset data) {
        return data.target().type().isFloating() ? new Loss.MeanSquared() : Loss.CrossEntropy.plain();
    }

    private static List<Metric> metricsFor(Dataset data, Loss loss) {
        return data.target().type().isFloating() && !(loss instanceof Loss.BinaryCrossEntropy)
                ? List.of(Metric.meanAbsoluteError())
                : List.of(Metric.accuracy());
    }
}
