package dev.quire.graph;

import java.util.List;

/** Ops that draw from the random stream, which is seeded anew for each step. */
public final class RandomOps {
    public static final Op DROPOUT_BACKWARD =
            Op.of("dropout_backward", Types::same, "torch.native_dropout_backward({0}, {1}, {scale})");
    /** Elements dropped with a rate, the rest scaled up; and which were kept. */
    public static final Op DROPOUT = Op.many(
                    "dropout",
                    (inputs, attributes) -> List.of(inputs.get(0), inputs.get(0).with(DType.BOOL)),
                    "torch.native_dropout({0}, {rate}, True)")
            .kind(Op.Kind.RANDOM)
            .gradient(b -> List.of(b.gradient()
                    .with(
                            DROPOUT_BACKWARD,
                            Attributes.of("scale", 1 / (1 - b.attributes().real("rate"))),
                            b.output(1))));
    /** Uniform in [0, 1); no operands. */
    public static final Op UNIFORM = Op.of(
                    "uniform",
                    (inputs, attributes) -> new TensorType(DType.FLOAT32, attributes.shape("shape")),
                    "torch.rand({shape}, dtype=6, layout=None, device=place, pin_memory=None)")
            .kind(Op.Kind.RANDOM);
    /** Standard normal; no operands. */
    public static final Op NORMAL = Op.of(
                    "normal",
                    (inputs, attributes) -> new TensorType(DType.FLOAT32, attributes.shape("shape")),
                    "torch.randn({shape}, dtype=6, layout=None, device=place, pin_memory=None)")
            .kind(Op.Kind.RANDOM);

    /** The numbers of a batch in random order; no operands. */
    public static final Op PERMUTATION = Op.of(
                    "permutation",
                    (inputs, attributes) -> new TensorType(DType.INT64, attributes.shape("shape")),
                    "torch.argsort(torch.rand({shape}, dtype=6, layout=None, device=place, pin_memory=None), 0, False)")
            .kind(Op.Kind.RANDOM);
    /** One number from the distribution Beta(alpha, alpha); no operands. */
    public static final Op BETA = Op.of(
                    "beta",
                    (inputs, attributes) -> new TensorType(DType.FLOAT32, Shape.of()),
                    "torch.select(torch._sample_dirichlet(torch.full([2], {alpha}, dtype=6, layout=None, device=place,"
                            + " pin_memory=None), None), 0, 0)")
            .kind(Op.Kind.RANDOM);

    static final List<Op> ROWS = List.of(DROPOUT, DROPOUT_BACKWARD, UNIFORM, NORMAL, PERMUTATION, BETA);

    private RandomOps() {}
}
