package dev.quire.model.json;

import dev.quire.model.Functional;
import dev.quire.model.Layer;
import dev.quire.model.Unary;
import java.util.List;
import java.util.OptionalInt;

/** Whether the nodes of a draft hang together, and each is given as many values as it takes. */
final class Connections {
    private final Draft draft;
    private final Findings findings;

    private Connections(Draft draft, Findings findings) {
        this.draft = draft;
        this.findings = findings;
    }

    static void check(Draft draft, Findings findings) {
        new Connections(draft, findings).check();
    }

    private void check() {
        boolean given = !draft.places(Draft.Role.INPUT).isEmpty();
        boolean asked = !draft.places(Draft.Role.OUTPUT).isEmpty();
        if (!given) {
            findings.add(
                    Problem.Kind.NO_INPUT,
                    "",
                    "there is no input",
                    "add {\"id\" : \"input\", \"type\" : \"input\", \"params\" : {\"shape\" : […]}}");
        }
        if (!asked) {
            findings.add(
                    Problem.Kind.NO_OUTPUT,
                    "",
                    "there is no output",
                    "add {\"id\" : \"output\", \"type\" : \"output\"}");
        }
        int[] uses = draft.uses();
        for (int i = 0; i < uses.length; i++) {
            Draft.Node node = draft.nodes().get(i);
            if (node.twin) {
                continue;
            }
            if (node.from.isEmpty() && uses[i] == 0) {
                unconnected(node, "is not connected", "connect it, or take it out");
            } else if (node.from.isEmpty() && node.role != Draft.Role.INPUT && given) {
                unconnected(node, "is given nothing", "connect something to it");
            } else if (uses[i] == 0 && node.role != Draft.Role.OUTPUT && asked) {
                unconnected(node, "goes nowhere", "connect it to a layer or an output");
            }
            if (node.role == Draft.Role.OUTPUT && uses[i] > 0) {
                findings.add(
                        Problem.Kind.INPUT_COUNT,
                        node.id,
                        "an output is given on to '" + user(i) + "'",
                        "connect what comes before it");
            }
            count(node);
        }
    }

    private String user(int node) {
        return draft.nodes().stream()
                .filter(other -> other.from.stream().anyMatch(source -> source.node() == node))
                .map(other -> other.id)
                .findFirst()
                .orElse("");
    }

    private void unconnected(Draft.Node node, String what, String remedy) {
        findings.add(Problem.Kind.UNCONNECTED, node.id, "'" + node.id + "' " + what, remedy);
        node.layers = null;
    }

    private void count(Draft.Node node) {
        int given = node.from.size();
        if (node.role == Draft.Role.INPUT && given > 0) {
            wrong(node, "an input takes no value", given, "take the edge out, or make it another layer");
        } else if (given == 0) {
            return;
        } else if (node.joins && given < 2) {
            wrong(node, "a join takes two values at least", given, "connect another, or take it out");
        } else if (node.role == Draft.Role.OUTPUT && given > 1) {
            wrong(node, "an output takes one value", given, "join them first with add or concat, or add an output");
        } else {
            OptionalInt takes = takes(node.layersOf());
            if (takes.isPresent() && takes.getAsInt() != given) {
                boolean one = takes.getAsInt() == 1;
                wrong(
                        node,
                        "takes " + takes.getAsInt() + (one ? " value" : " values"),
                        given,
                        one ? "join them first with add or concat" : "connect as many");
            }
        }
    }

    private void wrong(Draft.Node node, String takes, int given, String remedy) {
        findings.add(Problem.Kind.INPUT_COUNT, node.id, takes + ", it is given " + given, remedy);
        node.layers = null;
    }

    /** How many values layers take, where that does not depend. */
    private static OptionalInt takes(List<Layer> layers) {
        Layer first = layers.isEmpty() ? null : layers.get(0);
        return first instanceof Unary
                ? OptionalInt.of(1)
                : first instanceof Functional model
                        ? OptionalInt.of(model.inputs().size())
                        : OptionalInt.empty();
    }
}
