package dev.quire.source;

import dev.quire.graph.Shape;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Python's spelling of values and calls. */
final class Python {
    private static final int WIDTH = 96;

    private Python() {}

    /** A number if all are the same, else a tuple. */
    static String numbers(List<? extends Number> values) {
        return values.stream().distinct().count() == 1 ? values.get(0).toString() : tuple(values);
    }

    static String tuple(List<?> values) {
        return values.stream()
                .map(Object::toString)
                .collect(Collectors.joining(", ", "(", values.size() == 1 ? ",)" : ")"));
    }

    static String sizes(Shape shape) {
        return LongStream.of(shape.sizes()).mapToObj(Long::toString).collect(Collectors.joining(", "));
    }

    /** A number, whole ones without a point where they are small. */
    static String real(double value) {
        return Double.toString(value).replace("E", "e");
    }

    static String text(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    /** A call, on one line where it is short and holds no other call over several lines. */
    static String call(String name, List<String> arguments) {
        String line = name + "(" + String.join(", ", arguments) + ")";
        if (line.length() <= WIDTH && !line.contains("\n")) {
            return line;
        }
        return spread(name + "(", arguments, ")");
    }

    /** Elements on lines of their own. */
    static String spread(String open, List<String> elements, String close) {
        return elements.stream()
                .map(element -> indented(element) + ",\n")
                .collect(Collectors.joining("", open + "\n", close));
    }

    static String indented(String text) {
        return text.lines().map(line -> line.isEmpty() ? line : "    " + line).collect(Collectors.joining("\n"));
    }
}
