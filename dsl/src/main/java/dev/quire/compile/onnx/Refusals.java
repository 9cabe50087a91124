package dev.quire.compile.onnx;

import dev.quire.QuireException;
import dev.quire.graph.Node;

/** Says why a node has no form in ONNX. */
final class Refusals {
    private Refusals() {}

    static QuireException of(Node node, String reason, String remedy) {
        String place = node.layer().isEmpty() ? "the network itself" : "layer " + node.layer();
        return new QuireException("ONNX cannot hold the op " + node.op() + " of " + place + " (node %" + node.id()
                + "): " + reason + "; " + remedy);
    }
}
