package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Part;
import dev.quire.data.Split;
import dev.quire.graph.DType;
import dev.quire.metric.Classification;
import dev.quire.metric.ConfusionMatrix;
import dev.quire.metric.Regression;
import dev.quire.train.Answers;
import dev.quire.train.Plan;
import dev.quire.train.Probe;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** What a network got right and wrong, found when it is asked for; kept when the run has ended. */
final class Insights {
    private static final int EMBEDDED = 1000;
    private static final int CHUNK = 100;
    private static final int PAIRS = 10;
    private static final int PICTURES = 8;

    private final Plan plan;
    private final HeldNetwork held;
    private final Predictions predictions;
    private final Progress progress;
    private final Map<Split, Classification> classified = new EnumMap<>(Split.class);
    private final Map<Split, Regression> predicted = new EnumMap<>(Split.class);

    Insights(Plan plan, HeldNetwork held, Predictions predictions, Progress progress) {
        this.plan = plan;
        this.held = held;
        this.predictions = predictions;
        this.progress = progress;
    }

    private Dataset data() {
        return plan.data();
    }

    /** The split that is asked about where none is named. */
    Split usual() {
        return data().validationSplit().orElse(Split.TRAIN);
    }

    static boolean hasClasses(Dataset data) {
        return data.classes().size() >= 2
                && data.target().type() == DType.INT64
                && data.target().shape().rank() == 0;
    }

    synchronized Classification classification(Split split) {
        Classification known = classified.get(split);
        if (known != null) {
            return known;
        }
        if (!hasClasses(data())) {
            throw new QuireException(data().name() + " has no classes to tell apart, one class an example: "
                    + (data().target().type().isFloating() ? "use regression()" : "use evaluate(Split.TEST)"));
        }
        int[] truth = data().part(split).labels();
        float[] outputs = held.with(network -> network.infer(split));
        Classification found = Answers.classification(data().classes(), outputs, truth);
        if (!progress.isTraining()) {
            classified.put(split, found);
        }
        return found;
    }

    ConfusionMatrix confusionMatrix(Split split) {
        List<String> classes = data().classes();
        if (classes.isEmpty() || data().target().shape().rank() != 0) {
            throw new QuireException(
                    data().name() + " has no classes to confuse: a confusion matrix needs one class an example");
        }
        return classification(split).confusion();
    }

    synchronized Regression regression(Split split) {
        Regression known = predicted.get(split);
        if (known != null) {
            return known;
        }
        if (!data().target().type().isFloating()) {
            throw new QuireException(data().name() + " has classes, and no numbers to predict: use "
                    + (hasClasses(data()) ? "classification()" : "evaluate(Split.TEST)"));
        }
        float[] truth = data().part(split).targets();
        Regression found = Regression.of(held.with(network -> network.infer(split)), truth);
        if (!progress.isTraining()) {
            predicted.put(split, found);
        }
        return found;
    }

    /** The examples with the largest losses. */
    TopLosses topLosses(int n) {
        if (n < 1) {
            throw new QuireException("topLosses(" + n + "): must be at least 1");
        }
        Part part = data().part(usual());
        if (hasClasses(data())) {
            Classification said = classification(usual());
            return new TopLosses(worst(n, said.count(), said::loss, i -> prediction(part, said, i)));
        }
        Regression said = regression(usual());
        float[] predictions = said.predicted();
        float[] truth = said.truth();
        int row = Math.toIntExact(truth.length / part.count());
        return new TopLosses(worst(
                n,
                Math.toIntExact(part.count()),
                i -> Regression.of(
                                Arrays.copyOfRange(predictions, i * row, (i + 1) * row),
                                Arrays.copyOfRange(truth, i * row, (i + 1) * row))
                        .mse(),
                i -> new Prediction(
                        part.example(i), List.of(), Arrays.copyOfRange(predictions, i * row, (i + 1) * row))));
    }

