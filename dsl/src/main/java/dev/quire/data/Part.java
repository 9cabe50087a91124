package dev.quire.data;

import dev.quire.QuireException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One split of a dataset.
 *
 * @param dataset the dataset it is part of
 * @param split which part
 * @param examples the examples, to read as bytes
 */
public record Part(Dataset dataset, Split split, Examples examples) {
    /** The number of examples. */
    public long count() {
        return examples.count();
    }

    /**
     * One example.
     *
     * @param index from 0
     * @throws QuireException when there is no such example
     */
    public Example example(long index) {
        if (index < 0 || index >= count()) {
            throw new QuireException("example %,d of the %s split of %s: there are %,d, numbered 0 to %,d"
                    .formatted(index, split.name().toLowerCase(Locale.ROOT), dataset.name(), count(), count() - 1));
        }
        List<ByteBuffer> into = new ArrayList<>();
        for (Field field : dataset.fields()) {
            into.add(ByteBuffer.allocate(field.bytes()).order(ByteOrder.LITTLE_ENDIAN));
        }
        examples.read(index, into);
        List<Values> inputs = new ArrayList<>();
        for (int i = 0; i < dataset.inputs().size(); i++) {
            inputs.add(new Values(dataset.inputs().get(i), into.get(i).flip()));
        }
        return new Example(
                dataset,
                split,
                index,
                List.copyOf(inputs),
                new Values(dataset.target(), into.get(into.size() - 1).flip()));
    }

    /** The class number of every example; all 0 when the target is not a class number. */
    public int[] labels() {
        return Labels.of(examples, dataset.fields());
    }

    /** The target of every example as numbers, row-major. */
    public float[] targets() {
        return Targets.of(examples, dataset.fields());
    }

    @Override
    public String toString() {
        return "%s %s: %,d examples".formatted(dataset.name(), split.name().toLowerCase(Locale.ROOT), count());
    }
}
