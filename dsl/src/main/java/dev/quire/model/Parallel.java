package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Branches that are given the same input, and whose outputs are joined. Parameters are named by the branch's position.
 *
 * @param join how outputs become one
 * @param branches at least one
 */
public record Parallel(Join join, List<Layer> branches) implements Layer {
    public Parallel {
        branches = List.copyOf(branches);
        Check.some(join.kind().word(), "branch", branches);
    }

    @Override
    public List<Tensor> apply(Scope scope, List<Tensor> inputs) {
        List<Tensor> results = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            Layer branch = branches.get(i);
            results.addAll(Placement.apply(scope, Placement.name(branch, i), branch, inputs));
        }
        return join.apply(scope, results);
    }

    @Override
    public String toString() {
        return join.call(branches);
    }
}
