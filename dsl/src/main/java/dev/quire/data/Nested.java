package dev.quire.data;

import dev.quire.QuireException;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An array of arrays of numbers, laid out in a row.
 *
 * @param field name, type and the shape of one example; single numbers have shape 1
 * @param count the number of examples: the first size
 */
record Nested(Field field, long count, ByteBuffer bytes) {
    /** Lays out {@code float[]…}, {@code double[]…} as FLOAT32, {@code int[]…}, {@code long[]…} as INT64. */
    static Nested of(String name, Object array) {
        Class<?> element = array.getClass();
        while (element.isArray()) {
            element = element.getComponentType();
        }
        boolean floats = element == float.class || element == double.class;
        if (!array.getClass().isArray() || !(floats || element == int.class || element == long.class)) {
            throw new QuireException("%s is a %s: expected an array of numbers such as float[][] or int[]"
                    .formatted(name, array.getClass().getSimpleName()));
        }
        int count = Array.getLength(array);
        if (count == 0) {
            throw new QuireException(name + " is empty: it needs at least one example");
        }
        long[] sizes = sizes(name, array);
        Shape shape = sizes.length == 1 ? Shape.of(1) : Shape.of(Arrays.copyOfRange(sizes, 1, sizes.length));
        Field field = new Field(name, floats ? DType.FLOAT32 : DType.INT64, shape);
        ByteBuffer bytes = InMemory.allocate(count, field);
        fill(field, array, sizes, new ArrayList<>(), bytes);
        return new Nested(field, count, bytes.flip());
    }

    private static long[] sizes(String name, Object array) {
        List<Long> sizes = new ArrayList<>();
        Object at = array;
        while (at != null && at.getClass().isArray()) {
            int length = Array.getLength(at);
            if (length == 0) {
                throw new QuireException("the first example of " + name + " is empty");
            }
            sizes.add((long) length);
            at = at.getClass().getComponentType().isPrimitive() ? null : Array.get(at, 0);
        }
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    private static void fill(Field field, Object array, long[] sizes, List<Integer> place, ByteBuffer into) {
        int depth = place.size();
        int length = Array.getLength(array);
        if (length != sizes[depth]) {
            throw new QuireException("%s has length %d, expected %d as in the first example: all must have one shape"
                    .formatted(where(field.name(), place), length, sizes[depth]));
        }
        for (int i = 0; i < length; i++) {
            if (array instanceof float[] floats) {
                into.putFloat(finite(field.name(), floats[i], place, i));
            } else if (array instanceof double[] doubles) {
                into.putFloat(finite(field.name(), (float) doubles[i], place, i));
            } else if (array instanceof long[] longs) {
                into.putLong(longs[i]);
            } else if (array instanceof int[] ints) {
                into.putLong(ints[i]);
            } else {
                List<Integer> next = new ArrayList<>(place);
                next.add(i);
                Object inner = Array.get(array, i);
                if (inner == null) {
                    throw new QuireException(where(field.name(), next) + " is null");
                }
                fill(field, inner, sizes, next, into);
            }
        }
    }

    private static float finite(String name, float value, List<Integer> place, int index) {
        if (!Float.isFinite(value)) {
            List<Integer> at = new ArrayList<>(place);
            at.add(index);
            throw notFinite(name, value, at);
        }
        return value;
    }

    /** {@code x of example 3 at [0, 2]}. */
    private static String where(String name, List<Integer> place) {
        if (place.isEmpty()) {
            return name;
        }
        String inside = place.stream().skip(1).map(String::valueOf).collect(Collectors.joining(", "));
        return "%s of example %,d%s".formatted(name, place.get(0), inside.isEmpty() ? "" : " at [" + inside + "]");
    }

    private static QuireException notFinite(String name, float value, List<Integer> place) {
        return new QuireException(where(name, place) + " is " + value
                + ": every value must be a finite number; replace it, or leave" + " the example out");
    }

    /** Refuses NaN and infinity in examples that lie one after another. */
    static void requireFinite(String name, float[] data, Shape shape) {
        for (int i = 0; i < data.length; i++) {
            if (!Float.isFinite(data[i])) {
                List<Integer> place = new ArrayList<>();
                long rest = i % shape.count();
                for (int axis = shape.rank() - 1; axis >= 0; axis--) {
                    place.add(0, (int) (rest % shape.size(axis)));
                    rest /= shape.size(axis);
                }
                place.add(0, (int) (i / shape.count()));
                throw notFinite(name, data[i], place);
            }
        }
    }
}
