package dev.quire.train;

import dev.quire.QuireException;
import dev.quire.compile.torchscript.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a step changes the parameters. Formulas and defaults are those of {@code torch.optim}; every record is complete,
 * so that equal records learn alike.
 */
public sealed interface Optimizer extends Option {
    /** The learning rate that a schedule starts from. */
    double learningRate();

    /**
     * What one step does, for the TorchScript target.
     *
     * @param masked whether weight decay goes by {@code decayed}, 1 or 0 for each parameter value, instead of being the
     *     same for all
     */
    Update update(boolean masked);

    @Override
    default TrainingSpec applyTo(TrainingSpec spec) {
        return spec.optimizer(this);
    }

    /** Stochastic gradient descent, with momentum 0 for none. */
    record Sgd(double learningRate, double momentum, boolean nesterov, double weightDecay) implements Optimizer {
        public Sgd {
            check("sgd", learningRate, weightDecay);
            inUnit("sgd", "momentum", momentum);
            if (nesterov && momentum == 0) {
                throw new QuireException("sgd: Nesterov's step needs momentum, got 0: use momentum(0.9)");
            }
        }

        @Override
        public Update update(boolean masked) {
            List<String> lines = new ArrayList<>(regularized(weightDecay, masked));
            List<Update.Slot> slots = new ArrayList<>();
            String direction = "g";
            if (momentum > 0) {
                slots.add(new Update.Slot("velocity", true, 0));
                // From zero, momentum * 0 + g is the first gradient itself, as in PyTorch.
                lines.add("_ = torch.add_(torch.mul_(velocity[0], " + momentum + "), g)");
                direction = nesterov ? "torch.add(g, velocity[0], alpha=" + momentum + ")" : "velocity[0]";
            }
            lines.add("_ = torch.add_(flat, " + direction + ", alpha=torch.neg(rate))");
            return new Update(slots, lines);
        }
    }

