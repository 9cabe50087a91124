package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;
import java.util.List;
import java.util.stream.Collectors;

/** Layers one after another; parameters are named by position, as in PyTorch: {@code 0.weight}. */
public record Sequential(List<Layer> layers) implements Layer {
    public Sequential {
        layers = List.copyOf(layers);
    }

    @Override
    public List<Tensor> apply(Scope scope, List<Tensor> inputs) {
        List<Tensor> values = inputs;
        for (int i = 0; i < layers.size(); i++) {
            values = Placement.apply(scope, Placement.name(layers.get(i), i), layers.get(i), values);
        }
        return values;
    }

    @Override
    public String toString() {
        return layers.stream().map(Object::toString).collect(Collectors.joining(", ", "sequential(", ")"));
    }
}