    private static List<Judged> worst(int n, int count, IntToDoubleFunction loss, IntFunction<Prediction> said) {
        double[] losses = IntStream.range(0, count).mapToDouble(loss).toArray();
        return IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -losses[i]))
                .limit(n)
                .map(i -> new Judged(said.apply(i), losses[i]))
                .toList();
    }

    private static Prediction prediction(Part part, Classification said, int i) {
        float[] row = new float[said.classes().size()];
        for (int number = 0; number < row.length; number++) {
            row[number] = said.probability(i, number);
        }
        return new Prediction(part.example(i), said.classes(), row);
    }

    /** The classes most often taken for another, with examples. */
    Confusions mostConfused() {
        Classification said = classification(usual());
        ConfusionMatrix matrix = said.confusion();
        Part part = data().part(usual());
        List<Confusions.Pair> pairs = new ArrayList<>();
        for (ConfusionMatrix.Confusion pair : matrix.mostConfused(PAIRS)) {
            int truth = said.classes().indexOf(pair.truth());
            int taken = said.classes().indexOf(pair.predicted());
            List<Example> examples = IntStream.range(0, said.count())
                    .filter(i -> said.truth(i) == truth && said.predicted(i) == taken)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -said.probability(i, taken)))
                    .limit(PICTURES)
                    .map(part::example)
                    .toList();
            pairs.add(new Confusions.Pair(pair.truth(), pair.predicted(), pair.count(), matrix.count(truth), examples));
        }
        return new Confusions(pairs);
    }

    /** Where the picture speaks for a class. */
    GradCam gradCam(Example example, String about) {
        if (!hasClasses(data())) {
            throw new QuireException("gradCam shows what speaks for a class, and " + data().name() + " has none");
        }
        if (!example.isImage()) {
            throw new QuireException("gradCam draws on a picture of 1 or 3 channels, the example is "
                    + example.inputs().get(0).field().shape());
        }
        int number = data().classes().indexOf(about);
        if (number < 0) {
            throw new QuireException("gradCam: " + data().name() + " has no class '" + about + "', it has "
                    + String.join(
                            ", ",
                            data().classes()
                                    .subList(0, Math.min(20, data().classes().size()))));
        }
        Probe probe = Probe.gradCam(plan);
        float[] counts = new float[Math.toIntExact(probe.shape(0).countPerExample())];
        if (counts.length == 1) {
            counts[0] = number == 1 ? 1 : -1;
        } else {
            counts[number] = 1;
        }
        List<float[]> found = held.with(network -> network.ask(probe, predictions.inputs(example), 1, counts));
        float[] probabilities = predictions.of(example, found.get(0)).values();
        return new GradCam(example, about, probabilities[number], heat(found.get(1), (int)
                probe.shape(1).size(1)));
    }

    private static float[][] heat(float[] values, int width) {
        float most = GradCam.max(values);
        float[][] rows = new float[values.length / width][width];
        for (int i = 0; i < values.length; i++) {
            rows[i / width][i % width] = most > 0 ? values[i] / most : 0;
        }
        return rows;
    }

    /** What the last dense layer is given for examples spread evenly over the split. */
    Embedded embedding() {
        Part part = data().part(usual());
        int count = (int) Math.min(EMBEDDED, part.count());
        Probe probe = Probe.hidden(plan);
        int width = Math.toIntExact(probe.shape(0).countPerExample());
        float[][] points = new float[count][width];
        int[] labels = new int[count];
        for (int from = 0; from < count; from += CHUNK) {
            int size = Math.min(CHUNK, count - from);
            List<Example> examples = new ArrayList<>();
            for (int i = from; i < from + size; i++) {
                examples.add(part.example(i * part.count() / count));
                labels[i] = hasClasses(data()) ? examples.get(i - from).classNumber() : 0;
            }
            float[] values = held.with(network -> network.ask(probe, together(examples), size, new float[0]))
                    .get(0);
            for (int i = 0; i < size; i++) {
                System.arraycopy(values, i * width, points[from + i], 0, width);
            }
        }
        return new Embedded(hasClasses(data()) ? data().classes() : List.of(), labels, points);
    }

    /** The bytes of each input, one example after another. */
    private List<ByteBuffer> together(List<Example> examples) {
        List<ByteBuffer> out = new ArrayList<>();
        for (int i = 0; i < data().inputs().size(); i++) {
            ByteBuffer all = ByteBuffer.allocateDirect(data().inputs().get(i).bytes() * examples.size())
                    .order(ByteOrder.nativeOrder());
            for (Example example : examples) {
                all.put(example.inputs().get(i).bytes().duplicate().rewind());
            }
            out.add(all.flip());
        }
        return out;
    }
}
