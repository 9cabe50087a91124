package dev.quire.train;

/** One thing said about a training run: {@code train(net, data, epochs(3), adamW(1e-3))}. */
@FunctionalInterface
public interface Option {
    /** The specification with this said. */
    TrainingSpec applyTo(TrainingSpec spec);
}
