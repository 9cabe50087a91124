package dev.quire.model;

import dev.quire.graph.Scope;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.List;

/**
 * Several values made one.
 *
 * @param kind how
 * @param axis where values are joined: 1 for channels, with the batch as 0, or from the end; 1 where it has no meaning
 */
public record Join(Kind kind, int axis) implements Layer {
    /** How. */
    public enum Kind {
        ADD("add"),
        MULTIPLY("multiply"),
        CONCAT("concat");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word that makes it. */
        public String word() {
            return word;
        }
    }

    @Override
    public List<Tensor> apply(Scope scope, List<Tensor> inputs) {
        if (inputs.isEmpty()) {
            throw new ShapeException("joins one value at least, got none");
        }
        Tensor first = inputs.get(0);
        if (kind == Kind.CONCAT) {
            if (first.axis(axis) == 0) {
                throw new ShapeException("cannot join along the batch: use axis 1 or more");
            }
            return List.of(inputs.size() == 1 ? first : first.concat(axis, inputs.subList(1, inputs.size())));
        }
        Tensor out = first;
        for (Tensor input : inputs.subList(1, inputs.size())) {
            out = kind == Kind.ADD ? out.add(input) : out.mul(input);
        }
        return List.of(out);
    }

    /** The call that joins these. */
    String call(List<?> operands) {
        String list = operands.stream().map(Object::toString).collect(java.util.stream.Collectors.joining(", "));
        return kind.word + "(" + (axis == 1 ? "" : axis + ", ") + list + ")";
    }

    @Override
    public String toString() {
        return call(List.of());
    }
}
