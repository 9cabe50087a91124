package dev.quire.inference;

import dev.quire.graph.DType;
import java.util.List;
import java.util.stream.LongStream;

/** Something that is said about a model from a file; see the static methods. */
public final class ModelOption {
    private final Change change;

    private ModelOption(Change change) {
        this.change = change;
    }

    @FunctionalInterface
    private interface Change {
        LoadSpec applyTo(LoadSpec spec);
    }

    LoadSpec applyTo(LoadSpec spec) {
        return change.applyTo(spec);
    }

    /**
     * The shape of the next input.
     *
     * @param sizes of one example, without the batch
     */
    public static ModelOption inputShape(DType type, long... sizes) {
        return new ModelOption(
                spec -> spec.withInput(type, LongStream.of(sizes).boxed().toList()));
    }

    /** The names of the classes, by class number. */
    public static ModelOption classNames(List<String> names) {
        return new ModelOption(spec -> spec.withClasses(names));
    }

    /** How pixels, brought to 0..1, are normalised: a mean and a deviation for each channel, or one for all. */
    public static ModelOption normalize(List<Double> means, List<Double> deviations) {
        return new ModelOption(spec -> spec.withNormalize(means, deviations));
    }

    /** How many threads an op may use on the processor. */
    public static ModelOption threads(int most) {
        return new ModelOption(spec -> spec.withThreads(most));
    }
}
