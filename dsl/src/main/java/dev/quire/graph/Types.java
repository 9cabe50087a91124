package dev.quire.graph;

import java.util.List;

/** Type rules that several ops share. */
final class Types {
    private Types() {}

    static TensorType same(List<TensorType> inputs, Attributes attributes) {
        return inputs.get(0);
    }

    /** Shapes aligned at the end, sizes of 1 stretched. */
    static TensorType stretched(List<TensorType> inputs, Attributes attributes) {
        TensorType a = inputs.get(0);
        TensorType b = inputs.get(1);
        return new TensorType(a.dtype(), stretch(a.shape(), b.shape()));
    }

    static TensorType comparison(List<TensorType> inputs, Attributes attributes) {
        TensorType shape = inputs.size() == 1 ? inputs.get(0) : stretched(inputs, attributes);
        return shape.with(DType.BOOL);
    }

    static Shape stretch(Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        long[] sizes = new long[rank];
        for (int i = 1; i <= rank; i++) {
            long x = i <= a.rank() ? a.size(-i) : 1;
            long y = i <= b.rank() ? b.size(-i) : 1;
            if (x != y && x != 1 && y != 1) {
                throw new ShapeException("shapes " + a + " and " + b + " do not fit each other: sizes must be equal,"
                        + " or one of them 1, counted from the end");
            }
            sizes[rank - i] = x == 1 ? y : x;
        }
        return Shape.of(sizes);
    }

    /** Refuses another number of axes. */
    static void rank(TensorType input, int rank, String what) {
        if (input.shape().rank() != rank) {
            throw new ShapeException("expects " + what + ", got shape " + input.shape());
        }
    }
}
