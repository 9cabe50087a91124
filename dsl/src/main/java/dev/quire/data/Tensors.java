package dev.quire.data;

import dev.quire.QuireException;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Datasets from Java arrays. */
public final class Tensors {
    private Tensors() {}

    /**
     * A dataset named {@code tensors}, all of it for training.
     *
     * @param x one example for each element: {@code float[][]} (rows of features) to {@code float[][][][]} (channels,
     *     height, width), {@code int[][]} for tokens, the same with double and long; a {@link List} of such arrays for
     *     several inputs
     * @param y {@code int[]} or {@code long[]} for class numbers, {@code int[][]} for one class a token, {@code float[]}
     *     or {@code float[][]} for regression
     * @throws QuireException when lengths differ, a value is not finite or a class number is negative
     */
    public static Dataset of(Object x, Object y) {
        List<?> all = x instanceof List<?> list ? list : List.of(x);
        List<Nested> inputs = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            inputs.add(Nested.of(all.size() == 1 ? "x" : "x" + i, all.get(i)));
        }
        return dataset("tensors", inputs, Nested.of("y", y));
    }

    /**
     * A dataset of examples that lie one after another in one array.
     *
     * @param shape the shape of one example, channels first
     * @param y as for {@link #of(Object, Object)}
     */
    public static Dataset of(String name, float[] data, Shape shape, Object y) {
        if (shape.count() < 1 || data.length % shape.count() != 0) {
            throw new QuireException(
                    "%s: %,d values are not a whole number of examples of %s".formatted(name, data.length, shape));
        }
        Nested.requireFinite("x", data, shape);
        ByteBuffer bytes = Buffers.of(data, DType.FLOAT32);
        Nested x = new Nested(new Field("x", DType.FLOAT32, shape), data.length / shape.count(), bytes);
        return dataset(name, List.of(x), Nested.of("y", y));
    }

    private static Dataset dataset(String name, List<Nested> inputs, Nested y) {
        for (Nested input : inputs) {
            if (input.count() != y.count()) {
                throw new QuireException("%s has %,d examples, y has %,d: there must be one target for each example"
                        .formatted(input.field().name(), input.count(), y.count()));
            }
        }
        boolean classes = y.field().type() == DType.INT64;
        Field target = classes && y.field().shape().equals(Shape.of(1))
                ? new Field("label", DType.INT64, Shape.of())
                : new Field(classes ? "label" : "y", y.field().type(), y.field().shape());
        List<ByteBuffer> arrays =
                new ArrayList<>(inputs.stream().map(Nested::bytes).toList());
        arrays.add(y.bytes());
        return Dataset.of(
                name,
                inputs.stream().map(Nested::field).toList(),
                target,
                classes ? names(y) : List.of(),
                Map.of(Split.TRAIN, new InMemory(y.count(), List.copyOf(arrays))));
    }

    private static List<String> names(Nested y) {
        ByteBuffer bytes = y.bytes().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long highest = 0;
        long each = y.field().shape().count();
        for (int i = 0; i < bytes.limit() / Long.BYTES; i++) {
            long label = bytes.getLong(i * Long.BYTES);
            if (label < 0 || label > Integer.MAX_VALUE) {
                throw new QuireException(
                        "y of example %,d is %,d: a class number is 0 or more".formatted(i / each, label));
            }
            highest = Math.max(highest, label);
        }
        if (highest > 1_000_000) {
            throw new QuireException(
                    "y goes up to %,d: class numbers count from 0, give floats for regression".formatted(highest));
        }
        return IntStream.rangeClosed(0, (int) highest)
                .mapToObj(Integer::toString)
                .toList();
    }
}
