package dev.quire.compile.torchscript;

import dev.quire.graph.Node;
import java.util.function.IntFunction;

/** Fills the templates of the op table, for other printers that write calls like them. */
public final class Calls {
    /** The name of the batch size in what is printed. */
    public static final String BATCH = Values.BATCH;

    private Calls() {}

    /**
     * A template with operands and attributes in place, as {@link dev.quire.graph.Op} says.
     *
     * @param operand the name of an operand by its number
     */
    public static String of(String template, Node node, IntFunction<String> operand) {
        return Values.call(template, node, operand);
    }
}
