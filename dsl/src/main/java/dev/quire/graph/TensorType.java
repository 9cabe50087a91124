package dev.quire.graph;

/** The element type and shape of a tensor in a graph. */
public record TensorType(DType dtype, Shape shape) {
    public TensorType with(Shape other) {
        return new TensorType(dtype, other);
    }

    public TensorType with(DType other) {
        return new TensorType(other, shape);
    }

    @Override
    public String toString() {
        return shape + " " + dtype.name().toLowerCase(java.util.Locale.ROOT);
    }
}
