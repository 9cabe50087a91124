package dev.quire.model;

import dev.quire.graph.Attributes;
import dev.quire.graph.DType;
import dev.quire.graph.Init;
import dev.quire.graph.Scope;
import dev.quire.graph.SequenceOps;
import dev.quire.graph.Shape;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.stream.LongStream;

/**
 * Multi-head attention of a sequence to itself, Vaswani et al. 2017. Input and output {@code [N, length, units]}.
 * Parameters and their start are those of PyTorch's {@code MultiheadAttention}.
 *
 * @param heads how many; must divide the units
 * @param causal whether a place sees only those before it, and itself
 * @param dropout what share of the attention to drop in training
 * @param bias whether the projections have biases
 */
public record SelfAttention(int heads, boolean causal, double dropout, boolean bias) implements Unary {
    /** Added to the scores of places that come later: more than any mask, so that not even padding sees them. */
    private static final double AHEAD = -4e9;

    public SelfAttention {
        Check.positive("selfAttention", "heads", heads);
        Check.rate("selfAttention", dropout);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        Sequences.expect(input);
        long units = input.size(2);
        if (units % heads != 0) {
            throw new ShapeException(
                    "its " + heads + " heads must divide the units, got " + units + ": use another number of heads");
        }
        // PyTorch draws the output projection first, its bias too, and then sets biases to 0
        Tensor outWeight = scope.parameter("out_proj.weight", Init.fanIn(units), units, units);
        Tensor[] outBias = bias
                ? new Tensor[] {scope.parameter("out_proj.bias", new Init.Zeroed(Init.fanIn(units)), units)}
                : new Tensor[0];
        Tensor inWeight = scope.parameter("in_proj_weight", Init.xavier(units, 3 * units), 3 * units, units);
        Tensor[] inBias =
                bias ? new Tensor[] {scope.parameter("in_proj_bias", Init.zeros(), 3 * units)} : new Tensor[0];
        Tensor projected = input.linear(inWeight, inBias);
        Tensor query = heads(projected, 0, units);
        Tensor key = heads(projected, 1, units);
        Tensor value = heads(projected, 2, units);
        Tensor mask = scope.mask();
        // libtorch takes a mask or the flag, not both
        Attributes attributes =
                Attributes.of("dropout", scope.training() ? dropout : 0.0).with("causal", causal && mask == null);
        return (mask == null
                        ? query.with(SequenceOps.ATTENTION, attributes, key, value)
                        : query.with(SequenceOps.ATTENTION, attributes, key, value, whole(scope, mask, input)))
                .transpose(1, 2)
                .reshape(input.shape())
                .linear(outWeight, outBias);
    }

    private Tensor whole(Scope scope, Tensor mask, Tensor input) {
        long length = input.size(1);
        if (mask.size(-1) != length) {
            throw new ShapeException("is given " + length + " places inside masking(…), which was given "
                    + mask.size(-1) + " tokens: put layers that change how many there are outside of it");
        }
        if (!causal) {
            return mask;
        }
        Tensor keys = scope.constant(
                LongStream.range(0, length).mapToObj(i -> (double) i).toList(), 1, 1, 1, length);
        Tensor ahead =
                keys.sub(keys.reshape(Shape.of(1, 1, length, 1))).greater(0).cast(DType.FLOAT32);
        return ahead.mul(AHEAD).add(mask);
    }

    private Tensor heads(Tensor projected, int which, long units) {
        return projected
                .slice(2, which * units, (which + 1) * units)
                .reshape(Shape.of(projected.size(0), projected.size(1), heads, units / heads))
                .transpose(1, 2);
    }

    @Override
    public String toString() {
        return "selfAttention(" + heads + (causal ? ", causal()" : "")
                + (dropout == 0 ? "" : ", dropout(" + dropout + ")") + (bias ? ")" : ", noBias())");
    }
}
