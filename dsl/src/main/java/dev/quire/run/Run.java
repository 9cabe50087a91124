package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Split;
import dev.quire.data.image.ImageFile;
import dev.quire.data.table.TableRow;
import dev.quire.metric.Classification;
import dev.quire.metric.ConfusionMatrix;
import dev.quire.metric.History;
import dev.quire.metric.Regression;
import dev.quire.model.Layer;
import dev.quire.run.export.Exported;
import dev.quire.run.export.Formats;
import dev.quire.train.Callback;
import dev.quire.train.Network;
import dev.quire.train.Plan;
import dev.quire.train.RunEvent;
import dev.quire.train.StopReason;
import dev.quire.train.TrainingSpec;
import dev.quire.train.Weights;
import dev.quire.view.Chart;
import dev.quire.view.Charts;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.EpochCard;
import dev.quire.view.MetricCharts;
import dev.quire.view.Tables;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/**
 * A training run: what was trained, how it went, and the weights that came out. It exists from the moment training
 * begins, so that one that was stopped, or failed, is found again.
 */
public final class Run implements Displayable {
    private final Plan plan;
    private final Optional<RunFolder> folder;
    private final Progress progress;
    private final HeldNetwork held;
    private final Predictions predictions;
    private final Insights insights;
    private final Instant begun = Instant.now();

    private Run(Plan plan, Optional<RunFolder> folder, Progress progress, HeldNetwork held) {
        this.plan = plan;
        this.folder = folder;
        this.progress = progress;
        this.held = held;
        this.predictions = new Predictions(progress.name(), plan.data(), held);
        this.insights = new Insights(plan, held, predictions, progress);
    }

    /** A run that begins. */
    static Run begin(String name, Plan plan, Optional<RunFolder> folder) {
        Progress progress = new Progress(name);
        return new Run(plan, folder, progress, new HeldNetwork(plan, progress));
    }

    /** A run that has ended, from its record. */
    static Run stored(Plan plan, Progress ended, Weights weights, RunFolder folder) {
        return new Run(plan, Optional.of(folder), ended, new HeldNetwork(plan, ended, weights));
    }

    /** Trains, on this thread. The screen is told how it ended also where it could not begin. */
    void train(Supplier<Network> start, Consumer<RunEvent> screen, List<Callback> callbacks, Recording recording) {
        new RecordedTraining(plan, recording, progress, held, insights).go(start, screen, callbacks);
    }

    /** Whether it still trains: in the background, or on a thread that waits for it. */
    public boolean isTraining() {
        return progress.isTraining();
    }

    /**
     * Ends training after the steps under way, from any thread, and keeps what was learned. It does not wait; a run
     * that has ended stays as it is.
     */
    public Run stop() {
        progress.stop();
        return this;
    }

    /**
     * Waits for a run in the background to end.
     *
     * @throws QuireException when it failed, or this thread is interrupted, which leaves the run alone
     */
    public Run await() {
        progress.await();
        return this;
    }

    /** When it was made. */
    Instant begun() {
        return begun;
    }

    /**
     * Packs its record into a file that can be sent, read and replayed: the record, the notebook, a script, a page.
     * {@code ./quire replay record.zip} runs it again and compares. Example: {@code run.record("mnist.zip")}.
     *
     * @param file ends in {@code .zip}
     * @return the file
     * @throws QuireException when it still trains, is not recorded, or the file cannot be written
     */
    public Path record(String file) {
        if (isTraining()) {
            throw new QuireException("run " + name() + " still trains: record it when it has ended, run.await() waits");
        }
        RunFolder recorded = folder.orElseThrow(
                () -> new QuireException("run " + name() + " was not recorded: train it without unrecorded()"));
        return StoredRun.of(recorded).record(file);
    }

    /**
     * Writes the network to a file that others open. How its name ends says what is in it: {@code .json} the network,
     * {@code .safetensors} its weights under PyTorch's names, {@code .java} the words that make and train it, {@code .py}
     * PyTorch source that reads the weights and trains it again, {@code .pt} TorchScript with weights, for
     * {@code torch.jit.load} and DJL, {@code .onnx} ONNX with weights, {@code .int8.onnx} the same with 8-bit weights in
     * a quarter of the bytes. What is always done to the data, such as scaling of pixels, is part of {@code .pt} and
     * {@code .onnx} files: they are given an example as the data holds it, as {@link #predict} is. Example:
     * {@code run.export("mnist.onnx")}.
     *
     * @param file in a folder that is there; one of the same name is replaced
     * @return the file
     * @throws QuireException when the run still trains or has no weights, no format has such a name, or the file cannot
     *     be written
     */
    public Path export(String file) {
        if (isTraining()) {
            throw new QuireException("run " + name() + " still trains: export it when it has ended, run.await() waits");
        }
        return Formats.write(file, () -> new Exported(name(), plan, snapshot(), commit()));
    }

