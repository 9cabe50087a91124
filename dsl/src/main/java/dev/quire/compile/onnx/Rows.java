package dev.quire.compile.onnx;

import dev.quire.graph.BlockedOps;
import dev.quire.graph.LossOps;
import dev.quire.graph.Node;
import dev.quire.graph.Op;
import dev.quire.graph.Ops;
import dev.quire.graph.RandomOps;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How every op is printed, or why it is not. To add an op, add a row to the family it belongs to. */
final class Rows {
    private static final String RANDOM = "it draws at random, and would answer otherwise each time";
    private static final String PREDICTION = "add it where scope.training()";

    private static final Map<Op, Row> ALL = all();

    private Rows() {}

    /** The ops there is a row for. */
    static java.util.Set<Op> ops() {
        return ALL.keySet();
    }

    static Row of(Node node) {
        Row row = ALL.get(node.op());
        if (row == null) {
            throw Refusals.of(node, "nobody has said how it is printed", "use other ops, or export to TorchScript");
        }
        return row;
    }

    private static Map<Op, Row> all() {
        Map<Op, Row> rows = new HashMap<>();
        for (Map<Op, Row> family : List.of(
                ArithmeticRows.ROWS,
                ActivationRows.ROWS,
                LinearRows.ROWS,
                PoolingRows.ROWS,
                NormalizationRows.ROWS,
                ShapingRows.ROWS,
                SequenceRows.ROWS,
                RecurrentRows.ROWS)) {
            rows.putAll(family);
        }
        for (Op op : List.of(
                RandomOps.DROPOUT, RandomOps.UNIFORM, RandomOps.NORMAL, RandomOps.PERMUTATION, RandomOps.BETA)) {
            add(rows, Row.refused(op, RANDOM, PREDICTION));
        }
        for (Op op : List.of(
                LossOps.NLL,
                LossOps.CROSS_ENTROPY,
                LossOps.HUBER,
                LossOps.SMOOTH_L1,
                LossOps.BINARY_CROSS_ENTROPY,
                LossOps.KL_DIVERGENCE)) {
            add(rows, Row.refused(op, "it is a loss", PREDICTION));
        }
        for (Op op : List.of(BlockedOps.TO_BLOCKED, BlockedOps.FROM_BLOCKED, BlockedOps.BLOCKED_MAX_POOL)) {
            add(rows, Row.refused(op, "it is of libtorch's own layout", "export the graph without rewrites"));
        }
        Ops.all().stream()
                .filter(op -> op.name().endsWith("_backward"))
                .forEach(op -> add(rows, Row.refused(op, "it is part of a gradient", PREDICTION)));
        add(rows, Row.refused(Ops.TORCH_GRAD, "it is a gradient", PREDICTION));
        return Map.copyOf(rows);
    }

    private static void add(Map<Op, Row> rows, Map.Entry<Op, Row> row) {
        rows.put(row.getKey(), row.getValue());
    }
}
