package dev.quire.compile.torchscript;

import dev.quire.graph.Attributes;
import dev.quire.graph.DType;
import dev.quire.graph.Node;
import dev.quire.graph.Shape;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Writes constants and fills the templates of the op table. */
final class Values {
    /** The name of the batch size in every method. */
    static final String BATCH = "n";

    private static final Pattern HOLE = Pattern.compile("\\{([^}]*)}");
    private static final Pattern NUMBERED = Pattern.compile("(\\d+)(\\?|\\.\\.)?");

    private Values() {}

    /** A node's template with operands and attributes in place. */
    static String call(Node node, IntFunction<String> operand) {
        return call(node.op().torch(), node, operand);
    }

    /** Another template. */
    static String call(String template, Node node, IntFunction<String> operand) {
        int count = node.inputs().size();
        Matcher hole = HOLE.matcher(template);
        StringBuilder out = new StringBuilder();
        while (hole.find()) {
            hole.appendReplacement(
                    out, Matcher.quoteReplacement(fill(hole.group(1), count, operand, node.attributes())));
        }
        return hole.appendTail(out).toString();
    }

    private static String fill(String hole, int count, IntFunction<String> operand, Attributes attributes) {
        if (hole.equals("*")) {
            return operands(0, count, operand);
        }
        Matcher numbered = NUMBERED.matcher(hole);
        if (numbered.matches()) {
            int index = Integer.parseInt(numbered.group(1));
            if ("..".equals(numbered.group(2))) {
                return operands(index, count, operand);
            }
            return index < count || numbered.group(2) == null ? operand.apply(index) : "None";
        }
        if (hole.equals("shape:free")) {
            return free(attributes.shape("shape"));
        }
        if (hole.endsWith(":count")) {
            return size(attributes.shape(hole.substring(0, hole.length() - 6)).count());
        }
        return literal(attributes.find(hole));
    }

    private static String operands(int from, int to, IntFunction<String> operand) {
        return IntStream.range(from, to).mapToObj(operand).collect(Collectors.joining(", "));
    }

    static String literal(@Nullable Object value) {
        if (value == null) {
            return "None";
        }
        if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        }
        if (value instanceof Double number) {
            return real(number);
        }
        if (value instanceof DType dtype) {
            return Integer.toString(dtype.code());
        }
        if (value instanceof String text) {
            return "\"" + text + "\"";
        }
        if (value instanceof Shape shape) {
            return LongStream.of(shape.sizes()).mapToObj(Values::size).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Values::literal).collect(Collectors.joining(", ", "[", "]"));
        }
        return value.toString();
    }

    static String real(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("a constant must be finite, got " + value);
        }
        return Double.toString(value).toLowerCase(Locale.ROOT);
    }

    private static String size(long size) {
        return size > 0 ? Long.toString(size) : size == -1 ? BATCH : "torch.mul(" + BATCH + ", " + -size + ")";
    }

    /** A shape whose one batch size libtorch works out by itself. */
    private static String free(Shape shape) {
        long unknown = LongStream.of(shape.sizes()).filter(size -> size < 0).count();
        return unknown > 1
                ? literal(shape)
                : LongStream.of(shape.sizes())
                        .mapToObj(size -> Long.toString(Math.max(size, -1)))
                        .collect(Collectors.joining(", ", "[", "]"));
    }
}
