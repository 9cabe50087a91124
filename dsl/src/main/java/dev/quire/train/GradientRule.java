package dev.quire.train;

import dev.quire.QuireException;
import java.util.OptionalDouble;

/**
 * What becomes of the gradients before the optimizer sees them.
 *
 * @param accumulate parts that a batch is cut into, whose gradients are added up; at least 1
 * @param clip the largest norm of all gradients together, if any; larger ones are scaled down
 * @param clipValue the largest size of a single value, if any; it comes before {@code clip}
 */
public record GradientRule(int accumulate, OptionalDouble clip, OptionalDouble clipValue) {
    /** As they are. */
    public static final GradientRule NONE = new GradientRule(1, OptionalDouble.empty(), OptionalDouble.empty());

    public GradientRule {
        if (accumulate < 1) {
            throw new QuireException("accumulate must be at least 1, got " + accumulate);
        }
        if (clip.isPresent() && !(clip.getAsDouble() > 0)) {
            throw new QuireException("clip: the norm must be more than 0, got " + clip.getAsDouble());
        }
        if (clipValue.isPresent() && !(clipValue.getAsDouble() > 0)) {
            throw new QuireException("clipValue: the value must be more than 0, got " + clipValue.getAsDouble());
        }
    }

    public GradientRule accumulate(int parts) {
        return new GradientRule(parts, clip, clipValue);
    }

    public GradientRule clip(double norm) {
        return new GradientRule(accumulate, OptionalDouble.of(norm), clipValue);
    }

    public GradientRule clipValue(double value) {
        return new GradientRule(accumulate, clip, OptionalDouble.of(value));
    }
}
