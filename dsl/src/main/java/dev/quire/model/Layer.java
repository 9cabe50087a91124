package dev.quire.model;

import dev.quire.data.Dataset;
import dev.quire.graph.DType;
import dev.quire.graph.Scope;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import java.util.List;

/**
 * A layer, or a network of layers: an immutable description, written once as a function that adds ops to a graph. Its
 * {@code toString} is the call that makes it.
 */
public interface Layer {
    /**
     * Adds this layer to a graph.
     *
     * @param scope its place, where it declares parameters
     * @param inputs with the batch as axis 0
     * @return one tensor for each output
     */
    List<Tensor> apply(Scope scope, List<Tensor> inputs);

    /**
     * Adds this layer as a part of another that is being added.
     *
     * @param scope the other layer's place
     * @param name what this one's parameters carry in front: {@code name.weight}
     */
    default Tensor within(Scope scope, String name, Tensor input) {
        return Placement.apply(scope, name, this, input);
    }

    /** This layer on values of the functional form: {@code dense(10).on(flatten().on(input(3, 64, 64)))}. */
    default Wire on(Wire... inputs) {
        return Wire.of(this, List.of(inputs));
    }

    /**
     * Layers, shapes, parameters, multiply-adds and memory, for examples of a dataset.
     *
     * @throws dev.quire.QuireException where a shape does not fit, or the output does not match the classes
     */
    default Summary summary(Dataset data) {
        Architecture architecture = Architecture.of(this, Architecture.inputs(data));
        if (architecture.outputs().size() == 1) {
            Architecture.matchClasses(architecture.outputShape(), data);
        }
        return Summary.of(this, architecture);
    }

    /** Layers, shapes, parameters, multiply-adds and memory, for float examples of a shape such as 1, 28, 28. */
    default Summary summary(long... sizes) {
        return Summary.of(this, List.of(new TensorType(DType.FLOAT32, Check.sizes("summary", sizes))));
    }
}
