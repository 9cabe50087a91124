package dev.quire.view;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Arrays as text, with their type and size: {@code float[2x3]} and the values in rows. */
final class ArrayText {
    /** Up to so many elements all are shown, else this many at either end of each dimension. */
    private static final int ALL = 200;

    private static final int EDGE = 3;
    private static final int LINE = 100;

    private final Function<@Nullable Object, String> element;
    private final int edge;
    private int width;

    private ArrayText(Function<@Nullable Object, String> element, int edge) {
        this.element = element;
        this.edge = edge;
    }

    static String of(Object array, Function<@Nullable Object, String> element) {
        List<Integer> sizes = sizes(array);
        long count = sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        ArrayText text = new ArrayText(element, count > ALL ? EDGE : Integer.MAX_VALUE);
        Part values = text.part(array, sizes.size());
        String head = type(array, sizes);
        String body = text.print(values, 1);
        return body.contains("\n") || sizes.size() > 1 || head.length() + body.length() > LINE
                ? head + "\n" + body
                : head + " " + body;
    }

    /** One element, or a row of parts; a gap stands for what is left out. */
    private record Part(String text, List<Part> row) {}

    private static final Part GAP = new Part("…", List.of());

    private Part part(@Nullable Object value, int rank) {
        if (rank == 0 || value == null) {
            String text = value instanceof Double || value instanceof Float
                    ? Numbers.brief(((Number) value).doubleValue())
                    : element.apply(value);
            width = Math.max(width, value instanceof Number ? text.length() : 0);
            return new Part(text, List.of());
        }
        List<Part> row = new ArrayList<>();
        int size = Array.getLength(value);
        for (int i = 0; i < size; i++) {
            if (i == edge && size > 2L * edge) {
                row.add(GAP);
                i = size - edge;
            }
            row.add(part(Array.get(value, i), rank - 1));
        }
        return new Part("", row);
    }

    private String print(Part part, int indent) {
        if (part.row.stream().allMatch(inner -> inner.row.isEmpty())) {
            String line = part.row.stream()
                    .map(inner -> inner == GAP
                            ? inner.text
                            : " ".repeat(Math.max(0, width - inner.text.length())) + inner.text)
                    .collect(Collectors.joining(", ", "[", "]"));
            return wrap(line, indent);
        }
        return part.row.stream()
                .map(inner -> inner == GAP ? inner.text : print(inner, indent + 1))
                .collect(Collectors.joining(",\n" + " ".repeat(indent), "[", "]"));
    }

    private static String wrap(String line, int indent) {
        StringBuilder out = new StringBuilder();
        String rest = line;
        while (rest.length() > LINE && rest.lastIndexOf(", ", LINE) > 0) {
            int at = rest.lastIndexOf(", ", LINE) + 1;
            out.append(rest, 0, at).append('\n').append(" ".repeat(indent));
            rest = rest.substring(at + 1);
        }
        return out.append(rest).toString();
    }

    /** The sizes of the dimensions, as far down as all rows are as long. */
    private static List<Integer> sizes(Object array) {
        List<Integer> sizes = new ArrayList<>();
        List<Object> level = List.of(array);
        while (!level.isEmpty()) {
            int size = Array.getLength(level.get(0));
            if (level.stream().anyMatch(row -> Array.getLength(row) != size)) {
                return sizes;
            }
            sizes.add(size);
            List<Object> next = new ArrayList<>();
            for (Object row : level) {
                for (int i = 0; i < size && row.getClass().getComponentType().isArray(); i++) {
                    Object inner = Array.get(row, i);
                    if (inner == null) {
                        return sizes;
                    }
                    next.add(inner);
                }
            }
            level = next;
        }
        return sizes;
    }

    private static String type(Object array, List<Integer> sizes) {
        Class<?> type = array.getClass();
        for (int i = 0; i < sizes.size(); i++) {
            type = type.getComponentType();
        }
        String size = sizes.stream().map(String::valueOf).collect(Collectors.joining("x"));
        return type.getSimpleName().replaceFirst("(\\[])*$", "[" + size + "]$0");
    }
}
