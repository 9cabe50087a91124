package dev.quire.model.json;

import dev.quire.graph.TensorType;
import dev.quire.model.Functional;
import dev.quire.model.Layer;
import dev.quire.model.Sequential;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Builds the network of a sound draft. */
final class Assembly {
    private final Draft draft;
    private final List<Integer> order;

    private Assembly(Draft draft, List<Integer> order) {
        this.draft = draft;
        this.order = order;
    }

    /**
     * Builds a network.
     *
     * @param inputs types of one example by node
     */
    static Layer build(Draft draft, List<Integer> order, Map<Integer, TensorType> inputs) {
        Assembly assembly = new Assembly(draft, order);
        List<Layer> layers = assembly.layers();
        if (draft.form() == Draft.Form.LAYER && layers.size() == 1) {
            return layers.get(0);
        }
        boolean chain =
                draft.form() == Draft.Form.SEQUENTIAL || (draft.form() != Draft.Form.MODEL && assembly.isChain());
        return chain ? new Sequential(layers) : assembly.model(inputs);
    }

    /** Whether each layer is given all that the one before it gives, and the first all inputs. */
    static boolean isSequence(Draft draft, List<Integer> order) {
        List<Integer> before = draft.places(Draft.Role.INPUT);
        for (int place : order) {
            Draft.Node node = draft.nodes().get(place);
            boolean one = before.size() == 1;
            for (int i = 0; i < node.from.size(); i++) {
                Draft.Source source = node.from.get(i);
                boolean next = one
                        ? source.node() == before.get(0)
                        : i < before.size() && source.node() == before.get(i) && source.output() == 0;
                boolean inOrder = node.role == Draft.Role.OUTPUT || !one || source.output() == i;
                if (!next || !inOrder) {
                    return false;
                }
            }
            if (node.role == Draft.Role.LAYER) {
                before = List.of(place);
            }
        }
        return true;
    }

    private List<Layer> layers() {
        List<Layer> out = new ArrayList<>();
        for (int place : order) {
            out.addAll(draft.nodes().get(place).layersOf());
        }
        return out;
    }

    /** Whether everything goes from one input to one output without a branch. */
    private boolean isChain() {
        int[] uses = draft.uses();
        return draft.places(Draft.Role.INPUT).size() == 1
                && draft.places(Draft.Role.OUTPUT).size() == 1
                && order.stream().allMatch(place -> {
                    Draft.Node node = draft.nodes().get(place);
                    return uses[place] <= 1
                            && node.from.size() <= 1
                            && node.from.stream().allMatch(source -> source.output() == 0);
                });
    }

    private Functional model(Map<Integer, TensorType> types) {
        Map<Integer, Functional.Source> values = new HashMap<>();
        List<TensorType> inputs = new ArrayList<>();
        for (int place : draft.places(Draft.Role.INPUT)) {
            values.put(place, new Functional.Source(inputs.size(), 0));
            inputs.add(Objects.requireNonNull(types.get(place)));
        }
        List<Functional.Step> steps = new ArrayList<>();
        for (int place : order) {
            List<Functional.Source> from = draft.nodes().get(place).role == Draft.Role.INPUT
                    ? List.of(Objects.requireNonNull(values.get(place)))
                    : draft.nodes().get(place).from.stream()
                            .map(source -> source(values, source))
                            .toList();
            for (Layer layer : draft.nodes().get(place).layersOf()) {
                steps.add(new Functional.Step(layer, from));
                from = List.of(new Functional.Source(inputs.size() + steps.size() - 1, 0));
            }
            values.put(place, from.get(0));
        }
        List<Functional.Source> outputs =
                draft.places(Draft.Role.OUTPUT).stream().map(values::get).toList();
        return new Functional(inputs, steps, outputs);
    }

    /** An output of a node; a node without layers hands on the very value it is given. */
    private static Functional.Source source(Map<Integer, Functional.Source> values, Draft.Source source) {
        Functional.Source value = Objects.requireNonNull(values.get(source.node()));
        return source.output() == 0 ? value : new Functional.Source(value.place(), source.output());
    }
}
