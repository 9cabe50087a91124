package dev.quire.model;

import dev.quire.graph.ArithmeticOps;
import dev.quire.graph.Attributes;
import dev.quire.graph.DType;
import dev.quire.graph.Init;
import dev.quire.graph.NormalizationOps;
import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.List;

/**
 * Batch normalisation of each channel (axis 1), Ioffe and Szegedy 2015: by the batch's own mean and variance in
 * training, by running ones otherwise. Input and output {@code [N, channels]}, {@code [N, channels, length]} or
 * {@code [N, channels, height, width]}. Parameters, buffers and defaults are those of PyTorch's {@code BatchNorm}. One
 * whose weight and bias are frozen goes by its running figures in training too, and leaves them as they are.
 *
 * @param momentum the share of a batch in the running figures, usually 0.1
 * @param eps added to the variance, usually 1e-5
 */
public record BatchNorm(double momentum, double eps) implements Unary {
    public BatchNorm {
        Check.share("batchNorm", "momentum", momentum);
        Check.positive("batchNorm", "eps", eps);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        int rank = input.shape().rank();
        if (rank < 2 || rank > 4) {
            throw new ShapeException("expects channels, and a length or height and width after them, got "
                    + input.shape().unbatched() + ": use layerNorm() for other shapes");
        }
        long channels = input.size(1);
        Tensor weight = scope.parameter("weight", Init.ones(), channels);
        Tensor bias = scope.parameter("bias", Init.zeros(), channels);
        Tensor mean = scope.buffer("running_mean", DType.FLOAT32, Init.zeros(), channels);
        Tensor variance = scope.buffer("running_var", DType.FLOAT32, Init.ones(), channels);
        Tensor batches = scope.buffer("num_batches_tracked", DType.INT64, Init.zeros());
        boolean learns = scope.training() && !(scope.isFrozen("weight") && scope.isFrozen("bias"));
        if (learns) {
            scope.add(ArithmeticOps.COUNT, Attributes.NONE, batches);
        }
        Attributes attributes =
                Attributes.of("training", learns).with("momentum", momentum).with("eps", eps);
        return scope.node(NormalizationOps.BATCH_NORM, attributes, List.of(input, weight, bias, mean, variance))
                .output(0);
    }

    @Override
    public String toString() {
        return momentum == 0.1 && eps == 1e-5 ? "batchNorm()" : "batchNorm(" + momentum + ", " + eps + ")";
    }
}
