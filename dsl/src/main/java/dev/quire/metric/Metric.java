package dev.quire.metric;

import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;

/**
 * Something measured beside the loss, accumulated on the device: summed over predictions in the program, divided by
 * their number when it is reported.
 *
 * @param name its column in the history
 * @param sum the sum over the predictions of a batch, from output and target: one number
 */
public record Metric(String name, Sum sum) {
    /** The formula of a metric. */
    @FunctionalInterface
    public interface Sum {
        Tensor apply(Tensor output, Tensor target);
    }

    /** The part of predictions whose largest logit is that of the target; of one logit, whose side of 0 is right. */
    public static Metric accuracy() {
        return new Metric("accuracy", Metric::correct);
    }

    /** The mean absolute error. */
    public static Metric meanAbsoluteError() {
        return new Metric(
                "mae",
                (output, target) -> output.sub(target.reshape(output.shape()).cast(output.dtype()))
                        .abs()
                        .sum());
    }

    private static Tensor correct(Tensor output, Tensor target) {
        long predictions = target.shape().count();
        if (target.dtype() == DType.INT64 && output.shape().count() != predictions) {
            boolean last = output.shape().count() / output.size(-1) == predictions;
            return output.argmax(last ? -1 : 1)
                    .reshape(Shape.of(predictions))
                    .eq(target.reshape(Shape.of(predictions)))
                    .sum();
        }
        return output.greater(0)
                .eq(target.reshape(output.shape()).cast(DType.FLOAT32).greater(0.5))
                .sum();
    }
}
