package dev.quire.data.transform;

import dev.quire.data.Field;
import dev.quire.graph.DType;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;
import java.util.List;

/**
 * Changes brightness, contrast and saturation of images whose pixels are from 0 to 1, each by a factor drawn evenly
 * around 1. Images of one channel have no saturation.
 *
 * @param brightness 0 to 1: at 0.2 a factor from 0.8 to 1.2
 * @param contrast 0 to 1
 * @param saturation 0 to 1
 */
public record ColorJitter(double brightness, double contrast, double saturation) implements Transform {
    public ColorJitter {
        Images.range("colorJitter brightness", brightness, 0, 1);
        Images.range("colorJitter contrast", contrast, 0, 1);
        Images.range("colorJitter saturation", saturation, 0, 1);
    }

    @Override
    public Tensor apply(Scope scope, Tensor input) {
        Tensor x = input.cast(DType.FLOAT32);
        if (brightness > 0) {
            x = x.mul(factor(scope, brightness)).clamp(0, 1);
        }
        if (contrast > 0) {
            x = blend(x, grey(scope, x).mean(true, 1, 2, 3), factor(scope, contrast));
        }
        if (saturation > 0 && x.size(1) == 3) {
            x = blend(x, grey(scope, x), factor(scope, saturation));
        }
        return x;
    }

    private static Tensor factor(Scope scope, double range) {
        return Term.draw(scope, 4).mul(2 * range).add(1 - range);
    }

    /** Away from a base by a factor. */
    private static Tensor blend(Tensor x, Tensor base, Tensor factor) {
        return x.sub(base).mul(factor).add(base).clamp(0, 1);
    }

    private static Tensor grey(Scope scope, Tensor x) {
        return x.size(1) == 3
                ? x.mul(scope.constant(List.of(0.299, 0.587, 0.114), 1, 3, 1, 1))
                        .sum(true, 1)
                : x.mean(true, 1);
    }

    @Override
    public void check(Field input) {
        Images.require(this, input);
        if (input.shape().size(0) != 1 && input.shape().size(0) != 3) {
            throw new dev.quire.QuireException("%s is for images of 1 or 3 channels: %s has shape %s"
                    .formatted(this, input.name(), input.shape()));
        }
    }
}
