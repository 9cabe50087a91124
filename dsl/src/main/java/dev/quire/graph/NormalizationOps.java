package dev.quire.graph;

import java.util.Arrays;
import java.util.List;

/** Batch, layer and group normalisation. */
public final class NormalizationOps {
    public static final Op BATCH_NORM_BACKWARD = Op.many(
            "batch_norm_backward",
            (inputs, attributes) -> List.of(inputs.get(1), inputs.get(2), inputs.get(2)),
            "torch.native_batch_norm_backward({0}, {1}, {2}, {3}, {4}, {5}, {6}, {training}, {eps}, {mask})");
    /** Operands: input, weight, bias, running mean and variance, which change in training. */
    public static final Op BATCH_NORM = Op.many(
                    "batch_norm",
                    (inputs, attributes) -> List.of(inputs.get(0), inputs.get(3), inputs.get(3)),
                    "torch.native_batch_norm({0}, {1}, {2}, {3}, {4}, {training}, {momentum}, {eps})")
            .kind(Op.Kind.EFFECT)
            .gradient(b -> {
                Node back = b.node()
                        .builder()
                        .node(
                                BATCH_NORM_BACKWARD,
                                b.attributes().with("mask", List.of(b.needs(0), b.needs(1), b.needs(2))),
                                List.of(
                                        b.gradient(),
                                        b.input(0),
                                        b.input(1),
                                        b.input(3),
                                        b.input(4),
                                        b.output(1),
                                        b.output(2)));
                return Arrays.asList(back.output(0), back.output(1), back.output(2), null, null);
            });

    public static final Op LAYER_NORM_BACKWARD = Op.many(
            "layer_norm_backward",
            (inputs, attributes) -> List.of(inputs.get(1), inputs.get(4), inputs.get(5)),
            "torch.native_layer_norm_backward({0}, {1}, {sizes}, {2}, {3}, {4}, {5}, {mask})");
    /** Operands: input, weight, bias. */
    public static final Op LAYER_NORM = Op.many(
                    "layer_norm",
                    (inputs, attributes) -> {
                        TensorType input = inputs.get(0);
                        Shape shape = input.shape();
                        for (int i = 1; i <= attributes.integers("sizes").size(); i++) {
                            shape = shape.with(-i, 1);
                        }
                        TensorType statistics = new TensorType(DType.FLOAT32, shape);
                        return List.of(input, statistics, statistics);
                    },
                    "torch.native_layer_norm({0}, {sizes}, {1}, {2}, {eps})")
            .gradient(b -> {
                Node back = b.node()
                        .builder()
                        .node(
                                LAYER_NORM_BACKWARD,
                                b.attributes().with("mask", List.of(b.needs(0), b.needs(1), b.needs(2))),
                                List.of(b.gradient(), b.input(0), b.output(1), b.output(2), b.input(1), b.input(2)));
                return Arrays.asList(back.output(0), back.output(1), back.output(2));
            });

    public static final Op GROUP_NORM_BACKWARD = Op.many(
            "group_norm_backward",
            (inputs, attributes) -> List.of(inputs.get(1), inputs.get(4), inputs.get(4)),
            "torch.native_group_norm_backward(torch.contiguous({0}), torch.contiguous({1}), {2}, {3}, {4},"
                    + " torch.size({1}, 0), {channels}, {places}, {groups}, {mask})");
    /** Operands: input, weight, bias. */
    public static final Op GROUP_NORM = Op.many(
                    "group_norm",
                    (inputs, attributes) -> {
                        Shape statistics = Shape.of(inputs.get(0).shape().size(0), attributes.integer("groups"));
                        TensorType type = new TensorType(DType.FLOAT32, statistics);
                        return List.of(inputs.get(0), type, type);
                    },
                    "torch.native_group_norm(torch.contiguous({0}), {1}, {2}, torch.size({0}, 0), {channels}, {places},"
                            + " {groups}, {eps})")
            .gradient(b -> {
                Node back = b.node()
                        .builder()
                        .node(
                                GROUP_NORM_BACKWARD,
                                b.attributes().with("mask", List.of(b.needs(0), b.needs(1), b.needs(2))),
                                List.of(b.gradient(), b.input(0), b.output(1), b.output(2), b.input(1)));
                return Arrays.asList(back.output(0), back.output(1), back.output(2));
            });

    static final List<Op> ROWS =
            List.of(BATCH_NORM, BATCH_NORM_BACKWARD, LAYER_NORM, LAYER_NORM_BACKWARD, GROUP_NORM, GROUP_NORM_BACKWARD);

    private NormalizationOps() {}
}
