package dev.quire.graph;

import java.util.List;
import java.util.stream.Stream;

/** The op table: its leaves, and all rows. To add an op, add a row to the family it belongs to. */
public final class Ops {
    /** Passed in at each call. */
    public static final Op INPUT = leaf("input");
    /** Trained. */
    public static final Op PARAMETER = leaf("parameter");
    /** Kept with the parameters. */
    public static final Op BUFFER = leaf("buffer");
    /** What {@code torch.grad} gives for a node whose op has no gradient rule; see {@link Gradients}. */
    public static final Op TORCH_GRAD = leaf("torch_grad").kind(Op.Kind.PURE);

    private Ops() {}

    private static Op leaf(String name) {
        return Op.many(
                        name,
                        (inputs, attributes) -> {
                            throw new IllegalStateException(name + " is added by the graph builder alone");
                        },
                        "")
                .kind(Op.Kind.LEAF);
    }

    /** Every row that is printed as a call. */
    public static List<Op> all() {
        return Stream.of(
                        ArithmeticOps.ROWS,
                        ActivationOps.ROWS,
                        LinearOps.ROWS,
                        ConvolutionOps.ROWS,
                        BlockedOps.ROWS,
                        PoolingOps.ROWS,
                        NormalizationOps.ROWS,
                        ShapingOps.ROWS,
                        ImageOps.ROWS,
                        ReductionOps.ROWS,
                        RandomOps.ROWS,
                        SequenceOps.ROWS,
                        LossOps.ROWS)
                .flatMap(List::stream)
                .toList();
    }
}
