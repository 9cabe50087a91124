package dev.quire.data;

import dev.quire.QuireException;
import dev.quire.data.transform.Normalize;
import dev.quire.data.transform.Pipeline;
import dev.quire.data.transform.Transform;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Examples to learn from, in splits, with what they mean. Immutable: every method that changes something returns a
 * new dataset over the same examples. Two datasets are equal when their names, transforms and fingerprints are.
 */
public final class Dataset {
    private final String name;
    private final List<Field> inputs;
    private final Field target;
    private final List<String> classes;
    private final Map<Split, Examples> splits;
    private final List<Transform> transforms;
    private final List<Transform> augmentations;
    private final Origin origin;
    private final List<Column> columns;
    private final @Nullable TextReader reader;
    private volatile @Nullable String fingerprint;

    private Dataset(
            String name,
            List<Field> inputs,
            Field target,
            List<String> classes,
            Map<Split, Examples> splits,
            List<Transform> transforms,
            List<Transform> augmentations,
            Origin origin,
            List<Column> columns,
            @Nullable TextReader reader) {
        this.name = name;
        this.inputs = List.copyOf(inputs);
        this.target = target;
        this.classes = List.copyOf(classes);
        this.splits = Collections.unmodifiableMap(new EnumMap<>(splits));
        this.transforms = List.copyOf(transforms);
        this.augmentations = List.copyOf(augmentations);
        this.origin = origin;
        this.columns = List.copyOf(columns);
        this.reader = reader;
    }

    /**
     * A dataset of examples of one's own.
     *
     * @param inputs the arrays of an example that a network is given
     * @param target what it should answer: an INT64 scalar for a class number, an INT64 row for one class number a
     *     token, floats for regression
     * @param classes the class names, or the vocabulary; empty for regression
     * @throws QuireException when there is no training example
     */
    public static Dataset of(
            String name, List<Field> inputs, Field target, List<String> classes, Map<Split, Examples> splits) {
        Examples train = splits.get(Split.TRAIN);
        if (train == null || train.count() < 1) {
            throw new QuireException(name + " has no training example: a dataset needs at least one");
        }
        return new Dataset(
                name,
                inputs,
                target,
                classes,
                splits,
                List.of(),
                List.of(),
                Origin.own("", List.of()),
                List.of(),
                null);
    }

    public String name() {
        return name;
    }

    /** The arrays of an example that a network is given; transforms apply to the first. */
    public List<Field> inputs() {
        return inputs;
    }

    public Field target() {
        return target;
    }

    /** The inputs, then the target: the order in which examples are read. */
    public List<Field> fields() {
        return Stream.concat(inputs.stream(), Stream.of(target)).toList();
    }

    /** The class names, by class number; for text the vocabulary; empty for regression. */
    public List<String> classes() {
        return classes;
    }

    /** The examples of each split there is. */
    public Map<Split, Examples> splits() {
        return splits;
    }

    /** What is always done to the first input, on the device, in order. */
    public List<Transform> transforms() {
        return transforms;
    }

    /** What is done to the first input in training only, on the device, in order, before it is normalised. */
    public List<Transform> augmentations() {
        return augmentations;
    }

    /** All that is to be done to the first input, in order: what a program applies. */
    public List<Transform> pipeline(boolean training) {
        return Pipeline.of(transforms, training ? augmentations : List.of());
    }

    public Origin origin() {
        return origin;
    }

    /** For a table the columns that the elements of the first input are from, in order; else empty. */
    public List<Column> columns() {
        return columns;
    }

    /**
     * With the columns of a table.
     *
     * @param given as wide together as the first input
     */
    public Dataset columns(List<Column> given) {
        return new Dataset(name, inputs, target, classes, splits, transforms, augmentations, origin, given, reader);
    }

    /** What made the tokens of the first input, where that is text; it makes them of other texts too. */
    public Optional<TextReader> reader() {
        return Optional.ofNullable(reader);
    }

    public Part train() {
        return part(Split.TRAIN);
    }

    public Part validation() {
        return part(Split.VALIDATION);
    }

    public Part test() {
        return part(Split.TEST);
    }

    /**
     * One split.
     *
     * @throws QuireException when there is no such split
     */
    public Part part(Split split) {
        Examples examples = splits.get(split);
        if (examples == null) {
            throw new QuireException("%s has no %s split, it has %s: make one with %s"
                    .formatted(
                            name,
                            split.name().toLowerCase(Locale.ROOT),
                            Describe.splitWords(this),
                            split == Split.TEST ? "split(0.1, 0.2)" : "validation(0.1)"));
        }
        return new Part(this, split, examples);
    }

    /** The split that training is validated on: VALIDATION, else TEST, else none. */
    public Optional<Split> validationSplit() {
        return Stream.of(Split.VALIDATION, Split.TEST)
                .filter(splits::containsKey)
                .findFirst();
    }

    /** At most n examples of each split: a fair, seeded sample in which every class keeps its share. */
    public Dataset limit(int n) {
        return with(Cut.limit(this, n));
    }

    /** At most n examples of each class in each split, the first ones. */
    public Dataset perClass(int n) {
        return with(Cut.perClass(this, n));
    }

