package dev.quire.source;

import dev.quire.train.Optimizer;
import dev.quire.train.Schedule;
import dev.quire.train.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Optimizers and learning rates as PyTorch writes them. */
final class PythonSchedule {
    private PythonSchedule() {}

    /** A function {@code rate(step, steps)}. */
    static String of(TrainingSpec spec) {
        List<String> lines = new ArrayList<>();
        Schedule schedule = spec.schedule();
        if (schedule.warmup() > 0) {
            lines.add("rising = round(" + Python.real(schedule.warmup()) + " * steps)");
            lines.add("if step < rising:");
            lines.add("    return RATE * step / rising");
            lines.add("step, steps = step - rising, steps - rising");
        }
        Schedule.Curve curve = schedule.curve();
        if (curve instanceof Schedule.Constant) {
            lines.add("return RATE");
        } else if (curve instanceof Schedule.Step stairs) {
            String every = Python.real(stairs.every());
            lines.add("every = " + (stairs.every() < 1 ? "max(1, " + every + " * steps)" : every));
            lines.add("return RATE * " + Python.real(stairs.factor()) + " ** (step // every)");
        } else if (curve instanceof Schedule.Exponential steep) {
            lines.add("return RATE * " + Python.real(steep.factor()) + " ** step");
        } else if (curve instanceof Schedule.Linear line) {
            lines.add("return RATE * (1 + (" + Python.real(line.end()) + " - 1) * min(1, step / steps))");
        } else if (curve instanceof Schedule.Cosine cosine) {
            String end = Python.real(cosine.end());
            lines.add("share = 0.5 * (1 + math.cos(math.pi * step / steps))");
            lines.add(
                    cosine.end() == 0
                            ? "return RATE * share"
                            : "return RATE * (" + end + " + (1 - " + end + ") * share)");
        } else if (curve instanceof Schedule.OneCycle cycle) {
            lines.addAll(List.of(
                    "peak = " + (cycle.peak() > 0 ? Python.real(cycle.peak()) : "RATE"),
                    "start = peak / " + Python.real(cycle.startDivisor()),
                    "end = start / " + Python.real(cycle.endDivisor()),
                    "top = " + Python.real(cycle.rising()) + " * steps - 1",
                    "if step <= top:",
                    "    low, high, part = start, peak, step / top",
                    "else:",
                    "    low, high, part = peak, end, (step - top) / (steps - 1 - top)",
                    "return high + (low - high) / 2 * (1 + math.cos(math.pi * part))"));
        }
        return "def rate(step, steps):\n    \"\"\"The learning rate at a step, counted from 0, of so many.\"\"\"\n"
                + Python.indented(String.join("\n", lines));
    }

    /** The call that makes an optimizer. */
    static String optimizer(Optimizer optimizer, String parameters) {
        List<String> arguments = new ArrayList<>(List.of(parameters, "lr=RATE"));
        String name;
        if (optimizer instanceof Optimizer.Sgd sgd) {
            name = "SGD";
            more(arguments, "momentum", sgd.momentum(), 0);
            flag(arguments, "nesterov", sgd.nesterov());
            more(arguments, "weight_decay", sgd.weightDecay(), 0);
        } else if (optimizer instanceof Optimizer.Adam adam) {
            name = "Adam";
            adam(arguments, adam.beta1(), adam.beta2(), adam.epsilon());
            more(arguments, "weight_decay", adam.weightDecay(), 0);
            flag(arguments, "amsgrad", adam.amsgrad());
        } else if (optimizer instanceof Optimizer.AdamW adam) {
            name = "AdamW";
            adam(arguments, adam.beta1(), adam.beta2(), adam.epsilon());
            more(arguments, "weight_decay", adam.weightDecay(), 0.01);
            flag(arguments, "amsgrad", adam.amsgrad());
        } else if (optimizer instanceof Optimizer.RmsProp root) {
            name = "RMSprop";
            more(arguments, "alpha", root.alpha(), 0.99);
            more(arguments, "eps", root.epsilon(), 1e-8);
            more(arguments, "weight_decay", root.weightDecay(), 0);
            more(arguments, "momentum", root.momentum(), 0);
            flag(arguments, "centered", root.centered());
        } else if (optimizer instanceof Optimizer.Adagrad sum) {
            name = "Adagrad";
            more(arguments, "lr_decay", sum.decay(), 0);
            more(arguments, "weight_decay", sum.weightDecay(), 0);
            more(arguments, "initial_accumulator_value", sum.start(), 0);
            more(arguments, "eps", sum.epsilon(), 1e-10);
        } else {
            Optimizer.Adadelta delta = (Optimizer.Adadelta) optimizer;
            name = "Adadelta";
            more(arguments, "rho", delta.rho(), 0.9);
            more(arguments, "eps", delta.epsilon(), 1e-6);
            more(arguments, "weight_decay", delta.weightDecay(), 0);
        }
        return "torch.optim." + name + "(" + String.join(", ", arguments) + ")";
    }

    private static void adam(List<String> arguments, double beta1, double beta2, double epsilon) {
        if (beta1 != 0.9 || beta2 != 0.999) {
            arguments.add("betas=(" + Python.real(beta1) + ", " + Python.real(beta2) + ")");
        }
        more(arguments, "eps", epsilon, 1e-8);
    }

    private static void more(List<String> arguments, String name, double value, double usual) {
        if (value != usual) {
            arguments.add(name + "=" + Python.real(value));
        }
    }

    private static void flag(List<String> arguments, String name, boolean value) {
        Stream.of(name + "=True").filter(text -> value).forEach(arguments::add);
    }
}
