package dev.quire.train;

/** One thing said about an optimizer: {@code sgd(0.1, momentum(0.9), nesterov())}. */
public record OptimizerOption(String name, double value) {}
