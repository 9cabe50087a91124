package dev.quire.compile.onnx;

import dev.quire.graph.Op;
import java.util.List;
import java.util.Map;

/** How one op is printed: a row of the table. */
@FunctionalInterface
interface Row {
    /**
     * Prints a node.
     *
     * @return the names of its outputs, as many as there are in ONNX: the first, at least
     * @throws dev.quire.QuireException when there is no form for it
     */
    List<String> print(Call call);

    /** A row with one output. */
    static Map.Entry<Op, Row> of(Op op, One row) {
        return Map.entry(op, call -> List.of(row.print(call)));
    }

    /** A row that is one operator on the same operands. */
    static Map.Entry<Op, Row> of(Op op, String type) {
        return of(op, call -> call.add(type, call.operands().toArray(String[]::new)));
    }

    /** A row that is one operator with fixed attributes. */
    static Map.Entry<Op, Row> of(Op op, String type, Map<String, Object> attributes) {
        return of(op, call -> call.add(type, attributes, call.operands().toArray(String[]::new)));
    }

    /** A row with several outputs. */
    static Map.Entry<Op, Row> many(Op op, Row row) {
        return Map.entry(op, row);
    }

    /** A row that says why there is none, and what to do instead. */
    static Map.Entry<Op, Row> refused(Op op, String reason, String remedy) {
        return Map.entry(op, call -> {
            throw call.refusal(reason, remedy);
        });
    }

    /** Prints one output. */
    @FunctionalInterface
    interface One {
        String print(Call call);
    }
}
