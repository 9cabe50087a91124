package dev.quire.train;

import dev.quire.QuireException;

/**
 * The learning rate over a run. Curves are those of {@code torch.optim.lr_scheduler}, stepped once a step.
 *
 * @param curve how the rate goes after the warm-up
 * @param warmup the part of all steps in which the rate rises from 0 in a line, at least 0 and less than 1
 */
public record Schedule(Curve curve, double warmup) implements Option {
    public Schedule {
        if (!(warmup >= 0 && warmup < 1)) {
            throw new QuireException("warmup: the part of the steps must be at least 0 and less than 1, got " + warmup);
        }
    }

    /** A curve with a warm-up, or none. */
    public static Schedule of(Curve curve, Warmup... warmup) {
        return new Schedule(curve, warmup.length == 0 ? 0 : warmup[0].part());
    }

    @Override
    public TrainingSpec applyTo(TrainingSpec spec) {
        return spec.schedule(this);
    }

    /** The rate at a step, counted from 0, of so many in all. */
    public double rate(double learningRate, long step, long steps) {
        long rising = Math.round(warmup * steps);
        if (step < rising) {
            return learningRate * step / rising;
        }
        return curve.rate(learningRate, step - rising, steps - rising);
    }

    /** A curve without its warm-up. */
    public sealed interface Curve {
        double rate(double learningRate, long step, long steps);
    }

    /** The same rate throughout. */
    public record Constant() implements Curve {
        @Override
        public double rate(double learningRate, long step, long steps) {
            return learningRate;
        }
    }

    /** Multiplied by {@code factor} every so many steps, or, when {@code every} is under 1, every such part of the run. */
    public record Step(double every, double factor) implements Curve {
        public Step {
            if (!(every > 0)) {
                throw new QuireException("step: the distance must be more than 0, got " + every);
            }
        }

        @Override
        public double rate(double learningRate, long step, long steps) {
            double distance = every < 1 ? Math.max(1, every * steps) : every;
            return learningRate * Math.pow(factor, Math.floor(step / distance));
        }
    }

    /** Multiplied by {@code factor} each step. */
    public record Exponential(double factor) implements Curve {
        @Override
        public double rate(double learningRate, long step, long steps) {
            return learningRate * Math.pow(factor, (double) step);
        }
    }

    /** In a line down to {@code end} times the rate. */
    public record Linear(double end) implements Curve {
        @Override
        public double rate(double learningRate, long step, long steps) {
            return learningRate * (1 + (end - 1) * Math.min(1, (double) step / steps));
        }
    }

    /** Half a cosine down to {@code end} times the rate. */
    public record Cosine(double end) implements Curve {
        @Override
        public double rate(double learningRate, long step, long steps) {
            double share = 0.5 * (1 + Math.cos(Math.PI * step / steps));
            return learningRate * (end + (1 - end) * share);
        }
    }

    /**
     * Smith and Topin 2018, with PyTorch's defaults: up from a 25th of the rate over 30 % of the steps, then down to a
     * 250,000th, each half a cosine.
     *
     * @param peak the largest rate; 0 for the optimizer's
     */
    public record OneCycle(double peak, double rising, double startDivisor, double endDivisor) implements Curve {
        /** PyTorch's defaults. */
        public static OneCycle to(double peak) {
            return new OneCycle(peak, 0.3, 25, 1e4);
        }

        @Override
        public double rate(double optimizerRate, long step, long steps) {
            double learningRate = peak > 0 ? peak : optimizerRate;
            double start = learningRate / startDivisor;
            double end = start / endDivisor;
            double top = rising * steps - 1;
            return step <= top
                    ? between(start, learningRate, step / top)
                    : between(learningRate, end, (step - top) / (steps - 1 - top));
        }

        private static double between(double from, double to, double part) {
            return to + (from - to) / 2 * (1 + Math.cos(Math.PI * part));
        }
    }
}
