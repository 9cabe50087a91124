package dev.quire.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Matrix products. */
public final class LinearOps {
    public static final Op MATMUL = Op.of("matmul", LinearOps::product, "torch.matmul({0}, {1})")
            .gradient(b -> {
                List<@Nullable Tensor> out = new ArrayList<>();
                Tensor x = b.input(0);
                Tensor y = b.input(1);
                out.add(b.needs(0) ? b.gradient().matmul(y.transpose(-2, -1)).sumTo(x.shape()) : null);
                out.add(b.needs(1) ? x.transpose(-2, -1).matmul(b.gradient()).sumTo(y.shape()) : null);
                return out;
            });

    /** {@code x W^T + b}. */
    public static final Op LINEAR =
            Op.of("linear", LinearOps::linear, "torch.linear({0}, {1}, {2?})").gradient(LinearOps::linearGradient);

    static final List<Op> ROWS = List.of(MATMUL, LINEAR);

    private LinearOps() {}

    private static TensorType product(List<TensorType> inputs, Attributes attributes) {
        Shape a = inputs.get(0).shape();
        Shape b = inputs.get(1).shape();
        if (a.rank() < 2 || b.rank() < 2 || a.size(-1) != b.size(-2)) {
            throw new ShapeException("a matrix product of shapes " + a + " and " + b
                    + ": both need two axes at least, and the last size of the first must equal the last but one of"
                    + " the second");
        }
        Shape lead = Types.stretch(a.with(-1, 1).with(-2, 1), b.with(-1, 1).with(-2, 1));
        return inputs.get(0).with(lead.with(-2, a.size(-2)).with(-1, b.size(-1)));
    }

    private static TensorType linear(List<TensorType> inputs, Attributes attributes) {
        Shape x = inputs.get(0).shape();
        Shape weight = inputs.get(1).shape();
        if (x.size(-1) != weight.size(1)) {
            throw new ShapeException("expects " + weight.size(1) + " values in the last axis, got shape " + x);
        }
        return inputs.get(0).with(x.with(-1, weight.size(0)));
    }

    private static List<@Nullable Tensor> linearGradient(Backward b) {
        Tensor weight = b.input(1);
        Tensor gradient = b.gradient();
        List<@Nullable Tensor> out = new ArrayList<>();
        out.add(b.needs(0) ? gradient.matmul(weight) : null);
        Tensor rows = rows(gradient);
        out.add(b.needs(1) ? rows.transpose(0, 1).matmul(rows(b.input(0))) : null);
        if (b.node().inputs().size() > 2) {
            out.add(b.needs(2) ? rows.sum(false, 0) : null);
        }
        return out;
    }

    private static Tensor rows(Tensor x) {
        long last = x.size(-1);
        return x.shape().rank() == 2 ? x : x.reshape(Shape.of(x.shape().count() / last, last));
    }
}
