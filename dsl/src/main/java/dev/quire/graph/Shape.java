package dev.quire.graph;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A shape. Sizes are positive; a negative size {@code -k} stands for {@code k} times the batch size, which is not
 * known until the program runs.
 */
public final class Shape {
    private final long[] sizes;

    private Shape(long[] sizes) {
        this.sizes = sizes;
    }

    /** A shape of these sizes; none for a scalar. */
    public static Shape of(long... sizes) {
        for (long size : sizes) {
            if (size == 0) {
                throw new ShapeException("a size of 0 in shape " + text(sizes) + ": every size must be at least 1");
            }
        }
        return new Shape(sizes.clone());
    }

    /** This shape with the batch in front. */
    public Shape batched() {
        long[] out = new long[sizes.length + 1];
        out[0] = -1;
        System.arraycopy(sizes, 0, out, 1, sizes.length);
        return new Shape(out);
    }

    /** This shape without its first size. */
    public Shape unbatched() {
        return new Shape(Arrays.copyOfRange(sizes, 1, sizes.length));
    }

    public int rank() {
        return sizes.length;
    }

    /** The size at an axis; a negative axis counts from the end. */
    public long size(int axis) {
        return sizes[axis < 0 ? axis + sizes.length : axis];
    }

    public long[] sizes() {
        return sizes.clone();
    }

    /** The number of elements; negative when it is a multiple of the batch size. */
    public long count() {
        long count = 1;
        boolean batch = false;
        for (long size : sizes) {
            count = Math.multiplyExact(count, Math.abs(size));
            batch |= size < 0;
        }
        return batch ? -count : count;
    }

    /** The number of elements of one example: the batch counts once. */
    public long countPerExample() {
        return Math.abs(count());
    }

    /** This shape with another size at an axis; a negative axis counts from the end. */
    public Shape with(int axis, long size) {
        long[] out = sizes.clone();
        out[axis < 0 ? axis + sizes.length : axis] = size;
        return of(out);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** Sizes joined by x, the batch as N: {@code Nx1x28x28}; a scalar is {@code scalar}. */
    @Override
    public String toString() {
        return text(sizes);
    }

    private static String text(long[] sizes) {
        return sizes.length == 0
                ? "scalar"
                : LongStream.of(sizes)
                        .mapToObj(size -> size >= 0 ? Long.toString(size) : (size == -1 ? "" : -size) + "N")
                        .collect(Collectors.joining("x"));
    }
}
