package dev.quire.model;

import dev.quire.QuireException;
import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * A network in the functional form: layers on the outputs of others, with any number of inputs and outputs. Parameters
 * are named by the position of their step.
 *
 * @param inputs the types of one example's inputs, without the batch
 * @param steps layers, each after those it is given values of
 * @param outputs which values come out
 */
public record Functional(List<TensorType> inputs, List<Step> steps, List<Source> outputs) implements Layer {
    /**
     * A layer in its place.
     *
     * @param layer what is done
     * @param from the values it is given
     */
    public record Step(Layer layer, List<Source> from) {
        public Step {
            from = List.copyOf(from);
        }
    }

    /**
     * A value: an input of the network, or an output of a step.
     *
     * @param place the number of the input, or that of the step counted on after the inputs
     * @param output which output of a step, usually 0
     */
    public record Source(int place, int output) {}

    public Functional {
        inputs = List.copyOf(inputs);
        steps = List.copyOf(steps);
        outputs = List.copyOf(outputs);
        if (inputs.isEmpty() || outputs.isEmpty()) {
            throw new QuireException("model: needs an input and an output at least, got " + inputs.size()
                    + " inputs and " + outputs.size() + " outputs");
        }
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).from().isEmpty()) {
                throw new QuireException(
                        "model: step " + i + ", " + steps.get(i).layer() + ", is given no value");
            }
            for (Source source : steps.get(i).from()) {
                check(source, inputs.size() + i, "step " + i);
            }
        }
        for (Source source : outputs) {
            check(source, inputs.size() + steps.size(), "an output");
        }
    }

    private static void check(Source source, int before, String what) {
        if (source.place() < 0 || source.place() >= before || source.output() < 0) {
            throw new QuireException("model: " + what + " is given value " + source.place() + ", expected one of 0 to "
                    + (before - 1) + ": inputs come first, then steps in order");
        }
    }

    @Override
    public List<Tensor> apply(Scope scope, List<Tensor> given) {
        if (given.size() != inputs.size()) {
            throw new ShapeException(
                    "expects " + inputs.size() + (inputs.size() == 1 ? " input" : " inputs") + ", got " + given.size());
        }
        List<List<Tensor>> values = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            TensorType type = given.get(i).type().with(given.get(i).shape().unbatched());
            if (!type.equals(inputs.get(i))) {
                throw new ShapeException("input " + i + " expects " + inputs.get(i) + ", got " + type);
            }
            values.add(List.of(given.get(i)));
        }
        for (int i = 0; i < steps.size(); i++) {
            Layer layer = steps.get(i).layer();
            List<Tensor> operands = steps.get(i).from().stream()
                    .map(source -> value(values, source))
                    .toList();
            values.add(Placement.apply(scope, Placement.name(layer, i), layer, operands));
        }
        return outputs.stream().map(source -> value(values, source)).toList();
    }

    private Tensor value(List<List<Tensor>> values, Source source) {
        List<Tensor> results = values.get(source.place());
        if (source.output() >= results.size()) {
            int step = source.place() - inputs.size();
            throw new ShapeException("output " + source.output() + " is asked of "
                    + (step < 0
                            ? "input " + source.place()
                            : "step " + step + ", " + steps.get(step).layer())
                    + ", which has " + results.size());
        }
        return results.get(source.output());
    }

    @Override
    public String toString() {
        return "model of " + inputs.size() + (inputs.size() == 1 ? " input, " : " inputs, ") + steps.size()
                + (steps.size() == 1 ? " layer and " : " layers and ") + outputs.size()
                + (outputs.size() == 1 ? " output" : " outputs");
    }
}
