package dev.quire.compile.onnx;

import dev.quire.graph.ArithmeticOps;
import dev.quire.graph.DType;
import dev.quire.graph.Op;
import dev.quire.graph.Shape;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** How arithmetic and comparison are printed. */
final class ArithmeticRows {
    static final Map<Op, Row> ROWS = Map.ofEntries(
            Row.of(ArithmeticOps.ADD, "Add"),
            Row.of(ArithmeticOps.SUBTRACT, "Sub"),
            Row.of(ArithmeticOps.MULTIPLY, "Mul"),
            Row.of(ArithmeticOps.DIVIDE, "Div"),
            Row.of(ArithmeticOps.SHIFT, call -> withValue(call, "Add")),
            Row.of(ArithmeticOps.SCALE, call -> withValue(call, "Mul")),
            Row.of(ArithmeticOps.POWER, call -> withValue(call, "Pow")),
            Row.of(ArithmeticOps.SQRT, "Sqrt"),
            Row.of(ArithmeticOps.EXP, "Exp"),
            Row.of(ArithmeticOps.LOG, "Log"),
            Row.of(ArithmeticOps.SIGN, "Sign"),
            Row.of(ArithmeticOps.ABS, "Abs"),
            Row.of(ArithmeticOps.SIN, "Sin"),
            Row.of(ArithmeticOps.COS, "Cos"),
            Row.of(ArithmeticOps.MAXIMUM, "Max"),
            Row.of(ArithmeticOps.MINIMUM, "Min"),
            Row.of(ArithmeticOps.CLAMP, call -> clip(call, real(call, "low"), real(call, "high"))),
            Row.of(ArithmeticOps.EQUAL, "Equal"),
            Row.of(ArithmeticOps.GREATER, call -> withValue(call, "Greater")),
            Row.of(ArithmeticOps.LESS, call -> withValue(call, "Less")),
            Row.of(ArithmeticOps.WHERE, "Where"),
            Row.of(
                    ArithmeticOps.CAST,
                    call -> cast(call, call.operand(0), call.attributes().dtype("dtype"))),
            Row.of(ArithmeticOps.FULL, ArithmeticRows::full),
            Row.of(ArithmeticOps.CONSTANT, ArithmeticRows::constant),
            Row.refused(
                    ArithmeticOps.COUNT, "it changes a buffer, which training does", "add it where scope.training()"));

    private ArithmeticRows() {}

    static String cast(Call call, String value, DType dtype) {
        return call.add("Cast", Map.of("to", (long) Proto.type(dtype)), value);
    }

    static String clip(Call call, double low, double high) {
        return call.add("Clip", call.operand(0), call.number(low), call.number(high));
    }

    private static double real(Call call, String name) {
        return call.attributes().real(name);
    }

    private static String withValue(Call call, String type) {
        return call.add(type, call.operand(0), call.number(real(call, "value")));
    }

    private static String full(Call call) {
        Shape shape = call.attributes().shape("shape");
        String value = call.out()
                .constant(
                        call.attributes().dtype("dtype"),
                        List.of(),
                        call.attributes().real("value"));
        return shape.rank() == 0 ? value : call.add("Expand", value, call.out().shape(shape));
    }

    private static String constant(Call call) {
        double[] values = ((List<?>) call.attributes().values().getOrDefault("values", List.of()))
                .stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
        List<Long> sizes =
                LongStream.of(call.attributes().shape("shape").sizes()).boxed().toList();
        return call.out().constant(call.attributes().dtype("dtype"), sizes, values);
    }
}
