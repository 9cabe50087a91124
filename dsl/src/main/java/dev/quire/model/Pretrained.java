package dev.quire.model;

import dev.quire.QuireException;
import dev.quire.graph.Init;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;
import dev.quire.graph.WeightFiles;
import java.util.List;

/**
 * A network that begins with weights from files. They are read when training begins, and must be the ones that the
 * fingerprint tells of; a run that goes on from a checkpoint has its weights from there.
 *
 * @param source a file, a folder or a name, as the user wrote it
 * @param fingerprint the SHA-256 of the weights, in hexadecimal digits
 * @param naming how the files name and lay out their tensors, such as {@code resnet}
 * @param use what is taken of them
 * @param body the network
 */
public record Pretrained(String source, String fingerprint, String naming, Use use, Layer body) implements Wrapping {
    /** The name of a backbone among other layers, which its parameters carry. */
    static final String BACKBONE = "backbone";

    /** What is taken of the files. */
    public enum Use {
        /** A network with its own head. */
        WHOLE,
        /** All but the head. */
        BACKBONE,
        /** The weights alone, for a network described beside them. */
        WEIGHTS
    }

    public Pretrained {
        if (!fingerprint.matches("[0-9a-f]{64}")) {
            throw new QuireException(
                    "pretrained: the fingerprint is 64 hexadecimal digits, got \"" + fingerprint + "\"");
        }
    }

    @Override
    public List<Tensor> apply(Scope scope, List<Tensor> inputs) {
        WeightFiles from = new WeightFiles(source, fingerprint, naming);
        String place = scope.path().isEmpty() ? "" : scope.path() + ".";
        Scope.Starts stored = (name, type, usual) ->
                new Init.Stored(from, name.startsWith(place) ? name.substring(place.length()) : name);
        return body.apply(scope.starting(stored), inputs);
    }

    @Override
    public String toString() {
        return switch (use) {
            case WHOLE -> "pretrained(\"" + source + "\")";
            case BACKBONE -> "backbone(\"" + source + "\")";
            case WEIGHTS -> "startFrom(\"" + source + "\", " + body + ")";
        };
    }
}
