package dev.quire.data;

import dev.quire.QuireException;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Class numbers of whole splits. */
final class Labels {
    private Labels() {}

    /** Whether a target is one class number for each example. */
    static boolean areClasses(Field target) {
        return target.type() == DType.INT64 && target.shape().equals(Shape.of());
    }

    /** The class number of every example; all 0 when the target is not a class number. */
    static int[] of(Examples examples, List<Field> fields) {
        Field target = fields.get(fields.size() - 1);
        int[] labels = new int[Math.toIntExact(examples.count())];
        if (areClasses(target)) {
            Examples from = examples instanceof Selected selected ? selected.from() : examples;
            Lookup lookup = lookup(from, fields);
            for (int i = 0; i < labels.length; i++) {
                labels[i] = lookup.label(examples instanceof Selected selected ? selected.source(i) : i);
            }
        }
        return labels;
    }

    private interface Lookup {
        int label(long index);
    }

    private static Lookup lookup(Examples examples, List<Field> fields) {
        if (examples instanceof Catalogued catalogued) {
            return catalogued::label;
        }
        if (examples instanceof InMemory memory) {
            ByteBuffer targets =
                    memory.arrays().get(fields.size() - 1).duplicate().order(ByteOrder.LITTLE_ENDIAN);
            return index -> Math.toIntExact(targets.getLong(Math.toIntExact(index * Long.BYTES)));
        }
        List<ByteBuffer> into = new ArrayList<>();
        for (Field field : fields) {
            into.add(ByteBuffer.allocate(field.bytes()).order(ByteOrder.LITTLE_ENDIAN));
        }
        return index -> {
            into.forEach(ByteBuffer::clear);
            examples.read(index, into);
            return Math.toIntExact(into.get(into.size() - 1).getLong(0));
        };
    }

    /** How many examples each class has. */
    static int[] counts(int[] labels, int classes) {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    /** The names of so many classes: those known, then numbers. */
    static List<String> names(Dataset data, int n) {
        requireOne("classes", n);
        if (!areClasses(data.target())) {
            throw new QuireException("%s has no class numbers: its target is %s %s of %s"
                    .formatted(
                            data.name(),
                            data.target().name(),
                            data.target().shape(),
                            data.target().type()));
        }
        data.splits().forEach((split, examples) -> {
            int highest = IntStream.of(of(examples, data.fields())).max().orElse(-1);
            if (highest >= n) {
                throw new QuireException("classes(%d): %s has a %s example of class %d: use classes(%d)"
                        .formatted(n, data.name(), split.name().toLowerCase(Locale.ROOT), highest, highest + 1));
            }
        });
        List<String> known = data.classes();
        return IntStream.range(0, n)
                .mapToObj(i -> i < known.size() ? known.get(i) : Integer.toString(i))
                .toList();
    }

    static void requireOne(String what, int n) {
        if (n < 1) {
            throw new QuireException(what + "(" + n + "): must be at least 1");
        }
    }
}
