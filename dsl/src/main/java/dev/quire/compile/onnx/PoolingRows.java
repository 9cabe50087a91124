package dev.quire.compile.onnx;

import dev.quire.graph.Attributes;
import dev.quire.graph.DType;
import dev.quire.graph.Op;
import dev.quire.graph.PoolingOps;
import dev.quire.graph.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How pooling is printed. Windows that hang over the end are told by padding, which every version reads alike. */
final class PoolingRows {
    static final Map<Op, Row> ROWS = Map.ofEntries(
            Row.of(PoolingOps.MAX_POOL, PoolingRows::largest),
            Row.of(PoolingOps.AVERAGE_POOL, PoolingRows::mean),
            Row.of(PoolingOps.ADAPTIVE_MAX_POOL, PoolingRows::adaptiveLargest),
            Row.of(PoolingOps.ADAPTIVE_AVERAGE_POOL, PoolingRows::adaptiveMean));

    private PoolingRows() {}

    private static long at(Call call, String name, int axis) {
        return call.attributes().integers(name).get(axis);
    }

    /** How far the last window reaches over the end of its axis, padding not counted. */
    private static long over(Call call, int axis) {
        long windows = call.result().shape().size(axis + 2);
        long end = (windows - 1) * at(call, "stride", axis) + at(call, "kernel", axis);
        return Math.max(0, end - call.shape(0).size(axis + 2) - 2 * at(call, "padding", axis));
    }

    private static Map<String, Object> window(Call call) {
        Attributes from = call.attributes();
        List<Long> padding = from.integers("padding");
        List<Long> pads = new ArrayList<>(padding);
        for (int i = 0; i < padding.size(); i++) {
            pads.add(padding.get(i) + over(call, i));
        }
        return Map.of("kernel_shape", from.integers("kernel"), "strides", from.integers("stride"), "pads", pads);
    }

    private static String largest(Call call) {
        return call.add("MaxPool", window(call), call.operand(0));
    }

    private static String mean(Call call) {
        boolean countsPadding = call.attributes().flag("count_padding");
        Map<String, Object> window = new java.util.HashMap<>(window(call));
        window.put("count_include_pad", countsPadding ? 1L : 0L);
        String mean = call.add("AveragePool", window, call.operand(0));
        boolean hangsOver = over(call, 0) > 0 || over(call, 1) > 0;
        return hangsOver && countsPadding ? call.add("Mul", mean, corrections(call)) : mean;
    }

    /** Padding counts in a mean, what hangs over it does not: by how much such means are too small. */
    private static String corrections(Call call) {
        Shape out = call.result().shape();
        double[] values = new double[Math.toIntExact(out.size(2) * out.size(3))];
        for (int y = 0; y < out.size(2); y++) {
            for (int x = 0; x < out.size(3); x++) {
                values[(int) (y * out.size(3) + x)] = correction(call, 0, y) * correction(call, 1, x);
            }
        }
        return call.out().constant(DType.FLOAT32, List.of(1L, 1L, out.size(2), out.size(3)), values);
    }

    private static double correction(Call call, int axis, long window) {
        long kernel = at(call, "kernel", axis);
        boolean isLast = window == call.result().shape().size(axis + 2) - 1;
        return (double) kernel / (kernel - (isLast ? over(call, axis) : 0));
    }

    private static boolean isEven(Call call, int axis) {
        return call.shape(0).size(axis) % call.result().shape().size(axis) == 0;
    }

    private static Map<String, Object> tiles(Call call) {
        List<Long> sizes = new ArrayList<>();
        for (int axis = 2; axis < 4; axis++) {
            sizes.add(call.shape(0).size(axis) / call.result().shape().size(axis));
        }
        return Map.of("kernel_shape", sizes, "strides", sizes);
    }

    private static String adaptiveMean(Call call) {
        if (isEven(call, 2) && isEven(call, 3)) {
            return call.add("AveragePool", tiles(call), call.operand(0));
        }
        String down = call.out().constant(DType.FLOAT32, List.of(to(call, 2), from(call, 2)), shares(call, 2, false));
        String across = call.out().constant(DType.FLOAT32, List.of(from(call, 3), to(call, 3)), shares(call, 3, true));
        return call.add("MatMul", call.add("MatMul", down, call.operand(0)), across);
    }

    private static long from(Call call, int axis) {
        return call.shape(0).size(axis);
    }

    private static long to(Call call, int axis) {
        return call.result().shape().size(axis);
    }

    /** The share of each place of an axis in each mean: windows of an even size or not, as libtorch chooses them. */
    private static double[] shares(Call call, int axis, boolean transposed) {
        int in = Math.toIntExact(from(call, axis));
        int out = Math.toIntExact(to(call, axis));
        double[] values = new double[in * out];
        for (int window = 0; window < out; window++) {
            int begin = Math.toIntExact(begin(call, axis, window));
            int end = Math.toIntExact(end(call, axis, window));
            for (int place = begin; place < end; place++) {
                values[transposed ? place * out + window : window * in + place] = 1.0 / (end - begin);
            }
        }
        return values;
    }

    private static long begin(Call call, int axis, long window) {
        return window * from(call, axis) / to(call, axis);
    }

    private static long end(Call call, int axis, long window) {
        return ((window + 1) * from(call, axis) + to(call, axis) - 1) / to(call, axis);
    }

    private static String adaptiveLargest(Call call) {
        if (isEven(call, 2) && isEven(call, 3)) {
            return call.add("MaxPool", tiles(call), call.operand(0));
        }
        return largestAlong(call, largestAlong(call, call.operand(0), 2), 3);
    }

    private static String largestAlong(Call call, String value, int axis) {
        String[] parts = new String[Math.toIntExact(to(call, axis))];
        Arrays.setAll(parts, window -> {
            String part = call.add(
                    "Slice",
                    value,
                    call.longs(begin(call, axis, window)),
                    call.longs(end(call, axis, window)),
                    call.longs(axis));
            return call.add("ReduceMax", Map.of("keepdims", 1L), part, call.longs(axis));
        });
        return parts.length == 1 ? parts[0] : call.add("Concat", Map.of("axis", (long) axis), parts);
    }
}
