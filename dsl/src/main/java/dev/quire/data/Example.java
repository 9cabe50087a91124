package dev.quire.data;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One example of a dataset, as stored: before normalisation.
 *
 * @param dataset the dataset it comes from
 * @param split the split it comes from
 * @param index its number in the split, from 0
 * @param inputs what a network is given
 * @param target what it should answer; without elements where nobody knows
 */
public record Example(Dataset dataset, Split split, long index, List<Values> inputs, Values target) {
    /** The elements of the first input. */
    public float[] floats() {
        return inputs.get(0).floats();
    }

    /** The class number; only for targets that are one. */
    public int classNumber() {
        if (!Labels.areClasses(dataset.target())) {
            throw new dev.quire.QuireException(dataset.name() + " has no class numbers: read target().floats()");
        }
        return Math.toIntExact(target.longs()[0]);
    }

    /** The class name; for regression the values; for text the characters that should come next. */
    public String label() {
        if (dataset.target().type().isFloating()) {
            return Values.text(target.floats());
        }
        return Arrays.stream(target.longs()).mapToObj(this::name).collect(Collectors.joining());
    }

    /** Whether it is known what it should answer. */
    public boolean isLabelled() {
        return target.count() > 0;
    }

    /** A text as an example that nobody has labelled. */
    static Example of(Dataset data, String text) {
        Field field = data.inputs().get(0);
        TextReader reader = data.reader()
                .orElseThrow(() -> new dev.quire.QuireException(data.name() + " takes " + data.inputs()
                        + " and has no tokenizer, so a text cannot be given to it: give an example of it instead"));
        ByteBuffer tokens = ByteBuffer.allocate(field.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (long token : reader.row(text, Math.toIntExact(field.shape().size(0)))) {
            tokens.putLong(token);
        }
        return new Example(
                data,
                Split.TEST,
                0,
                List.of(new Values(field, tokens.flip())),
                new Values(data.target(), ByteBuffer.allocate(0)));
    }

    /** The first input as text, for examples that are text. */
    public String text() {
        Optional<TextReader> reader = dataset.reader();
        if (reader.isPresent()) {
            return reader.get().text(inputs.get(0).longs());
        }
        return Arrays.stream(inputs.get(0).longs()).mapToObj(this::name).collect(Collectors.joining());
    }

    /** Whether the first input can be drawn: one or three channels, height, width. */
    public boolean isImage() {
        return Picture.fits(inputs.get(0).field());
    }

    /**
     * The first input as an image, one pixel for each of its own.
     *
     * @throws dev.quire.QuireException when it is not an image
     */
    public BufferedImage image() {
        return Picture.of(this);
    }

    private String name(long number) {
        return number >= 0 && number < dataset.classes().size()
                ? dataset.classes().get((int) number)
                : Long.toString(number);
    }

    @Override
    public String toString() {
        return "%s %s %,d: %s".formatted(dataset.name(), split.name().toLowerCase(Locale.ROOT), index, label());
    }
}
