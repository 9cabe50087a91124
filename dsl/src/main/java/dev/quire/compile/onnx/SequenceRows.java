package dev.quire.compile.onnx;

import dev.quire.graph.DType;
import dev.quire.graph.Op;
import dev.quire.graph.SequenceOps;
import dev.quire.graph.Shape;
import java.util.List;
import java.util.Map;

/** How embedding and attention are printed. */
final class SequenceRows {
    static final Map<Op, Row> ROWS = Map.ofEntries(
            Row.of(SequenceOps.EMBEDDING, "Gather", Map.of("axis", 0L)),
            Row.of(SequenceOps.ONE_HOT, SequenceRows::oneHot),
            Row.of(SequenceOps.ATTENTION, SequenceRows::attention),
            Row.of(SequenceOps.FLASH_ATTENTION, SequenceRows::attention));

    private SequenceRows() {}

    private static String oneHot(Call call) {
        String depth = call.out()
                .constant(DType.INT64, List.of(), (double) call.attributes().integer("classes"));
        return call.add("OneHot", Map.of("axis", -1L), call.operand(0), depth, call.longs(0, 1));
    }

    private static String attention(Call call) {
        if (call.attributes().find("dropout") instanceof Double rate && rate > 0) {
            throw call.refusal("it drops attention, as training does", "build the network for prediction");
        }
        Shape query = call.shape(0);
        String scaled = call.add("Mul", call.operand(0), call.number(1 / Math.sqrt((double) query.size(-1))));
        String keys = call.add("Transpose", Map.of("perm", List.of(0L, 1L, 3L, 2L)), call.operand(1));
        String scores = call.add("MatMul", scaled, keys);
        if (call.attributes().flag("causal")) {
            scores = call.add(
                    "Add", scores, call.out().mask(query.size(2), call.shape(1).size(2)));
        }
        if (call.node().inputs().size() > 3) {
            scores = call.add("Add", scores, call.operand(3));
        }
        return call.add("MatMul", call.add("Softmax", Map.of("axis", -1L), scores), call.operand(2));
    }
}
