package dev.quire.model;

import dev.quire.QuireException;
import dev.quire.graph.TensorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts wires in order: each step after those it is given values of, depth first from the outputs. */
final class Wiring {
    private final Map<Wire.Origin, Integer> inputs = new IdentityHashMap<>();
    private final Map<Wire.Origin, Integer> steps = new IdentityHashMap<>();
    private final List<TensorType> types = new ArrayList<>();
    private final List<Wire.Applied> order = new ArrayList<>();

    private Wiring() {}

    /**
     * The model that these wires come out of.
     *
     * @param given its inputs in order; null for the order in which they are met
     */
    static Functional model(@Nullable List<Wire> given, List<Wire> outputs) {
        Wiring wiring = new Wiring();
        if (given != null) {
            given.forEach(wiring::declare);
        }
        int declared = wiring.inputs.size();
        outputs.forEach(output -> wiring.visit(output.origin()));
        if (given != null && wiring.inputs.size() > declared) {
            throw new QuireException("model: an output needs " + wiring.types.get(declared)
                    + ", which is not among its inputs: list it in inputs(…)");
        }
        List<Functional.Step> list = wiring.order.stream()
                .map(applied -> new Functional.Step(applied.layer(), wiring.sources(applied.inputs())))
                .toList();
        Functional model = new Functional(wiring.types, list, wiring.sources(outputs));
        Architecture.of(model, model.inputs());
        return model;
    }

    private void declare(Wire wire) {
        if (!(wire.origin() instanceof Wire.Given input)) {
            throw new QuireException("model: " + wire + " is not an input: list input(…) wires in inputs(…)");
        }
        if (inputs.putIfAbsent(input, inputs.size()) == null) {
            types.add(input.type());
        }
    }

    /** Without recursion: a network may be deeper than the stack. */
    private void visit(Wire.Origin start) {
        Deque<Wire.Origin> open = new ArrayDeque<>();
        open.push(start);
        while (!open.isEmpty()) {
            Wire.Origin origin = open.peek();
            if (origin instanceof Wire.Given input) {
                open.pop();
                if (inputs.putIfAbsent(input, inputs.size()) == null) {
                    types.add(input.type());
                }
                continue;
            }
            Wire.Applied applied = (Wire.Applied) origin;
            Wire.Origin next = steps.containsKey(applied) ? null : firstOpen(applied);
            if (next != null) {
                open.push(next);
            } else {
                open.pop();
                if (steps.putIfAbsent(applied, order.size()) == null) {
                    order.add(applied);
                }
            }
        }
    }

    private Wire.@Nullable Origin firstOpen(Wire.Applied applied) {
        for (Wire input : applied.inputs()) {
            if (!inputs.containsKey(input.origin()) && !steps.containsKey(input.origin())) {
                return input.origin();
            }
        }
        return null;
    }

    private List<Functional.Source> sources(List<Wire> wires) {
        return wires.stream()
                .map(wire -> {
                    Integer step = steps.get(wire.origin());
                    Integer input = inputs.get(wire.origin());
                    int place = step != null ? inputs.size() + step : input == null ? -1 : input;
                    return new Functional.Source(place, wire.index());
                })
                .toList();
    }
}
