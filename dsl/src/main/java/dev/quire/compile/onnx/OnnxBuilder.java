package dev.quire.compile.onnx;

import dev.quire.graph.DType;
import dev.quire.graph.Graph;
import dev.quire.graph.Parameter;
import dev.quire.graph.Shape;
import dev.quire.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Collects nodes and initializers, each value under a name of its own. */
final class OnnxBuilder {
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final Map<String, Initializer> initializers = new LinkedHashMap<>();
    private final Map<Tensor, String> known = new HashMap<>();
    private final Map<Constant, String> constants = new HashMap<>();
    private final Map<Source, String> gathered = new HashMap<>();
    private final Map<Shape, String> masks = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final @Nullable Tensor batched;
    private @Nullable String batch;

    OnnxBuilder(Graph graph, Set<String> taken) {
        names.addAll(taken);
        batched = graph.inputs().stream()
                .filter(input -> input.shape().rank() > 0 && input.size(0) == -1)
                .findFirst()
                .orElse(null);
        graph.parameters().forEach(this::declare);
        graph.buffers().forEach(this::declare);
    }

    private void declare(Parameter parameter) {
        String name = unique(parameter.name());
        Shape shape = parameter.type().shape();
        initializers.put(
                name, Initializer.of(name, parameter.name(), parameter.type().dtype(), shape));
        known.put(parameter.tensor(), name);
    }

    List<OnnxNode> nodes() {
        return nodes;
    }

    Map<String, Initializer> initializers() {
        return initializers;
    }

    void name(Tensor tensor, String name) {
        known.put(tensor, name);
    }

    /** What a value is called; nothing where its op has printed no such output. */
    @Nullable
    String find(Tensor tensor) {
        return known.get(tensor);
    }

    /** A name nobody has: the one wished for where it is free, else with a number after it. */
    String unique(String wish) {
        String name = wish;
        for (int i = 2; !names.add(name); i++) {
            name = wish + "_" + i;
        }
        return name;
    }

    /** Adds a node. */
    List<String> add(String place, String type, Map<String, Object> attributes, List<String> inputs, int outputs) {
        String name = unique(place + type);
        List<String> results = IntStream.range(0, outputs)
                .mapToObj(i -> i == 0 ? name : unique(name + "." + i))
                .toList();
        nodes.add(new OnnxNode(name, type, inputs, results, attributes));
        return results;
    }

    private record Constant(int type, List<Long> sizes, java.nio.ByteBuffer content) {}

    /** Values known now; equal ones are kept once. */
    String constant(DType dtype, List<Long> sizes, double... values) {
        byte[] content = Literals.bytes(dtype, values);
        return constants.computeIfAbsent(
                new Constant(Proto.type(dtype), sizes, java.nio.ByteBuffer.wrap(content)),
                constant -> add(constant.type(), sizes, new Source.Known(content)));
    }

    /** Whole numbers, one after another. */
    String longs(long... values) {
        byte[] content = Literals.longs(values);
        return constants.computeIfAbsent(
                new Constant(Proto.type(DType.INT64), List.of((long) values.length), java.nio.ByteBuffer.wrap(content)),
                constant -> add(constant.type(), constant.sizes(), new Source.Known(content)));
    }

    private String add(int type, List<Long> sizes, Source source) {
        String name = unique("constant");
        initializers.put(name, new Initializer(name, type, sizes, source));
        return name;
    }

    /** Rows of 32-bit parameters, put together in this order. */
    String gather(String wish, List<Long> sizes, List<Source.Piece> pieces) {
        Source.Pieces source = new Source.Pieces(pieces, DType.FLOAT32.bytes());
        return gathered.computeIfAbsent(source, rows -> {
            String name = unique(wish);
            initializers.put(name, new Initializer(name, Proto.type(DType.FLOAT32), sizes, rows));
            return name;
        });
    }

    /** A shape as a value; where it has sizes that are multiples of the batch, it is calculated. */
    String shape(Shape shape) {
        if (LongStream.of(shape.sizes()).allMatch(size -> size > 0)) {
            return longs(shape.sizes());
        }
        List<String> parts = new ArrayList<>();
        for (long size : shape.sizes()) {
            parts.add(size > 0 ? longs(size) : batches(-size));
        }
        return parts.size() == 1
                ? parts.get(0)
                : add("", "Concat", Map.of("axis", 0L), parts, 1).get(0);
    }

    private String batches(long count) {
        if (batch == null) {
            if (batched == null) {
                throw new IllegalStateException("no input has the batch as its first size");
            }
            Map<String, Object> first = Map.of("start", 0L, "end", 1L);
            batch = add("batch/", "Shape", first, List.of(known(batched)), 1).get(0);
        }
        return count == 1
                ? batch
                : add("batch/", "Mul", Map.of(), List.of(batch, longs(count)), 1)
                        .get(0);
    }

    private String known(Tensor tensor) {
        String name = known.get(tensor);
        if (name == null) {
            throw new IllegalStateException("no name for " + tensor.node());
        }
        return name;
    }

    /** For each of some places, minus infinity at those after it, 0 elsewhere; made once for a length. */
    String mask(long from, long to) {
        return masks.computeIfAbsent(Shape.of(from, to), shape -> {
            String all = add("mask/", "Expand", Map.of(), List.of(infinity(), longs(from, to)), 1)
                    .get(0);
            return add("mask/", "Trilu", Map.of("upper", 1L), List.of(all, constant(DType.INT64, List.of(), 1)), 1)
                    .get(0);
        });
    }

    private String infinity() {
        return constant(DType.FLOAT32, List.of(), Double.NEGATIVE_INFINITY);
    }
}
