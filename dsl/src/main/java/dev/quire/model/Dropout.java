package dev.quire.model;

import dev.quire.graph.Attributes;
import dev.quire.graph.RandomOps;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;

/**
 * Drops each value with a probability in training and scales the rest by {@code 1 / (1 - rate)}; outside training it
 * does nothing. Given to a layer, it is the option to drop inside that layer.
 *
 * @param rate the probability, at least 0 and less than 1
 */
public record Dropout(double rate) implements Unary, LayerOption {
    public Dropout {
        Check.rate("dropout", rate);
    }

    @Override
    public Tensor forward(Scope scope, Tensor input) {
        return scope.training() && rate > 0 ? input.with(RandomOps.DROPOUT, Attributes.of("rate", rate)) : input;
    }

    @Override
    public String word() {
        return "dropout";
    }

    @Override
    public String toString() {
        return "dropout(" + rate + ")";
    }
}
