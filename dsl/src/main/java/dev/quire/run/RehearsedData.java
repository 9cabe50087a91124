package dev.quire.run;

import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Part;
import dev.quire.run.Checkup.Item;
import dev.quire.run.Checkup.Verdict;
import dev.quire.train.Stages;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** What a rehearsal sees of the data before any network is there. */
final class RehearsedData {
    private static final int LOOKED_AT = 64;
    private static final double LARGE = 20;
    /** More labels than these are not counted. */
    private static final long COUNTED = 100_000;

    private RehearsedData() {}

    /** What the network is given: numbers, and of a size that it can learn from. */
    static Item inputs(Dataset data) {
        Part train = data.train();
        int count = (int) Math.min(LOOKED_AT, train.count());
        List<Example> examples = LongStream.range(0, count)
                .mapToObj(i -> train.example(i * train.count() / count))
                .toList();
        List<Stages.Stage> stages = Stages.of(data, examples, false, 0);
        Stages.Stage last = stages.get(stages.size() - 1);
        if (!data.inputs().get(0).type().isFloating()
                && last.transform().isEmpty()
                && last.shape().rank() < 3) {
            return new Item("inputs", Verdict.OK, "whole numbers, as an embedding takes them", "");
        }
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        boolean isFinite = true;
        for (float value : last.values()) {
            low = Math.min(low, value);
            high = Math.max(high, value);
            isFinite &= Float.isFinite(value);
        }
        String found = String.format(Locale.ROOT, "from %.4g to %.4g in %d examples", low, high, count);
        if (!isFinite) {
            return new Item(
                    "inputs",
                    Verdict.FAILS,
                    "values that are no numbers",
                    "look for them in the data and leave them out");
        } else if (Math.max(Math.abs(low), Math.abs(high)) > LARGE) {
            return new Item("inputs", Verdict.LOOK, found, "large values make steps too large: use data.normalize()");
        } else if (low == high) {
            return new Item("inputs", Verdict.LOOK, found, "all values are the same: there is nothing to learn from");
        } else {
            return new Item("inputs", Verdict.OK, found, "");
        }
    }

    /** What a network for numbers should come to, which it begins near 0; empty where targets are no numbers. */
    static Optional<Item> targets(Dataset data) {
        if (!data.target().type().isFloating()) {
            return Optional.empty();
        }
        Part train = data.train();
        int count = (int) Math.min(LOOKED_AT, train.count());
        double[] values = LongStream.range(0, count)
                .mapToObj(i -> train.example(i * train.count() / count).target().floats())
                .flatMapToDouble(each -> IntStream.range(0, each.length).mapToDouble(i -> each[i]))
                .toArray();
        double mean = Arrays.stream(values).average().orElse(0);
        double deviation = Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0));
        String found = String.format(
                Locale.ROOT,
                "from %.4g to %.4g, on average %.4g, in %d examples",
                Arrays.stream(values).min().orElse(0),
                Arrays.stream(values).max().orElse(0),
                mean,
                count);
        if (!Double.isFinite(mean)) {
            return Optional.of(new Item(
                    "targets",
                    Verdict.FAILS,
                    "values that are no numbers",
                    "look for them in the data and leave them out"));
        }
        return Optional.of(
                Math.abs(mean) + deviation > LARGE
                        ? new Item(
                                "targets",
                                Verdict.LOOK,
                                found,
                                String.format(
                                        Locale.ROOT,
                                        "a network begins near 0 and takes long to get there: a larger learning rate, see"
                                                + " lrFind(net, data), or targets divided by %.0f in the data",
                                        Math.abs(mean) + deviation))
                        : new Item("targets", Verdict.OK, found, ""));
    }

    /** How often each class is there; empty where there are none, or too many labels to count. */
    static Optional<Item> classes(Dataset data) {
        if (!Insights.hasClasses(data) || data.train().count() > COUNTED) {
            return Optional.empty();
        }
        int[] labels = data.train().labels();
        long[] counts = new long[data.classes().size()];
        Arrays.stream(labels).forEach(label -> counts[label]++);
        List<String> missing = IntStream.range(0, counts.length)
                .filter(i -> counts[i] == 0)
                .mapToObj(i -> data.classes().get(i))
                .toList();
        long most = LongStream.of(counts).max().orElse(0);
        long least = LongStream.of(counts).min().orElse(0);
        String found = String.format(Locale.ROOT, "%d classes, %,d to %,d examples each", counts.length, least, most);
        if (!missing.isEmpty()) {
            return Optional.of(new Item(
                    "classes",
                    Verdict.LOOK,
                    "no training example of " + String.join(", ", missing),
                    "add some, or leave the class out"));
        } else if (most > 10 * least) {
            return Optional.of(new Item(
                    "classes",
                    Verdict.LOOK,
                    found,
                    "rare classes are learned late: try balanced() or classWeights(...)"));
        } else {
            return Optional.of(new Item("classes", Verdict.OK, found, ""));
        }
    }
}