    /** The git commit it was trained at, as far as its record tells; else the one it is at now. */
    private Optional<String> commit() {
        return folder.flatMap(RunFolder::commit)
                .or(() -> Environment.git().map(git -> git.path("commit").asText()));
    }

    /** Where it is recorded; empty where it is not. */
    public Optional<RunFolder> folder() {
        return folder;
    }

    public String name() {
        return progress.name();
    }

    public Layer model() {
        return plan.model();
    }

    public Dataset data() {
        return plan.data();
    }

    public TrainingSpec spec() {
        return plan.spec();
    }

    /** What was checked before it began. */
    public Plan plan() {
        return plan;
    }

    /** What was measured, a row an epoch. */
    public History history() {
        return progress.history();
    }

    /** Why it ended; empty while it trains. */
    public Optional<StopReason> reason() {
        return progress.reason();
    }

    /** Why it ended, in words. */
    public String sentence() {
        return progress.sentence();
    }

    /** What was measured as a Tablesaw table, a row an epoch. */
    public Table metrics() {
        return Tables.of(history());
    }

    /** Loss and metrics as they fell and rose. */
    public Chart plot() {
        return Charts.curves(history());
    }

    /** {@link #confusionMatrix()} as a chart. */
    public Chart confusion() {
        return Charts.confusion(confusionMatrix());
    }

    /**
     * What the network says of an example.
     *
     * @throws QuireException when the example is of another shape than the data it was trained on
     */
    public Prediction predict(Example example) {
        return predictions.of(example);
    }

    /**
     * What the network says of a text, where it was trained on such; else of an image file, in the size and with the
     * channels of the images it was trained on.
     *
     * @param given a text; or the path of a JPEG or PNG
     * @throws QuireException when the file is missing or broken, or the run was trained on neither
     */
    public Prediction predict(String given) {
        return predict(
                plan.data().reader().isPresent()
                        ? plan.data().example(given)
                        : ImageFile.like(plan.data(), Path.of(given)));
    }

    /**
     * What the network says of a row of a table like the one it was trained on. Example:
     * {@code run.predict(Map.of("size", 82, "rooms", 3, "city", "Ulm"))}.
     *
     * @param row the name of each column to a number, or for a column of categories to one of its texts
     * @throws QuireException naming the column whose value is missing or does not fit
     */
    public Prediction predict(Map<String, ?> row) {
        return predict(TableRow.like(plan.data(), row));
    }

    /**
     * What the network says of numbers, given as the data holds them: before normalisation.
     *
     * @param numbers the elements of the input in order
     * @throws QuireException when there are more or fewer
     */
    public Prediction predict(double... numbers) {
        return predict(TableRow.of(plan.data(), numbers));
    }

