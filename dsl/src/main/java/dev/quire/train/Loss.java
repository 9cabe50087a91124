package dev.quire.train;

import dev.quire.QuireException;
import dev.quire.graph.Attributes;
import dev.quire.graph.DType;
import dev.quire.graph.LossOps;
import dev.quire.graph.Op;
import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What training makes small: one number from the outputs of a network and the target, the mean over the batch. Formulas
 * and defaults are those of {@code torch.nn}.
 */
public interface Loss extends Option {
    /** What reports call it, and a part of a run's name. */
    String name();

    /** Adds the loss to a graph; a scalar. */
    Tensor apply(Scope scope, Tensor output, Tensor target);

    @Override
    default TrainingSpec applyTo(TrainingSpec spec) {
        return spec.loss(this);
    }

    /**
     * Cross entropy of logits {@code [N, classes, ...]} against class numbers {@code [N, ...]}; sequences may also be
     * {@code [N, length, classes]}.
     *
     * @param labelSmoothing at least 0 and less than 1
     * @param weights one for each class, or empty
     * @param ignore the class number that does not count
     */
    record CrossEntropy(double labelSmoothing, List<Double> weights, long ignore) implements Loss {
        /** The class number that PyTorch leaves out by default. */
        public static final long IGNORE = -100;

        public CrossEntropy {
            weights = List.copyOf(weights);
            if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
                throw new QuireException("labelSmoothing must be at least 0 and less than 1, got " + labelSmoothing);
            }
        }

        /** No smoothing, no weights. */
        public static CrossEntropy plain() {
            return new CrossEntropy(0, List.of(), IGNORE);
        }

        /** The cross entropy of a specification, or a plain one when none has been said. */
        public static CrossEntropy of(TrainingSpec spec) {
            return spec.loss()
                    .map(loss -> loss instanceof CrossEntropy known ? known : refuse(loss))
                    .orElseGet(CrossEntropy::plain);
        }

        private static CrossEntropy refuse(Loss other) {
            throw new QuireException("label smoothing, class weights and an ignored class belong to crossEntropy(),"
                    + " the loss is " + other.name() + "(): leave one of them out");
        }

        public CrossEntropy labelSmoothing(double smoothing) {
            return new CrossEntropy(smoothing, weights, ignore);
        }

        public CrossEntropy weights(List<Double> other) {
            return new CrossEntropy(labelSmoothing, other, ignore);
        }

        public CrossEntropy ignore(long classNumber) {
            return new CrossEntropy(labelSmoothing, weights, classNumber);
        }

        @Override
        public String name() {
            return "crossEntropy";
        }

