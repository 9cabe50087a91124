package dev.quire.bench;

import static dev.quire.Quire.batchNorm;
import static dev.quire.Quire.conv;
import static dev.quire.Quire.dense;
import static dev.quire.Quire.dropout;
import static dev.quire.Quire.embedding;
import static dev.quire.Quire.flatten;
import static dev.quire.Quire.layerNorm;
import static dev.quire.Quire.maxPool;
import static dev.quire.Quire.positionalEmbedding;
import static dev.quire.Quire.relu;
import static dev.quire.Quire.sequential;
import static dev.quire.Quire.transformerDecoder;

import dev.quire.data.Dataset;
import dev.quire.data.Field;
import dev.quire.data.InMemory;
import dev.quire.data.Split;
import dev.quire.data.Windows;
import dev.quire.data.transform.Rescale;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.model.Layer;
import dev.quire.train.Optimizer;
import dev.quire.train.TrainingSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** The networks of the table, and random data of the right shapes to train them on. */
final class Networks {
    static final int EXAMPLES = 60_000;
    static final int PIXELS = 784;
    static final int CLASSES = 10;
    static final int CONTEXT = 64;
    static final int VOCABULARY = 65;
    private static final int CHARACTERS = 1_115_394;

    /** Without end: whoever measures stops it. */
    static final TrainingSpec ENDLESS = TrainingSpec.DEFAULT.epochs(1_000_000).optimizer(adamW(1e-3));

    private Networks() {}

    static Layer mlp(int width) {
        return sequential(dense(width), relu(), dense(width), relu(), dense(CLASSES));
    }

    static Layer cnn() {
        return sequential(
                conv(32, 3),
                batchNorm(),
                relu(),
                maxPool(2),
                conv(64, 3),
                relu(),
                maxPool(2),
                flatten(),
                dense(64),
                relu(),
                dropout(0.25),
                dense(CLASSES));
    }

    /** Four blocks, four heads, 128 wide. */
    static Layer gpt() {
        return sequential(
                embedding(VOCABULARY, 128),
                positionalEmbedding(CONTEXT),
                transformerDecoder(4, dropout(0)),
                transformerDecoder(4, dropout(0)),
                transformerDecoder(4, dropout(0)),
                transformerDecoder(4, dropout(0)),
                layerNorm(),
                dense(VOCABULARY));
    }

    static Optimizer adamW(double learningRate) {
        return new Optimizer.AdamW(learningRate, 0.9, 0.999, 1e-8, 0.01, false);
    }

    /** Rows of 784 numbers. */
    static Dataset rows() {
        Random random = new Random(1);
        ByteBuffer x = buffer(EXAMPLES * PIXELS * Float.BYTES);
        while (x.hasRemaining()) {
            x.putFloat((float) random.nextGaussian());
        }
        return classified(new Field("x", DType.FLOAT32, Shape.of(PIXELS)), x.flip(), random);
    }

    /** Images of 28 x 28 bytes, normalised as MNIST is. */
    static Dataset images() {
        Random random = new Random(1);
        ByteBuffer x = buffer(EXAMPLES * PIXELS);
        random.nextBytes(x.array());
        return classified(new Field("image", DType.UINT8, Shape.of(1, 28, 28)), x, random)
                .transform(new Rescale(1 / 255.0))
                .normalize(0.1307, 0.3081);
    }

    /** As many characters as the tiny Shakespeare has. */
    static Dataset text() {
        ByteBuffer tokens = numbers(CHARACTERS, VOCABULARY, new Random(1));
        Shape window = Shape.of(CONTEXT);
        return Dataset.of(
                "text",
                List.of(new Field("tokens", DType.INT64, window)),
                new Field("next", DType.INT64, window),
                names(VOCABULARY),
                Map.of(Split.TRAIN, new Windows(tokens, CONTEXT)));
    }

    private static Dataset classified(Field field, ByteBuffer x, Random random) {
        return Dataset.of(
                "random",
                List.of(field),
                new Field("label", DType.INT64, Shape.of()),
                names(CLASSES),
                Map.of(Split.TRAIN, new InMemory(EXAMPLES, List.of(x, numbers(EXAMPLES, CLASSES, random)))));
    }

    private static ByteBuffer numbers(int count, int below, Random random) {
        ByteBuffer out = buffer(count * Long.BYTES);
        while (out.hasRemaining()) {
            out.putLong(random.nextInt(below));
        }
        return out.flip();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
