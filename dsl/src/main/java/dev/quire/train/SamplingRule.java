package dev.quire.train;

import dev.quire.QuireException;
import java.util.Optional;

/**
 * Which examples make a batch, and what is mixed from them.
 *
 * @param balanced whether every class comes equally often, drawn with replacement
 * @param mixing of pairs of examples, if any
 */
public record SamplingRule(boolean balanced, Optional<Mixing> mixing) {
    /** Each example once an epoch, as it is. */
    public static final SamplingRule NONE = new SamplingRule(false, Optional.empty());

    /** How two examples become one. */
    public enum Kind {
        /** The weighted mean of both pictures (Zhang et al. 2018). */
        MIXUP,
        /** A rectangle of one picture in the other (Yun et al. 2019). */
        CUTMIX
    }

    /**
     * Mixing of each batch with itself in another order; the loss is the weighted mean of those against both targets.
     *
     * @param kind how
     * @param alpha the parameter of the Beta(alpha, alpha) distribution that the weight is drawn from, more than 0: small
     *     for weights near 0 and 1, 1 for all alike
     */
    public record Mixing(Kind kind, double alpha) {
        public Mixing {
            if (!(alpha > 0) || Double.isInfinite(alpha)) {
                throw new QuireException(
                        (kind == Kind.MIXUP ? "mixup" : "cutmix") + ": alpha must be more than 0, got " + alpha);
            }
        }
    }

    /** With every class equally often. */
    public SamplingRule inBalance() {
        return new SamplingRule(true, mixing);
    }

    public SamplingRule mixing(Kind kind, double alpha) {
        return new SamplingRule(balanced, Optional.of(new Mixing(kind, alpha)));
    }
}
