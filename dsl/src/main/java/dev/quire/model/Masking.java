package dev.quire.model;

import dev.quire.graph.ArithmeticOps;
import dev.quire.graph.Attributes;
import dev.quire.graph.DType;
import dev.quire.graph.Scope;
import dev.quire.graph.Shape;
import dev.quire.graph.ShapeException;
import dev.quire.graph.Tensor;
import java.util.List;

/**
 * Layers over tokens {@code [N, length]} whose attention passes over the places of one token, with which short sentences
 * are filled up. Every {@link SelfAttention} inside heeds it, in transformer blocks too; other layers see those places as
 * any other.
 *
 * @param token the number that fills up, usually 0
 * @param body the layers, the first of them given the tokens
 */
public record Masking(int token, Layer body) implements Wrapping {
    /** Added to the score of a masked place. Finite, so that a sentence of nothing else has no undefined numbers. */
    private static final double MASKED = -1e9;

    public Masking {
        Check.atLeast("masking", "the token", token, 0);
    }

    @Override
    public List<Tensor> apply(Scope scope, List<Tensor> inputs) {
        Tensor tokens = inputs.get(0);
        if (inputs.size() != 1
                || tokens.shape().rank() != 2
                || tokens.dtype().isFloating()
                || tokens.dtype() == DType.BOOL) {
            throw new ShapeException("expects whole numbers such as tokens, of shape [length], got "
                    + tokens.type().with(tokens.shape().unbatched())
                    + (inputs.size() == 1 ? "" : " and " + (inputs.size() - 1) + " more")
                    + ": put masking(…) around the embedding and what follows it");
        }
        Tensor filler = scope.add(
                ArithmeticOps.FULL,
                Attributes.of("shape", Shape.of()).with("value", (double) token).with("dtype", DType.INT64));
        Tensor mask = tokens.cast(DType.INT64)
                .eq(filler)
                .cast(DType.FLOAT32)
                .mul(MASKED)
                .reshape(Shape.of(tokens.size(0), 1, 1, tokens.size(1)));
        return body.apply(scope.masking(mask), inputs);
    }

    @Override
    public String toString() {
        return "masking(" + token + ", " + body + ")";
    }
}
