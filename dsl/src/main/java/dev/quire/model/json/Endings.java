package dev.quire.model.json;

import dev.quire.model.Activation;
import dev.quire.model.Layer;
import dev.quire.model.Softmax;
import java.util.List;

/**
 * Others end a classifier with softmax, or with a sigmoid; Quire's losses take what goes into it. Written their way, it
 * is left out, so that it is not applied twice.
 */
final class Endings {
    private Endings() {}

    /**
     * Leaves out what the loss does.
     *
     * @param classes whether classes are told apart, so that a sigmoid is the loss's business too
     */
    static void strip(Draft draft, boolean classes, Findings findings) {
        int[] uses = draft.uses();
        for (int place : draft.places(Draft.Role.OUTPUT)) {
            Draft.Node node = draft.nodes().get(place);
            if (node.layers != null && node.layers.isEmpty() && node.from.size() == 1) {
                int before = node.from.get(0).node();
                node = uses[before] == 1 && draft.nodes().get(before).role == Draft.Role.LAYER
                        ? draft.nodes().get(before)
                        : node;
            }
            strip(node, classes, findings);
        }
    }

    private static void strip(Draft.Node node, boolean classes, Findings findings) {
        List<Layer> layers = node.layersOf();
        if (!node.foreign || layers.isEmpty()) {
            return;
        }
        Layer last = layers.get(layers.size() - 1);
        boolean ends = (last instanceof Softmax softmax && !softmax.log())
                || (classes && last.equals(new Activation(Activation.Function.SIGMOID)));
        if (ends) {
            node.layers = layers.subList(0, layers.size() - 1);
            findings.remark("the " + last + " of '" + node.id + "' at the end is left out: losses take logits");
        }
    }
}