        @Override
        public Tensor apply(Scope scope, Tensor output, Tensor target) {
            Tensor rows = rows(output, target);
            long classes = rows.size(1);
            List<Tensor> more = new ArrayList<>(List.of(target.reshape(Shape.of(rows.size(0)))));
            if (!weights.isEmpty()) {
                if (weights.size() != classes) {
                    throw new ShapeException("classWeights gives " + weights.size() + " weights, the network has "
                            + classes + " classes: give one for each");
                }
                more.add(scope.constant(weights, classes));
            }
            Attributes attributes = Attributes.of("ignore", ignore).with("smoothing", labelSmoothing);
            return labelSmoothing == 0
                    ? rows.logSoftmax(1).with(LossOps.NLL, attributes, more.toArray(Tensor[]::new))
                    : rows.with(LossOps.CROSS_ENTROPY, attributes, more.toArray(Tensor[]::new));
        }
    }

    /** Negative log likelihood of log probabilities {@code [N, classes]}. */
    record NegativeLogLikelihood() implements Loss {
        @Override
        public String name() {
            return "nll";
        }

        @Override
        public Tensor apply(Scope scope, Tensor output, Tensor target) {
            Tensor rows = rows(output, target);
            return rows.with(
                    LossOps.NLL, Attributes.of("ignore", CrossEntropy.IGNORE), target.reshape(Shape.of(rows.size(0))));
        }
    }

    /** The mean squared error. */
    record MeanSquared() implements Loss {
        @Override
        public String name() {
            return "mse";
        }

        @Override
        public Tensor apply(Scope scope, Tensor output, Tensor target) {
            return difference("mse", output, target).square().mean();
        }
    }

    /** The mean absolute error. */
    record MeanAbsolute() implements Loss {
        @Override
        public String name() {
            return "l1";
        }

        @Override
        public Tensor apply(Scope scope, Tensor output, Tensor target) {
            return difference("l1", output, target).abs().mean();
        }
    }

    /** Squared below {@code delta}, in a line above it (Huber 1964). */
    record Huber(double delta) implements Loss {
        public Huber {
            positive("huber", "delta", delta);
        }

        @Override
        public String name() {
            return "huber";
        }

        @Override
        public Tensor apply(Scope scope, Tensor output, Tensor target) {
            return pair("huber", LossOps.HUBER, Attributes.of("delta", delta), output, target);
        }
    }

    /** Huber's loss divided by {@code beta}. */
    record SmoothL1(double beta) implements Loss {
        public SmoothL1 {
            positive("smoothL1", "beta", beta);
        }

        @Override
        public String name() {
            return "smoothL1";
        }

        @Override
        public Tensor apply(Scope scope, Tensor output, Tensor target) {
            return pair("smoothL1", LossOps.SMOOTH_L1, Attributes.of("beta", beta), output, target);
        }
    }

    /** Binary cross entropy of logits against targets from 0 to 1. */
    record BinaryCrossEntropy() implements Loss {
        @Override
        public String name() {
            return "bce";
        }

        @Override
        public Tensor apply(Scope scope, Tensor output, Tensor target) {
            return pair("bce", LossOps.BINARY_CROSS_ENTROPY, Attributes.NONE, output, target);
        }
    }

    /** Kullback-Leibler divergence of log probabilities from target probabilities, summed and divided by the batch. */
    record KullbackLeibler() implements Loss {
        @Override
        public String name() {
            return "kl";
        }

        @Override
        public Tensor apply(Scope scope, Tensor output, Tensor target) {
            return pair("kl", LossOps.KL_DIVERGENCE, Attributes.NONE, output, target);
        }
    }

    /** A loss of one's own. */
    record Custom(String name, Function function) implements Loss {
        @Override
        public Tensor apply(Scope scope, Tensor output, Tensor target) {
            return function.apply(output, target);
        }
    }

    /** The formula of a loss of one's own. */
    @FunctionalInterface
    interface Function {
        /** One number from the output and the target: end it with {@code mean()}. */
        Tensor apply(Tensor output, Tensor target);
    }

    private static Tensor pair(String loss, Op op, Attributes attributes, Tensor output, Tensor target) {
        return output.with(op, attributes, matched(loss, output, target));
    }

    private static Tensor difference(String loss, Tensor output, Tensor target) {
        return output.sub(matched(loss, output, target));
    }

    /** The target in the type and shape of the output; a last size of 1 may be left out. */
    private static Tensor matched(String loss, Tensor output, Tensor target) {
        if (output.shape().count() != target.shape().count()) {
            throw new ShapeException(loss + ": the network gives shape "
                    + output.shape().unbatched() + ", the target has shape "
                    + target.shape().unbatched() + ": they must be the same");
        }
        return target.reshape(output.shape()).cast(output.dtype());
    }

    /** Logits as {@code [predictions, classes]}. */
    private static Tensor rows(Tensor output, Tensor target) {
        if (target.dtype() != DType.INT64) {
            throw new ShapeException("cross entropy needs class numbers as the target, got " + target.type()
                    + ": use mse() for numbers");
        }
        int rank = output.shape().rank();
        if (rank == 2) {
            return output;
        }
        if (rank < 2) {
            throw new ShapeException("cross entropy needs one logit for each class, got shape " + output.shape());
        }
        boolean last =
                output.shape().count() / output.size(-1) == target.shape().count();
        boolean second =
                output.shape().count() / output.size(1) == target.shape().count();
        if (!last && !second) {
            throw new ShapeException("cross entropy: the network gives shape "
                    + output.shape().unbatched() + ", the target has shape "
                    + target.shape().unbatched() + ": one axis too many must hold the classes");
        }
        Tensor classesLast = last ? output : output.permute(classesLast(rank));
        return classesLast.reshape(Shape.of(target.shape().count(), classesLast.size(-1)));
    }

    private static int[] classesLast(int rank) {
        int[] axes = new int[rank];
        for (int i = 1; i < rank - 1; i++) {
            axes[i] = i + 1;
        }
        axes[rank - 1] = 1;
        return axes;
    }

    private static void positive(String loss, String argument, double value) {
        if (!(value > 0)) {
            throw new QuireException(loss + ": " + argument + " must be more than 0, got " + value);
        }
    }
}
