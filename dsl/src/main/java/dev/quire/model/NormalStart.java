package dev.quire.model;

import dev.quire.graph.Init;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import java.util.List;

/**
 * A layer whose weights of two axes and more start normal, and whose biases start at 0, as those of most transformers do.
 * What starts with one value everywhere, such as the scales of normalisation, starts so still.
 *
 * @param deviation of the weights, usually 0.02
 * @param body the layer
 */
public record NormalStart(double deviation, Layer body) implements Wrapping {
    public NormalStart {
        Check.positive("normalStart", "the deviation", deviation);
    }

    @Override
    public List<Tensor> apply(Scope scope, List<Tensor> inputs) {
        return body.apply(scope.starting((name, type, usual) -> start(type, usual)), inputs);
    }

    private Init start(TensorType type, Init usual) {
        if (!(usual instanceof Init.Uniform || usual instanceof Init.Normal)) {
            return usual;
        }
        return type.shape().rank() > 1 ? new Init.Normal(deviation) : Init.zeros();
    }

    @Override
    public String toString() {
        return "normalStart(" + deviation + ", " + body + ")";
    }
}
