package dev.quire.compile.onnx;

import dev.quire.graph.Attributes;
import dev.quire.graph.ImageOps;
import dev.quire.graph.Op;
import dev.quire.graph.ReductionOps;
import dev.quire.graph.Shape;
import dev.quire.graph.ShapingOps;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How ops that move elements, and those that reduce axes, are printed. */
final class ShapingRows {
    static final Map<Op, Row> ROWS = rows();

    private ShapingRows() {}

    private static Map<Op, Row> rows() {
        Map<Op, Row> rows = new HashMap<>(Map.ofEntries(
                Row.of(
                        ShapingOps.RESHAPE,
                        call -> call.reshape(call.operand(0), call.result().shape())),
                Row.of(
                        ShapingOps.PERMUTE,
                        call -> call.add(
                                "Transpose", Map.of("perm", call.attributes().integers("axes")), call.operand(0))),
                Row.of(ShapingOps.EXPAND, ShapingRows::expand),
                Row.of(ShapingOps.PAD, ShapingRows::pad),
                Row.of(ShapingOps.TAKE, "Gather", Map.of("axis", 0L)),
                Row.of(
                        ShapingOps.SLICE,
                        call -> slice(
                                call,
                                call.operand(0),
                                call.attributes().integer("axis"),
                                call.attributes().integer("from"),
                                call.attributes().integer("to"))),
                Row.of(ShapingOps.CONCAT, ShapingRows::concat),
                Row.of(ShapingOps.FLIP, ShapingRows::flip),
                Row.of(
                        ShapingOps.UPSAMPLE_NEAREST,
                        call -> resize(
                                call,
                                Map.of(
                                        "mode", "nearest",
                                        "coordinate_transformation_mode", "asymmetric",
                                        "nearest_mode", "floor"))),
                Row.of(
                        ShapingOps.UPSAMPLE_BILINEAR,
                        call -> resize(call, Map.of("mode", "linear", "coordinate_transformation_mode", "half_pixel"))),
                Row.of(ReductionOps.SUM, call -> reduced(call, "ReduceSum")),
                Row.of(ReductionOps.MEAN, call -> reduced(call, "ReduceMean")),
                Row.of(ReductionOps.MAX, ShapingRows::largest),
                Row.of(
                        ReductionOps.ARGMAX,
                        call -> call.add(
                                "ArgMax",
                                Map.of("axis", call.attributes().integer("axis"), "keepdims", 0L),
                                call.operand(0)))));
        rows.putAll(Map.ofEntries(
                Row.of(
                        ImageOps.AFFINE_GRID,
                        call -> call.add(
                                "AffineGrid",
                                Map.of("align_corners", 0L),
                                call.operand(0),
                                call.out().shape(call.attributes().shape("shape")))),
                Row.of(ImageOps.GRID_SAMPLE_NEAREST, call -> sample(call, "nearest")),
                Row.of(ImageOps.GRID_SAMPLE_BILINEAR, call -> sample(call, "linear"))));
        return rows;
    }

    private static String expand(Call call) {
        Shape from = call.shape(0);
        Shape to = call.result().shape();
        // Where the value has the batch already there is nothing to stretch to.
        for (int i = 1; i <= from.rank(); i++) {
            if (from.size(-i) == to.size(-i)) {
                to = to.with(-i, 1);
            }
        }
        return call.add("Expand", call.operand(0), call.out().shape(to));
    }

    /** Amounts stand from the last axis to the first, before and after each; ONNX has all before, then all after. */
    private static String pad(Call call) {
        Attributes attributes = call.attributes();
        List<Long> amounts = attributes.integers("amounts");
        int rank = call.shape(0).rank();
        long[] pads = new long[2 * rank];
        for (int i = 0; i < amounts.size() / 2; i++) {
            pads[rank - 1 - i] = amounts.get(2 * i);
            pads[2 * rank - 1 - i] = amounts.get(2 * i + 1);
        }
        return call.add("Pad", call.operand(0), call.longs(pads), call.number(attributes.real("value")));
    }

    static String slice(Call call, String value, long axis, long from, long to) {
        return call.add("Slice", value, call.longs(from), call.longs(to), call.longs(axis));
    }

    private static String concat(Call call) {
        return call.add(
                "Concat",
                Map.of("axis", call.attributes().integer("axis")),
                call.operands().toArray(String[]::new));
    }

    private static String flip(Call call) {
        List<Long> axes = call.attributes().integers("axes");
        long[] last = new long[axes.size()];
        Arrays.fill(last, -1);
        long[] beforeFirst = new long[axes.size()];
        Arrays.fill(beforeFirst, Long.MIN_VALUE);
        return call.add(
                "Slice",
                call.operand(0),
                call.longs(last),
                call.longs(beforeFirst),
                call.longs(axes),
                call.longs(last));
    }

    private static String resize(Call call, Map<String, Object> mode) {
        Map<String, Object> attributes = new HashMap<>(mode);
        attributes.put("axes", List.of(2L, 3L));
        return call.add(
                "Resize",
                attributes,
                call.operand(0),
                "",
                "",
                call.longs(call.attributes().integers("size")));
    }

    private static String reduced(Call call, String type) {
        boolean isTruth = !call.type(0).dtype().equals(call.result().dtype());
        String value = isTruth
                ? ArithmeticRows.cast(call, call.operand(0), call.result().dtype())
                : call.operand(0);
        Attributes attributes = call.attributes();
        return call.add(
                type,
                Map.of("keepdims", attributes.flag("keep") ? 1L : 0L),
                value,
                call.longs(attributes.integers("axes")));
    }

    private static String largest(Call call) {
        Attributes attributes = call.attributes();
        return call.add(
                "ReduceMax",
                Map.of("keepdims", attributes.flag("keep") ? 1L : 0L),
                call.operand(0),
                call.longs(attributes.integer("axis")));
    }

    private static String sample(Call call, String mode) {
        return call.add(
                "GridSample",
                Map.of("mode", mode, "padding_mode", "zeros", "align_corners", 0L),
                call.operand(0),
                call.operand(1));
    }
}
