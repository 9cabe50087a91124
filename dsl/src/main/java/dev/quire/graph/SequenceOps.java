package dev.quire.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Embedding, attention and recurrence. */
public final class SequenceOps {
    public static final Op EMBEDDING_BACKWARD = Op.of(
            "embedding_backward",
            (inputs, attributes) -> inputs.get(0)
                    .with(Shape.of(
                            attributes.integer("count"), inputs.get(0).shape().size(-1))),
            "torch.embedding_dense_backward({0}, {1}, {count}, -1, False)");
    /** Operands: the table {@code [count, units]}, and 64-bit numbers of rows. */
    public static final Op EMBEDDING = Op.of(
                    "embedding",
                    (inputs, attributes) -> {
                        long[] sizes = inputs.get(1).shape().sizes();
                        long[] out = Arrays.copyOf(sizes, sizes.length + 1);
                        out[sizes.length] = inputs.get(0).shape().size(1);
                        return inputs.get(0).with(Shape.of(out));
                    },
                    "torch.embedding({0}, {1})")
            .gradient(b -> Arrays.asList(
                    b.gradient()
                            .with(
                                    EMBEDDING_BACKWARD,
                                    Attributes.of("count", b.input(0).size(0)),
                                    b.input(1)),
                    null));

    /** Class numbers as rows of 64-bit zeros with a one in their place. */
    public static final Op ONE_HOT = Op.of(
            "one_hot",
            (inputs, attributes) -> {
                long[] sizes = inputs.get(0).shape().sizes();
                long[] out = Arrays.copyOf(sizes, sizes.length + 1);
                out[sizes.length] = attributes.integer("classes");
                return inputs.get(0).with(Shape.of(out));
            },
            "torch.one_hot({0}, {classes})");

    /** Scaled dot product attention over {@code [N, heads, length, units]}: query, key, value; and
     * what is added to the scores of each place, {@code [N, 1, 1, length]}, where some are masked. */
    public static final Op ATTENTION = Op.of(
            "attention",
            SequenceOps::attended,
            "torch.scaled_dot_product_attention({0}, {1}, {2}, {3?}, {dropout}, {causal})");

    public static final Op FLASH_ATTENTION_BACKWARD = Op.many(
            "flash_attention_backward",
            (inputs, attributes) -> List.of(inputs.get(1), inputs.get(2), inputs.get(3)),
            "torch._scaled_dot_product_flash_attention_for_cpu_backward({0}, {1}, {2}, {3}, {4}, {5}, 0., {causal},"
                    + " attn_mask={6?})");
    /** {@link #ATTENTION} without dropout as one fused kernel of the processor; and what its gradient needs. */
    public static final Op FLASH_ATTENTION = Op.many(
                    "flash_attention",
                    (inputs, attributes) -> {
                        TensorType out = attended(inputs, attributes);
                        return List.of(
                                out,
                                new TensorType(
                                        DType.FLOAT32,
                                        Shape.of(Arrays.copyOf(out.shape().sizes(), 3))));
                    },
                    "torch._scaled_dot_product_flash_attention_for_cpu({0}, {1}, {2}, 0., {causal}, attn_mask={3?})")
            .gradient(b -> {
                List<Tensor> operands = new ArrayList<>(
                        List.of(b.gradient(), b.input(0), b.input(1), b.input(2), b.output(0), b.output(1)));
                int given = b.node().inputs().size();
                operands.addAll(b.node().inputs().subList(3, given));
                Node back = b.node().builder().node(FLASH_ATTENTION_BACKWARD, b.attributes(), operands);
                List<@Nullable Tensor> out = new ArrayList<>(back.outputs());
                if (given > 3) {
                    // A mask comes of tokens
                    out.add(null);
                }
                return out;
            });

    /** Operands: input {@code [N, length, in]}, initial states, then the weights in PyTorch's order. */
    public static final Op LSTM = Op.many(
            "lstm",
            (inputs, attributes) -> List.of(recurrent(inputs, attributes), inputs.get(1), inputs.get(2)),
            "torch.lstm({0}, [{1}, {2}], [{3..}], True, {layers}, {dropout}, {training}, {bidirectional}, True)");
    /** Operands: input {@code [N, length, in]}, initial state, then the weights in PyTorch's order. */
    public static final Op GRU = Op.many(
            "gru",
            (inputs, attributes) -> List.of(recurrent(inputs, attributes), inputs.get(1)),
            "torch.gru({0}, {1}, [{2..}], True, {layers}, {dropout}, {training}, {bidirectional}, True)");

    static final List<Op> ROWS = List.of(
            EMBEDDING, EMBEDDING_BACKWARD, ONE_HOT, ATTENTION, FLASH_ATTENTION, FLASH_ATTENTION_BACKWARD, LSTM, GRU);

    private SequenceOps() {}

    private static TensorType attended(List<TensorType> inputs, Attributes attributes) {
        for (TensorType input : inputs) {
            Types.rank(input, 4, "heads, length and units");
        }
        return inputs.get(0)
                .with(inputs.get(0).shape().with(-1, inputs.get(2).shape().size(-1)));
    }

    private static TensorType recurrent(List<TensorType> inputs, Attributes attributes) {
        List<Long> sizes = new ArrayList<>();
        sizes.add(inputs.get(0).shape().size(0));
        sizes.add(inputs.get(0).shape().size(1));
        sizes.add(attributes.integer("units") * (attributes.flag("bidirectional") ? 2 : 1));
        return inputs.get(0)
                .with(Shape.of(sizes.stream().mapToLong(Long::longValue).toArray()));
    }
}
