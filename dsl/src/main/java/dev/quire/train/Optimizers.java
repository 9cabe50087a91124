package dev.quire.train;

import dev.quire.QuireException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes optimizers from a learning rate and options; what is not said is PyTorch's default. */
public final class Optimizers {
    private Optimizers() {}

    public static Optimizer sgd(double learningRate, OptimizerOption... options) {
        Options said = new Options("sgd", options, "momentum", "nesterov", "weightDecay");
        return new Optimizer.Sgd(
                learningRate, said.or("momentum", 0), said.or("nesterov", 0) != 0, said.or("weightDecay", 0));
    }

    public static Optimizer adam(double learningRate, OptimizerOption... options) {
        Options said = new Options("adam", options, "beta1", "beta2", "epsilon", "weightDecay", "amsgrad");
        return new Optimizer.Adam(
                learningRate,
                said.or("beta1", 0.9),
                said.or("beta2", 0.999),
                said.or("epsilon", 1e-8),
                said.or("weightDecay", 0),
                said.or("amsgrad", 0) != 0);
    }

    public static Optimizer adamW(double learningRate, OptimizerOption... options) {
        Options said = new Options("adamW", options, "beta1", "beta2", "epsilon", "weightDecay", "amsgrad");
        return new Optimizer.AdamW(
                learningRate,
                said.or("beta1", 0.9),
                said.or("beta2", 0.999),
                said.or("epsilon", 1e-8),
                said.or("weightDecay", 0.01),
                said.or("amsgrad", 0) != 0);
    }

    public static Optimizer rmsProp(double learningRate, OptimizerOption... options) {
        Options said = new Options("rmsProp", options, "alpha", "epsilon", "weightDecay", "momentum", "centered");
        return new Optimizer.RmsProp(
                learningRate,
                said.or("alpha", 0.99),
                said.or("epsilon", 1e-8),
                said.or("weightDecay", 0),
                said.or("momentum", 0),
                said.or("centered", 0) != 0);
    }

    public static Optimizer adagrad(double learningRate, OptimizerOption... options) {
        Options said = new Options("adagrad", options, "learningRateDecay", "epsilon", "weightDecay", "start");
        return new Optimizer.Adagrad(
                learningRate,
                said.or("learningRateDecay", 0),
                said.or("epsilon", 1e-10),
                said.or("weightDecay", 0),
                said.or("start", 0));
    }

    public static Optimizer adadelta(double learningRate, OptimizerOption... options) {
        Options said = new Options("adadelta", options, "rho", "epsilon", "weightDecay");
        return new Optimizer.Adadelta(
                learningRate, said.or("rho", 0.9), said.or("epsilon", 1e-6), said.or("weightDecay", 0));
    }

    /** Options by name; one that an optimizer does not have is refused. */
    private static final class Options {
        private final Map<String, Double> said = new LinkedHashMap<>();

        Options(String optimizer, OptimizerOption[] options, String... known) {
            List<String> names = Arrays.asList(known);
            for (OptimizerOption option : options) {
                if (!names.contains(option.name())) {
                    throw new QuireException(
                            optimizer + " has no option " + option.name() + "; it has " + String.join(", ", names));
                }
                said.put(option.name(), option.value());
            }
        }

        double or(String name, double otherwise) {
            return said.getOrDefault(name, otherwise);
        }
    }
}
