package dev.quire.train;

import dev.quire.graph.Attributes;
import dev.quire.graph.DType;
import dev.quire.graph.RandomOps;
import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.ShapeException;
import dev.quire.graph.ShapingOps;
import dev.quire.graph.Tensor;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A batch mixed with itself in another order.
 *
 * @param input what the network sees
 * @param order the example that each was mixed with
 * @param weight how much of each example is its own, 0 to 1; the rest is of the other
 */
record Mix(Tensor input, Tensor order, Tensor weight) {
    static Mix of(Scope scope, SamplingRule.Mixing rule, Tensor plain) {
        Tensor input = plain.cast(DType.FLOAT32);
        Tensor order = scope.add(RandomOps.PERMUTATION, Attributes.of("shape", Shape.of(-1)));
        Tensor weight = scope.add(RandomOps.BETA, Attributes.of("alpha", rule.alpha()));
        Tensor other = input.with(ShapingOps.TAKE, Attributes.NONE, order);
        if (rule.kind() == SamplingRule.Kind.MIXUP) {
            return new Mix(input.mul(weight).add(other.mul(rest(weight))), order, weight);
        }
        if (input.shape().rank() != 4) {
            throw new ShapeException("cutmix needs pictures, channels first, got shape "
                    + input.shape().unbatched() + ": mixup(0.2) mixes any numbers");
        }
        Tensor inside = inside(scope, weight, input.size(2), 2).mul(inside(scope, weight, input.size(3), 3));
        Tensor mixed = input.mul(rest(inside)).add(other.mul(inside));
        return new Mix(mixed, order, rest(inside.mean()));
    }

    /** The loss against both targets, weighed. */
    Tensor loss(Loss loss, Scope scope, Tensor output, Tensor target) {
        Tensor other = target.with(ShapingOps.TAKE, Attributes.NONE, order);
        return loss.apply(scope, output, target)
                .mul(weight)
                .add(loss.apply(scope, output, other).mul(rest(weight)));
    }

    private static Tensor rest(Tensor part) {
        return part.mul(-1).add(1);
    }

    /** 1 at the pixels of one axis that lie in the cut, else 0: its side is the root of what the other gives. */
    private static Tensor inside(Scope scope, Tensor weight, long side, int axis) {
        List<Double> centres =
                DoubleStream.iterate(0.5, x -> x + 1).limit(side).boxed().toList();
        Tensor pixels = axis == 2 ? scope.constant(centres, 1, 1, side, 1) : scope.constant(centres, 1, 1, 1, side);
        Tensor middle = scope.add(RandomOps.UNIFORM, Attributes.of("shape", Shape.of(1, 1, 1, 1)))
                .mul((double) side);
        Tensor half = rest(weight).sqrt().mul(side / 2.0);
        return pixels.sub(middle).abs().sub(half).less(0).cast(DType.FLOAT32);
    }
}
