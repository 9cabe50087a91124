package dev.quire.model;

import static dev.quire.Quire.*;

import dev.quire.engine.GraphRun.Values;
import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.Parameter;
import dev.quire.graph.Shape;
import dev.quire.graph.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Small networks of every layer, each the same whenever it is asked for: chains over images, sequences, tokens and rows,
 * and graphs with several inputs or outputs.
 */
public final class RandomNetworks {
    /** Whole numbers that networks are given are less than this. */
    public static final int TOKENS = 7;

    private RandomNetworks() {}

    /**
     * A network, what it is given, and weights for it.
     *
     * @param number which
     * @param inputs types of one example, without the batch
     */
    public record Sample(int number, Layer network, List<TensorType> inputs) {
        /** The network on its inputs, outside training. */
        public Architecture architecture() {
            return Architecture.of(network, inputs);
        }

        public Graph graph() {
            return architecture().graph();
        }

        /** Parameters and buffers by name, none of them as it starts. */
        public Map<String, Values> state() {
            Random random = new Random(1000 + number);
            Map<String, Values> out = new LinkedHashMap<>();
            Graph graph = graph();
            Stream.concat(graph.parameters().stream(), graph.buffers().stream())
                    .forEach(each -> out.put(each.name(), draw(each, random)));
            return out;
        }

        /** What it is given for a batch. */
        public List<Values> values(int batch) {
            Random random = new Random(2000 + number);
            return inputs.stream()
                    .map(type -> {
                        long[] sizes = type.shape().batched().with(0, batch).sizes();
                        boolean areTokens = type.dtype() == DType.INT64;
                        return values(
                                sizes,
                                () -> areTokens ? random.nextInt(TOKENS) : (float) (2 * random.nextDouble() - 1));
                    })
                    .toList();
        }

        private static Values draw(Parameter parameter, Random random) {
            Shape shape = parameter.type().shape();
            if (parameter.type().dtype() == DType.INT64) {
                return values(shape.sizes(), () -> 3);
            }
            boolean isScale = parameter.name().endsWith("running_var")
                    || shape.rank() == 1 && parameter.name().endsWith("weight");
            double bound = shape.rank() < 2 ? 0.3 : 1 / Math.sqrt((double) shape.count() / shape.size(0));
            return values(shape.sizes(), () ->
                    (float) (isScale ? 0.5 + random.nextDouble() : bound * (2 * random.nextDouble() - 1)));
        }

        private static Values values(long[] sizes, java.util.function.DoubleSupplier draw) {
            float[] data = new float[Math.toIntExact(Shape.of(sizes).count())];
            for (int i = 0; i < data.length; i++) {
                data[i] = (float) draw.getAsDouble();
            }
            return new Values(sizes, data);
        }

        @Override
        public String toString() {
            return "network " + number + " on " + inputs + ": " + network;
        }
    }

    /** The first so many. */
    public static List<Sample> first(int count) {
        return IntStream.range(0, count).mapToObj(RandomNetworks::of).toList();
    }

    /** A network by its number, from 0. */
    public static Sample of(int number) {
        RandomLayers layers = new RandomLayers(new Random(number));
        return number % 4 == 3 ? graph(number, layers) : chain(number, layers);
    }

    private static Sample chain(int number, RandomLayers layers) {
        TensorType input = input(layers);
        List<Layer> all = new ArrayList<>();
        TensorType type = embedded(number, input, layers, all);
        List<TensorType> passed = new ArrayList<>();
        all.addAll(layers.chain(type, layers.number(2, 9), passed));
        if (number % 4 == 0) {
            // Draws of its own leave the other networks as they were.
            RandomLayers more = new RandomLayers(new Random(3000 + number));
            TensorType at = passed.get(0);
            all.add(more.fitting(at, () -> more.wellKnown(at.shape())).layer());
        }
        return new Sample(number, sequential(all.toArray(Layer[]::new)), List.of(input));
    }

    private static TensorType input(RandomLayers layers) {
        Shape shape = switch (layers.number(0, 4)) {
            case 0, 1 -> Shape.of(layers.number(1, 4), layers.number(5, 11), layers.number(5, 11));
            case 2 -> Shape.of(layers.number(2, 8), layers.number(2, 8));
            case 3 -> Shape.of(layers.number(2, 12));
            default -> Shape.of(layers.number(3, 8));
        };
        boolean areTokens = shape.rank() == 1 && layers.chance(0.5);
        return new TensorType(areTokens ? DType.INT64 : DType.FLOAT32, shape);
    }

    /** Tokens must be embedded first. */
    private static TensorType embedded(int number, TensorType input, RandomLayers layers, List<Layer> into) {
        if (input.dtype() != DType.INT64) {
            return input;
        }
        int units = layers.number(2, 8);
        Layer rows = embedding(TOKENS + layers.number(0, 5), units);
        // Without draws: the other networks are as they were.
        into.add(
                switch (number % 7) {
                    case 0 -> masking(1, rows, selfAttention(1));
                    case 1 -> masking(2, rows, selfAttention(1, causal()));
                    case 2 -> masking(0, rows, transformerEncoder(1, hidden(3)));
                    case 3 -> masking(3, rows, transformerDecoder(1));
                    default -> rows;
                });
        return new TensorType(DType.FLOAT32, Shape.of(input.shape().size(0), units));
    }

    /** Towers on one to three inputs, joined; one of them shared; often with more than one output. */
    private static Sample graph(int number, RandomLayers layers) {
        List<Wire> inputs = new ArrayList<>();
        List<TensorType> types = new ArrayList<>();
        List<Wire> rows = new ArrayList<>();
        for (int i = 0; i < layers.number(1, 3); i++) {
            TensorType input = input(layers);
            types.add(input);
            inputs.add(dev.quire.Quire.input(input.dtype(), input.shape().sizes()));
            List<Layer> tower = new ArrayList<>();
            TensorType type = embedded(number, input, layers, tower);
            List<TensorType> passed = new ArrayList<>();
            tower.addAll(layers.chain(type, layers.number(0, 3), passed));
            Wire seen = sequential(tower.toArray(Layer[]::new)).on(inputs.get(i));
            TensorType at = passed.get(0);
            if (layers.chance(0.5)) {
                Layer kept = layers.fitting(
                                at, () -> shared("s" + layers.number(0, 999), layers.elementwise(at.shape())))
                        .layer();
                seen = add(kept.on(seen), kept.on(multiply(seen, seen)));
            }
            rows.add(dense(4).on(flatten().on(seen)));
        }
        Wire joined = rows.size() == 1
                ? relu().on(rows.get(0))
                : layers.one(
                        concat(rows.toArray(Wire[]::new)),
                        add(rows.toArray(Wire[]::new)),
                        multiply(rows.toArray(Wire[]::new)));
        List<Wire> outputs = new ArrayList<>(List.of(dense(2).on(joined)));
        if (layers.chance(0.5)) {
            Wire row = dev.quire.Quire.input(4);
            Wire two = model(inputs(row), dense(3).on(tanh().on(row)), sigmoid().on(row))
                    .on(dense(4).on(joined));
            outputs.add(two);
            outputs.add(layers.chance(0.5) ? two.output(1) : rows.get(0));
        }
        return new Sample(number, model(inputs, outputs.toArray(Wire[]::new)), types);
    }
}
