package dev.quire.model;

import dev.quire.QuireException;
import dev.quire.graph.Attributes;
import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.ShapingOps;
import dev.quire.graph.Tensor;
import java.util.List;

/**
 * Images or sequences made larger. Input {@code [N, channels, length]} or {@code [N, channels, height, width]}.
 *
 * @param scale how many times: one number for every axis, or height and width
 * @param bilinear whether to interpolate (corners are not aligned, as PyTorch's default) or to repeat
 */
public record Upsample(List<Integer> scale, boolean bilinear) implements Unary {
    public Upsample {
        scale = List.copyOf(scale);
        if (scale.isEmpty() || scale.size() > 2) {
            throw new QuireException("upsample: the scale must have 1 or 2 numbers, got " + scale);
        }
        scale.forEach(value -> Check.positive("upsample", "scale", value));
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        boolean flat = input.shape().rank() == 3;
        if ((!flat && input.shape().rank() != 4) || (flat && scale.size() > 1)) {
            throw new ShapeException("expects channels, and a length or height and width after them, got "
                    + input.shape().unbatched() + ": give upsample one number for a sequence, and shape the input with"
                    + " reshape(…)");
        }
        Tensor image = flat ? Images.of(input) : input;
        long height = image.size(2) * (flat ? 1 : scale.get(0));
        long width = image.size(3) * scale.get(scale.size() - 1);
        Tensor out = image.with(
                bilinear ? ShapingOps.UPSAMPLE_BILINEAR : ShapingOps.UPSAMPLE_NEAREST,
                Attributes.of("size", List.of(height, width)));
        return flat ? Images.sequence(out) : out;
    }

    @Override
    public String toString() {
        return "upsample(" + scale.toString().replace("[", "").replace("]", "") + (bilinear ? ", bilinear())" : ")");
    }
}
