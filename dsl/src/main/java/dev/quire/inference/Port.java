package dev.quire.inference;

import dev.quire.QuireException;
import dev.quire.data.HostTensor;
import dev.quire.graph.DType;
import dev.quire.graph.TensorType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What a model takes or gives under one name.
 *
 * @param name as the model calls it
 * @param type of its elements
 * @param sizes the batch first; -1 for a size that is free
 * @param isDeclared false where the model does not say: then any type and shape goes in, and the model itself answers
 */
public record Port(String name, DType type, List<Long> sizes, boolean isDeclared) {
    public Port {
        sizes = List.copyOf(sizes);
    }

    /** One that is known. */
    public static Port of(String name, DType type, List<Long> sizes) {
        return new Port(name, type, sizes, true);
    }

    /** One of a graph: a size that is a multiple of the batch is free as well. */
    static Port of(String name, TensorType type) {
        List<Long> sizes = LongStream.of(type.shape().sizes())
                .map(size -> Math.max(size, -1))
                .boxed()
                .toList();
        return of(name, type.dtype(), sizes);
    }

    /** One of which only the name is known. */
    public static Port undeclared(String name) {
        return new Port(name, DType.FLOAT32, List.of(), false);
    }

    /** Whether any number of examples fits. */
    public boolean isBatched() {
        return !sizes.isEmpty() && sizes.get(0) < 0;
    }

    /**
     * Refuses what does not fit.
     *
     * @param model its name, for the message
     * @throws QuireException which says what came and what was expected
     */
    void check(String model, HostTensor given) {
        if (!isDeclared) {
            return;
        }
        if (given.type() != type) {
            throw new QuireException(
                    "the input " + name + " of " + model + " is of type " + word(type) + ", got " + word(given.type()));
        }
        boolean fits = given.rank() == sizes.size();
        for (int i = 0; fits && i < sizes.size(); i++) {
            fits = sizes.get(i) < 0 || sizes.get(i) == given.size(i);
        }
        if (!fits) {
            throw new QuireException("the input " + name + " of " + model + " has the shape " + shape() + ", got "
                    + given + (given.rank() == sizes.size() - 1 ? ": one example is a batch of 1" : ""));
        }
    }

    /** The sizes joined by x, a free one as N: {@code Nx1x28x28}. */
    public String shape() {
        if (!isDeclared) {
            return "not declared";
        }
        return sizes.isEmpty()
                ? "scalar"
                : sizes.stream()
                        .map(size -> size < 0 ? "N" : Long.toString(size))
                        .collect(Collectors.joining("x"));
    }

    private static String word(DType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /** {@code image Nx1x28x28 uint8}. */
    @Override
    public String toString() {
        return name + " " + shape() + (isDeclared ? " " + word(type) : "");
    }
}