    /** Kingma and Ba 2015; weight decay is added to the gradient. */
    record Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay, boolean amsgrad)
            implements Optimizer {
        public Adam {
            checkAdam("adam", learningRate, beta1, beta2, epsilon, weightDecay);
        }

        @Override
        public Update update(boolean masked) {
            return fused("adam", beta1, beta2, epsilon, weightDecay, amsgrad, masked);
        }
    }

    /** Loshchilov and Hutter 2019; weight decay is apart from the gradient. */
    record AdamW(double learningRate, double beta1, double beta2, double epsilon, double weightDecay, boolean amsgrad)
            implements Optimizer {
        public AdamW {
            checkAdam("adamW", learningRate, beta1, beta2, epsilon, weightDecay);
        }

        @Override
        public Update update(boolean masked) {
            return fused("adamw", beta1, beta2, epsilon, weightDecay, amsgrad, masked);
        }
    }

    /** Hinton's root mean square propagation, as in PyTorch: the root is taken before epsilon is added. */
    record RmsProp(
            double learningRate, double alpha, double epsilon, double weightDecay, double momentum, boolean centered)
            implements Optimizer {
        public RmsProp {
            check("rmsProp", learningRate, weightDecay);
            inUnit("rmsProp", "alpha", alpha);
            inUnit("rmsProp", "momentum", momentum);
        }

        @Override
        public Update update(boolean masked) {
            List<Update.Slot> slots = new ArrayList<>(List.of(new Update.Slot("square", true, 0)));
            List<String> lines = new ArrayList<>(regularized(weightDecay, masked));
            lines.add("_ = torch.addcmul_(torch.mul_(square[0], " + alpha + "), g, g, value=" + real(1 - alpha) + ")");
            String mean = "square[0]";
            if (centered) {
                slots.add(new Update.Slot("average", true, 0));
                lines.add("_ = torch.lerp_(average[0], g, " + real(1 - alpha) + ")");
                mean = "torch.addcmul(square[0], average[0], average[0], value=-1.)";
            }
            lines.add("divisor = torch.add_(torch.sqrt(" + mean + "), " + real(epsilon) + ")");
            if (momentum > 0) {
                slots.add(new Update.Slot("velocity", true, 0));
                lines.add("_ = torch.addcdiv_(torch.mul_(velocity[0], " + momentum + "), g, divisor)");
                lines.add("_ = torch.add_(flat, velocity[0], alpha=torch.neg(rate))");
            } else {
                lines.add("_ = torch.addcdiv_(flat, g, divisor, value=torch.neg(rate))");
            }
            return new Update(slots, lines);
        }
    }

    /** Duchi, Hazan and Singer 2011. */
    record Adagrad(double learningRate, double decay, double epsilon, double weightDecay, double start)
            implements Optimizer {
        public Adagrad {
            check("adagrad", learningRate, weightDecay);
        }

        @Override
        public Update update(boolean masked) {
            List<String> lines = new ArrayList<>(regularized(weightDecay, masked));
            lines.add("_ = torch.add_(steps_done[0], 1)");
            lines.add("_ = torch.addcmul_(sum[0], g, g)");
            lines.add("scale = torch.div(torch.full_like(steps_done[0], torch.neg(rate)), torch.add(torch.mul("
                    + "torch.sub(steps_done[0], 1), " + real(decay) + "), 1))");
            lines.add("_ = torch.add_(flat, torch.mul(torch.div(g, torch.add_(torch.sqrt(sum[0]), " + real(epsilon)
                    + ")), scale))");
            return new Update(
                    List.of(new Update.Slot("sum", true, start), new Update.Slot("steps_done", false, 0)), lines);
        }
    }

    /** Zeiler 2012. */
    record Adadelta(double learningRate, double rho, double epsilon, double weightDecay) implements Optimizer {
        public Adadelta {
            check("adadelta", learningRate, weightDecay);
            inUnit("adadelta", "rho", rho);
        }

        @Override
        public Update update(boolean masked) {
            List<String> lines = new ArrayList<>(regularized(weightDecay, masked));
            String rest = real(1 - rho);
            lines.add("_ = torch.addcmul_(torch.mul_(square[0], " + rho + "), g, g, value=" + rest + ")");
            lines.add("deviation = torch.sqrt_(torch.add(square[0], " + real(epsilon) + "))");
            lines.add("delta = torch.mul_(torch.div_(torch.sqrt_(torch.add(moved[0], " + real(epsilon)
                    + ")), deviation), g)");
            lines.add("_ = torch.addcmul_(torch.mul_(moved[0], " + rho + "), delta, delta, value=" + rest + ")");
            lines.add("_ = torch.add_(flat, delta, alpha=torch.neg(rate))");
            return new Update(List.of(new Update.Slot("square", true, 0), new Update.Slot("moved", true, 0)), lines);
        }
    }

    private static Update fused(
            String name,
            double beta1,
            double beta2,
            double epsilon,
            double weightDecay,
            boolean amsgrad,
            boolean masked) {
        List<Update.Slot> slots = new ArrayList<>(List.of(
                new Update.Slot("mean", true, 0),
                new Update.Slot("square", true, 0),
                new Update.Slot("steps_done", false, 0)));
        if (amsgrad) {
            slots.add(new Update.Slot("largest", true, 0));
        }
        String call = "torch._fused_" + name + "_(p, [g], mean, square, "
                + (amsgrad ? "largest" : "annotate(List[Tensor], [])") + ", steps_done, lr=rate, beta1=" + real(beta1)
                + ", beta2=" + real(beta2) + ", weight_decay=" + real(masked ? 0 : weightDecay) + ", eps="
                + real(epsilon)
                + ", amsgrad=" + (amsgrad ? "True" : "False") + ", maximize=False, grad_scale=None, found_inf=None)";
        List<String> lines = new ArrayList<>(List.of("_ = torch.add_(steps_done[0], 1)"));
        if (masked && name.equals("adamw")) {
            lines.add("_ = torch.mul_(flat, torch.rsub(torch.mul(decayed, torch.mul(rate, " + real(weightDecay)
                    + ")), 1))");
        } else if (masked) {
            lines.addAll(regularized(weightDecay, true));
        }
        lines.add(call);
        return new Update(slots, lines);
    }

    private static List<String> regularized(double weightDecay, boolean masked) {
        if (weightDecay == 0) {
            return List.of();
        }
        return List.of(
                masked
                        ? "_ = torch.addcmul_(g, flat, decayed, value=" + real(weightDecay) + ")"
                        : "_ = torch.add_(g, flat, alpha=" + real(weightDecay) + ")");
    }

    private static String real(double value) {
        return Double.toString(value).toLowerCase(Locale.ROOT);
    }

    private static void check(String optimizer, double learningRate, double weightDecay) {
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new QuireException(optimizer + ": the learning rate must be more than 0, got " + learningRate);
        }
        if (!(weightDecay >= 0)) {
            throw new QuireException(optimizer + ": weight decay must not be negative, got " + weightDecay);
        }
    }

    private static void checkAdam(
            String optimizer, double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
        check(optimizer, learningRate, weightDecay);
        inUnit(optimizer, "beta1", beta1);
        inUnit(optimizer, "beta2", beta2);
        if (!(epsilon >= 0)) {
            throw new QuireException(optimizer + ": epsilon must not be negative, got " + epsilon);
        }
    }

    private static void inUnit(String optimizer, String argument, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new QuireException(optimizer + ": " + argument + " must be at least 0 and less than 1, got " + value);
        }
    }
}