    /** As {@link #predict(double...)}. */
    public Prediction predict(float[] numbers) {
        return predict(
                IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).toArray());
    }

    /**
     * What the network says of pictures spread evenly over the split it was validated on, drawn in a sheet.
     *
     * @param count how many, at least 1
     */
    public Chart predictions(int count) {
        return predictions.sheet(plan.data().part(insights.usual()), count);
    }

    /** Loss and metrics over a split. */
    public Map<String, Double> evaluate(Split split) {
        plan.data().part(split);
        return held.with(network -> network.evaluate(split));
    }

    /** Loss and metrics over the split that the run was validated on, or else that it was trained on. */
    public Map<String, Double> evaluate() {
        return evaluate(insights.usual());
    }

    /**
     * How often which class was taken for which, over the split the run was validated on, or else that it was trained
     * on.
     *
     * @throws QuireException when the data has no classes
     */
    public ConfusionMatrix confusionMatrix() {
        return confusionMatrix(insights.usual());
    }

    /** As {@link #confusionMatrix()}, over this split. */
    public ConfusionMatrix confusionMatrix(Split split) {
        return insights.confusionMatrix(split);
    }

    /**
     * What was said of every example, and what it is: figures of all kinds, by class and over all. Over the split the run
     * was validated on, or else that it was trained on.
     *
     * @throws QuireException when the data has no classes, or more than one an example
     */
    public Classification classification() {
        return classification(insights.usual());
    }

    /** As {@link #classification()}, over this split. */
    public Classification classification(Split split) {
        return insights.classification(split);
    }

    /**
     * What numbers were predicted, and what they should have been, over the split the run was validated on, or else that
     * it was trained on.
     *
     * @throws QuireException when the data has classes
     */
    public Regression regression() {
        return regression(insights.usual());
    }

    /** As {@link #regression()}, over this split. */
    public Regression regression(Split split) {
        return insights.regression(split);
    }

    /** ROC curves of each class and over all, with the areas below them. */
    public Chart roc() {
        return MetricCharts.roc(classification());
    }

    /** Precision over recall, of each class and over all, with the average precisions. */
    public Chart precisionRecall() {
        return MetricCharts.precisionRecall(classification());
    }

    /** How often predictions of a probability were right, with the expected calibration error. */
    public Chart calibration() {
        return MetricCharts.calibration(classification());
    }

    /** Predicted over true numbers, and the residuals. */
    public Chart scatter() {
        return MetricCharts.scatter(regression());
    }

    /** How many examples each class has, and how well it was found, as a Tablesaw table. */
    public Table perClass() {
        return Tables.perClass(classification());
    }

    /**
     * The examples it was most wrong about, with what it said and what they are.
     *
     * @param n how many, at least 1
     */
    public TopLosses topLosses(int n) {
        return insights.topLosses(n);
    }

    /** The classes most often taken for another, with examples. */
    public Confusions mostConfused() {
        return insights.mostConfused();
    }

    /**
     * Where in a picture the last convolution found what speaks for the likeliest class (Grad-CAM).
     *
     * @throws QuireException when the network has no convolution, or the example is no picture
     */
    public GradCam gradCam(Example example) {
        Prediction said = predict(example);
        return insights.gradCam(example, said.classes().isEmpty() ? "" : said.label());
    }

    /**
     * As {@link #gradCam(Example)}, for this class.
     *
     * @param about a class name
     */
    public GradCam gradCam(Example example, String about) {
        return insights.gradCam(example, about);
    }

    /**
     * What the last dense layer is given, for up to 1,000 examples spread evenly over the split the run was validated
     * on; the outputs where there is no dense layer.
     */
    public Embedded embedding() {
        return insights.embedding();
    }

    /** The last hidden layer, projected to the two directions in which it spreads the most, coloured by class. */
    public Chart pca() {
        return embedding().pca();
    }

    /** The last hidden layer, put in the plane so that neighbours stay neighbours (t-SNE); a few seconds. */
    public Chart tsne() {
        return embedding().tsne();
    }

    /** The weights by name, as PyTorch would name and lay them out, row-major. */
    public Map<String, float[]> weights() {
        return held.with(Network::weights).byName(plan.parameters());
    }

    /**
     * Parameters and buffers in main memory, as they predict now; the network is not loaded for it where it was
     * released.
     *
     * @throws QuireException when it has none, as it has not begun, or could not
     */
    public Weights snapshot() {
        return held.snapshot();
    }

    /** Frees the device; the weights stay in main memory, and the network is loaded again when it is asked for. */
    void release() {
        held.release();
    }

    /** Name, how it was trained, the curves and the last figures: small. */
    @Override
    public Display display() {
        return EpochCard.of(
                history(), List.of(toString(), plan.model() + "", plan.spec().words()));
    }

    @Override
    public String plain() {
        return toString();
    }

    /** One line: name, epochs, the last figures, why it ended. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("run ").append(name()).append(": ");
        out.append(history().epochs())
                .append(" of ")
                .append(plan.spec().epochs())
                .append(" epochs");
        for (String column : history().columns()) {
            if (column.endsWith("loss") || plan.metrics().stream().anyMatch(m -> column.endsWith(m.name()))) {
                out.append(String.format(
                        Locale.ROOT, ", %s %.4f", column, history().last(column)));
            }
        }
        return out.append("; ").append(sentence()).toString();
    }
}
