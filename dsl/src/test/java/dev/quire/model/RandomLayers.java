package dev.quire.model;

import static dev.quire.Quire.*;

import dev.quire.QuireException;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Draws layers that fit a value, small ones of every kind. */
final class RandomLayers {
    private static final int LARGEST = 3000;
    private static final int TRIES = 1000;

    private final Random random;

    RandomLayers(Random random) {
        this.random = random;
    }

    /** A layer and the type of what it gives. */
    record Grown(Layer layer, TensorType type) {}

    int number(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    @SafeVarargs
    final <T> T one(T... of) {
        return of[random.nextInt(of.length)];
    }

    /** Draws until one fits and is small. */
    Grown fitting(TensorType type, Supplier<Layer> draw) {
        for (int i = 0; i < TRIES; i++) {
            try {
                Layer layer = draw.get();
                List<TensorType> outputs = Architecture.of(layer, List.of(type)).outputs();
                if (outputs.size() == 1 && outputs.get(0).shape().count() <= LARGEST) {
                    return new Grown(layer, outputs.get(0));
                }
            } catch (QuireException unfit) {
                continue; // Another may fit.
            }
        }
        throw new AssertionError("no layer fits " + type);
    }

    /** So many layers, one after another. */
    List<Layer> chain(TensorType from, int count, List<TensorType> passed) {
        List<Layer> layers = new ArrayList<>();
        TensorType type = from;
        for (int i = 0; i < count; i++) {
            TensorType at = type;
            Grown grown = fitting(at, () -> any(at.shape()));
            layers.add(grown.layer());
            type = grown.type();
        }
        passed.add(type);
        return layers;
    }

    /** Any layer that may fit such a value. */
    Layer any(Shape shape) {
        if (chance(0.3)) {
            return elementwise(shape);
        }
        if (chance(0.12)) {
            return composite(shape);
        }
        return switch (shape.rank()) {
            case 3 -> chance(0.8) ? windowed(2) : reshaped(shape);
            case 2 -> chance(0.4) ? windowed(1) : chance(0.85) ? sequential(shape) : reshaped(shape);
            default -> chance(0.75) ? dense(number(1, 24), bias()) : reshaped(shape);
        };
    }

    private LayerOption[] bias() {
        return chance(0.3) ? new LayerOption[] {noBias()} : new LayerOption[0];
    }

    /** A layer that keeps the shape. */
    Layer elementwise(Shape shape) {
        return switch (number(0, 11)) {
            case 0 -> batchNorm(one(0.1, 0.3), one(1e-5, 1e-3));
            case 1 -> layerNorm(number(1, shape.rank()), one(1e-5, 1e-3));
            case 2 -> groupNorm(number(1, 4), one(1e-5, 1e-3));
            case 3 -> dropout(0.3);
            case 4 -> chance(0.5) ? leakyRelu(0.2) : prelu(chance(0.5) ? new LayerOption[] {perChannel()} : none());
            case 5 -> chance(0.5) ? elu(0.7) : celu(1.3);
            case 6 -> chance(0.5) ? softplus() : softplus(2, 1);
            case 7 ->
                chance(0.5) ? softmax(one(-1, number(1, shape.rank()))) : logSoftmax(one(-1, number(1, shape.rank())));
            default -> new Activation(one(Activation.Function.values()));
        };
    }

    /** A layer of those that well-known networks are made of. */
    Layer wellKnown(Shape shape) {
        return switch (number(0, 5)) {
            case 0 -> shape.rank() == 3 ? permute(2, 3, 1) : permute(2, 1);
            case 1 -> select(number(1, 2), 0);
            case 2 -> classToken();
            case 3 -> unembedding("table" + number(0, 999), number(2, 5));
            case 4 -> normalStart(0.1, keeping(shape), elementwise(shape));
            default -> layerScale(0.5);
        };
    }

    private static LayerOption[] none() {
        return new LayerOption[0];
    }

    private Layer windowed(int axes) {
        List<LayerOption> options = new ArrayList<>();
        boolean isSame = chance(0.3);
        int kernel = number(1, 4);
        options.add(
                isSame
                        ? same()
                        : axes == 2 && chance(0.4) ? padding(number(0, 2), number(0, 2)) : padding(number(0, 2)));
        if (chance(0.4)) {
            options.add(axes == 2 && chance(0.4) ? stride(number(1, 3), number(1, 3)) : stride(number(1, 3)));
        }
        int kind = number(0, 10);
        if (kind < 6 && chance(0.3)) {
            options.add(dilation(2));
        }
        if (kind < 6 && chance(0.3)) {
            options.add(noBias());
        }
        if ((kind < 3 || kind == 5) && chance(0.4)) {
            options.add(groups(number(2, 3)));
        }
        if (kind == 3 && chance(0.5)) {
            options.add(multiplier(2));
        }
        if (kind == 5 && !isSame && chance(0.5)) {
            options.add(outputPadding(1));
        }
        if (kind > 5 && kind < 9 && chance(0.4)) {
            options.add(ceil());
        }
        LayerOption[] all = options.toArray(LayerOption[]::new);
        int filters = number(1, 3) * number(1, 3);
        boolean flat = axes == 1;
        return switch (kind) {
            case 0, 1, 2 ->
                flat
                        ? conv1d(filters, kernel, all)
                        : chance(0.3) ? conv(filters, kernel, number(1, 4), all) : conv(filters, kernel, all);
            case 3 -> flat ? depthwiseConv1d(kernel, all) : depthwiseConv(kernel, all);
            case 4 -> flat ? conv1d(filters, kernel, all) : separableConv(filters, kernel, all);
            case 5 -> flat ? transposedConv1d(filters, kernel, all) : transposedConv(filters, kernel, all);
            case 6, 7 -> flat ? maxPool1d(kernel, all) : maxPool(kernel, all);
            case 8 -> flat ? averagePool1d(kernel, all) : averagePool(kernel, all);
            case 9 -> resized(flat);
            default -> chance(0.5) ? globalAveragePool() : globalMaxPool();
        };
    }

    private Layer resized(boolean flat) {
        return switch (number(0, 3)) {
            case 0 -> upsample(2, chance(0.5) ? new LayerOption[] {bilinear()} : none());
            case 1 -> flat ? upsample(3) : new Upsample(List.of(2, 3), chance(0.5));
            case 2 -> flat ? adaptiveAveragePool1d(number(1, 4)) : adaptiveAveragePool(number(1, 3), number(1, 3));
            default -> flat ? adaptiveMaxPool1d(number(1, 4)) : adaptiveMaxPool(number(1, 3), number(1, 3));
        };
    }

    private Layer sequential(Shape shape) {
        List<LayerOption> options = new ArrayList<>(List.of(layers(number(1, 2))));
        if (chance(0.5)) {
            options.add(bidirectional());
        }
        if (chance(0.4)) {
            options.add(lastState());
        }
        LayerOption[] recurrent = options.toArray(LayerOption[]::new);
        Activation between = new Activation(one(Activation.Function.GELU, Activation.Function.SILU));
        return switch (number(0, 7)) {
            case 0 -> lstm(number(2, 6), recurrent);
            case 1 -> gru(number(2, 6), recurrent);
            case 2 ->
                chance(0.3)
                        ? selfAttention(number(1, 2), noBias())
                        : selfAttention(number(1, 4), chance(0.5) ? causal() : dropout(0.1));
            case 3 -> transformerEncoder(number(1, 4), hidden(number(4, 12)), between);
            case 4 ->
                chance(0.5) ? transformerEncoder(number(1, 3), hidden(8), preNorm()) : transformerEncoder(1, hidden(6));
            case 5 ->
                chance(0.5)
                        ? transformerDecoder(number(1, 4))
                        : transformerDecoder(number(1, 3), hidden(9), postNorm(), between);
            case 6 -> positionalEmbedding(Math.toIntExact(shape.size(0)) + number(0, 3));
            default -> dense(number(1, 12), bias());
        };
    }

    private Layer reshaped(Shape shape) {
        int count = Math.toIntExact(shape.count());
        return switch (number(0, 2)) {
            case 0 -> flatten();
            case 1 -> reshape(number(1, 6), -1);
            default -> reshape(number(1, 4), number(1, Math.max(1, Math.min(6, count))), -1);
        };
    }

    private Layer composite(Shape shape) {
        return switch (number(0, 4)) {
            case 0 -> residual(keeping(shape), keeping(shape));
            case 1 -> add(keeping(shape), sequential(), keeping(shape));
            case 2 -> multiply(keeping(shape), dev.quire.Quire.sequential(keeping(shape), sigmoid()));
            case 3 -> concat(keeping(shape), keeping(shape), sequential());
            default -> block("b" + number(0, 999), keeping(shape), elementwise(shape));
        };
    }

    private static Layer sequential() {
        return dev.quire.Quire.sequential();
    }

    /** A layer with weights that keeps the shape, where there is a simple one. */
    private Layer keeping(Shape shape) {
        int channels = Math.toIntExact(shape.size(0));
        return switch (shape.rank()) {
            case 3 -> chance(0.6) ? conv(channels, number(1, 4), same()) : elementwise(shape);
            case 2 ->
                chance(0.5) ? conv1d(channels, number(1, 3), same()) : dense(Math.toIntExact(shape.size(1)), bias());
            default -> dense(channels, bias());
        };
    }
}