    /** A validation split, taken from the training split with seed 0: see {@link #split}. */
    public Dataset validation(double fraction) {
        return split(fraction, 0, 0);
    }

    /** Validation and test splits, taken from the training split with seed 0: see {@link #split}. */
    public Dataset split(double validation, double test) {
        return split(validation, test, 0);
    }

    /**
     * Takes a validation and a test split out of the training split: a draw in which every class keeps its share. Text
     * is not drawn but cut: its end is validated and tested on.
     *
     * @param validation the fraction of the training examples, 0 for none
     * @param test the fraction of the training examples, 0 for none
     * @param seed the same seed draws the same examples
     * @throws QuireException when the fractions leave nothing, or there is such a split already
     */
    public Dataset split(double validation, double test, long seed) {
        return with(Cut.split(this, validation, test, seed));
    }

    /** Normalised to mean 0 and deviation 1 by channel or feature, as measured on the training split. */
    public Dataset normalize() {
        return withNormalize(Statistics.of(this));
    }

    /** Normalised as {@code (x - mean) / deviation}, on the scale the other transforms bring x to (0..1 for images). */
    public Dataset normalize(double mean, double deviation) {
        return normalize(List.of(mean), List.of(deviation));
    }

    /** Normalised with a mean and a deviation for each channel or feature. */
    public Dataset normalize(List<Double> means, List<Double> deviations) {
        return withNormalize(Statistics.given(this, means, deviations));
    }

    private Dataset withNormalize(Normalize normalize) {
        List<Transform> out = new ArrayList<>(transforms);
        out.removeIf(Normalize.class::isInstance);
        out.add(normalize);
        return withTransforms(out, augmentations);
    }

    /** With these transforms as well, always applied. */
    public Dataset transform(Transform... more) {
        return withTransforms(plus(transforms, more), augmentations);
    }

    /**
     * With these transforms as well, in training only; every example gets its own draw.
     *
     * @throws QuireException when one of them is not for an input like this
     */
    public Dataset augment(Transform... more) {
        for (Transform transform : more) {
            transform.check(inputs.get(0));
        }
        return withTransforms(transforms, plus(augmentations, more));
    }

    /** Without augmentations: every example as it is. */
    public Dataset notAugmented() {
        return withTransforms(transforms, List.of());
    }

    /**
     * With so many classes: names beyond those known are their numbers.
     *
     * @throws QuireException when an example has a class number beyond
     */
    public Dataset classes(int n) {
        return new Dataset(
                name,
                inputs,
                target,
                Labels.names(this, n),
                splits,
                transforms,
                augmentations,
                origin,
                columns,
                reader);
    }

    /** Under another name. */
    public Dataset named(String other) {
        return keep(new Dataset(
                other, inputs, target, classes, splits, transforms, augmentations, origin, columns, reader));
    }

    /** With where it comes from. */
    public Dataset from(Origin other) {
        return keep(
                new Dataset(name, inputs, target, classes, splits, transforms, augmentations, other, columns, reader));
    }

    /** With what made the tokens of its first input. */
    public Dataset readBy(TextReader other) {
        return new Dataset(name, inputs, target, classes, splits, transforms, augmentations, origin, columns, other);
    }

    /**
     * A text as an example of this dataset, of which nobody knows what it should answer.
     *
     * @throws QuireException when the examples are no texts, or no tokenizer made them
     */
    public Example example(String text) {
        return Example.of(this, text);
    }

    /** The size of a split as stored. */
    public long bytes(Split split) {
        Examples examples = splits.get(split);
        if (examples == null) {
            return 0;
        }
        return examples instanceof Windows windows
                ? windows.tokens().limit()
                : examples.count() * fields().stream().mapToLong(Field::bytes).sum();
    }

    /**
     * SHA-256, in hexadecimal digits, of the fields, the classes, the splits and the content of every example. It does
     * not depend on the name, on where files lie, or on transforms. Computed once.
     */
    public String fingerprint() {
        String known = fingerprint;
        if (known == null) {
            known = Fingerprint.of(this);
            fingerprint = known;
        }
        return known;
    }

    /** One line: {@code digits: 1,437 train, 360 test, 1x8x8, 10 classes, balanced, 0.1 MB}. */
    public String describe() {
        return Describe.line(this);
    }

    @Override
    public String toString() {
        return describe();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Dataset data
                && name.equals(data.name)
                && inputs.equals(data.inputs)
                && target.equals(data.target)
                && transforms.equals(data.transforms)
                && augmentations.equals(data.augmentations)
                && fingerprint().equals(data.fingerprint());
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, inputs, target, transforms, augmentations);
    }

    private Dataset with(Map<Split, Examples> other) {
        return new Dataset(name, inputs, target, classes, other, transforms, augmentations, origin, columns, reader);
    }

    private Dataset withTransforms(List<Transform> always, List<Transform> training) {
        return keep(new Dataset(name, inputs, target, classes, splits, always, training, origin, columns, reader));
    }

    /** The same content has the same fingerprint: it is not computed again. */
    private Dataset keep(Dataset same) {
        same.fingerprint = fingerprint;
        return same;
    }

    private static List<Transform> plus(List<Transform> some, Transform... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }
}
