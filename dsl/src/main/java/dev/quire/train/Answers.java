package dev.quire.train;

import dev.quire.QuireException;
import dev.quire.metric.Classification;
import java.util.List;

/** The outputs of a network as what they say. */
public final class Answers {
    private Answers() {}

    /**
     * What a classifier said: with one output for each class, or one for two classes.
     *
     * @param outputs the logits, one example after another
     * @param truth the class number of each
     */
    public static Classification classification(List<String> classes, float[] outputs, int[] truth) {
        if (outputs.length == truth.length && classes.size() == 2) {
            return Classification.ofLogit(classes, outputs, truth);
        }
        if (outputs.length != (long) classes.size() * truth.length) {
            throw new QuireException("the network gives " + outputs.length / Math.max(1, truth.length)
                    + " values an example, the data has " + classes.size() + " classes");
        }
        return Classification.ofLogits(classes, outputs, truth);
    }
}
