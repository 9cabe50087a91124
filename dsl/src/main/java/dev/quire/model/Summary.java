package dev.quire.model;

import dev.quire.graph.DType;
import dev.quire.graph.Node;
import dev.quire.graph.Op;
import dev.quire.graph.Parameter;
import dev.quire.graph.Part;
import dev.quire.graph.Shape;
import dev.quire.graph.ShapingOps;
import dev.quire.graph.Tensor;
import dev.quire.graph.TensorType;
import dev.quire.view.Diagram;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Numbers;
import dev.quire.view.SummaryTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a network is made of and what it costs.
 *
 * @param inputs types of one example, without the batch
 * @param rows its layers in order; a group of layers comes before those inside it and counts only what it adds itself
 * @param parameters trainable values
 * @param buffers values kept with the parameters
 * @param multiplyAdds for one example; see {@link Row}
 * @param weightBytes memory of parameters and buffers
 * @param activationBytes memory of what the ops of one example's forward pass write
 * @param diagram how the layers hang together
 */
public record Summary(
        List<TensorType> inputs,
        List<Row> rows,
        long parameters,
        long buffers,
        long multiplyAdds,
        long weightBytes,
        long activationBytes,
        Diagram diagram)
        implements Displayable {
    private static final Set<Op> VIEWS =
            Set.of(ShapingOps.RESHAPE, ShapingOps.PERMUTE, ShapingOps.EXPAND, ShapingOps.SLICE);

    /**
     * One layer.
     *
     * @param name dotted, as its parameters carry it
     * @param depth how many groups it is inside of
     * @param layer the call that makes it; of a group only its word
     * @param outputs shapes of one example, without the batch
     * @param parameters trainable values
     * @param multiplyAdds multiplications that are added up, of dense layers, convolutions, matrix products, attention
     *     and recurrence
     * @param activationBytes memory of what its ops write for one example
     */
    public record Row(
            String name,
            int depth,
            String layer,
            List<Shape> outputs,
            long parameters,
            long multiplyAdds,
            long activationBytes) {
        public Row {
            outputs = List.copyOf(outputs);
        }
    }

    public Summary {
        inputs = List.copyOf(inputs);
        rows = List.copyOf(rows);
    }

    /**
     * Sums up a network.
     *
     * @param inputs types of one example, without the batch
     * @throws dev.quire.graph.ShapeException where something does not fit
     */
    public static Summary of(Layer network, List<TensorType> inputs) {
        return of(network, Architecture.of(network, inputs));
    }

    static Summary of(Layer network, Architecture architecture) {
        List<Node> nodes = architecture.graph().nodes();
        Cost all = Cost.of(nodes, 0, Integer.MAX_VALUE);
        List<Part> parts = shown(network, architecture);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            rows.add(row(parts, i, nodes));
        }
        List<Parameter> buffers = architecture.graph().buffers();
        long bufferBytes = buffers.stream()
                .mapToLong(buffer ->
                        buffer.type().shape().count() * buffer.type().dtype().bytes())
                .sum();
        return new Summary(
                architecture.inputs(),
                rows,
                all.parameters,
                buffers.stream()
                        .mapToLong(buffer -> buffer.type().shape().count())
                        .sum(),
                all.multiplyAdds,
                all.parameters * DType.FLOAT32.bytes() + bufferBytes,
                all.bytes,
                Blueprint.of(network, architecture));
    }

    private static boolean isGroup(Object layer) {
        return layer instanceof Sequential
                || layer instanceof Residual
                || layer instanceof Parallel
                || layer instanceof Functional
                || (layer instanceof Wrapping wrapping && isGroup(wrapping.body()));
    }

    /** The layers, without the insides of those that are no groups; the network itself unless it adds nothing. */
    private static List<Part> shown(Layer network, Architecture architecture) {
        Layer inner = network;
        while (inner instanceof NormalStart || inner instanceof Pretrained || inner instanceof Masking) {
            inner = ((Wrapping) inner).body();
        }
        boolean bare = inner instanceof Sequential || inner instanceof Functional;
        List<Part> out = new ArrayList<>();
        if (!bare) {
            List<Tensor> outputs = architecture.graph().outputs();
            out.add(new Part("", network, 0, outputs, 0, Integer.MAX_VALUE));
        }
        int closed = bare || isGroup(network) ? Integer.MAX_VALUE : 0;
        for (Part part : architecture.parts()) {
            int depth = bare ? part.depth() : part.depth() + 1;
            if (depth <= closed) {
                out.add(new Part(part.path(), part.layer(), depth, part.outputs(), part.from(), part.to()));
                closed = isGroup(part.layer()) ? Integer.MAX_VALUE : depth;
            }
        }
        return out;
    }

    private static Row row(List<Part> parts, int index, List<Node> nodes) {
        Part part = parts.get(index);
        Cost cost = Cost.of(nodes, part.from(), part.to());
        for (int i = index + 1; i < parts.size() && parts.get(i).depth() > part.depth(); i++) {
            if (parts.get(i).depth() == part.depth() + 1) {
                cost = cost.minus(
                        Cost.of(nodes, parts.get(i).from(), parts.get(i).to()));
            }
        }
        return new Row(
                part.path(),
                part.depth(),
                isGroup(part.layer()) ? word(part.layer()) : part.layer().toString(),
                part.outputs().stream()
                        .map(output -> output.shape().unbatched())
                        .toList(),
                cost.parameters,
                cost.multiplyAdds,
                cost.bytes);
    }

    private static String word(Object group) {
        String call = group.toString();
        int end = group instanceof Wrapping ? call.indexOf(',') : call.indexOf('(');
        return end < 0 ? call : call.substring(0, end).replace("(", " ");
    }

    /** What a stretch of nodes costs. */
    private record Cost(long parameters, long multiplyAdds, long bytes) {
        static Cost of(List<Node> nodes, int from, int to) {
            long parameters = 0;
            long multiplyAdds = 0;
            long bytes = 0;
            for (Node node : within(nodes, from, to)) {
                if (node.op() == dev.quire.graph.Ops.PARAMETER) {
                    parameters += node.types().get(0).shape().count();
                }
                multiplyAdds += MultiplyAdds.of(node);
                bytes += bytes(node);
            }
            return new Cost(parameters, multiplyAdds, bytes);
        }

        /** Of nodes in the order of their numbers, those from one number up to another. */
        private static List<Node> within(List<Node> nodes, int from, int to) {
            int start = place(nodes, from);
            return nodes.subList(start, Math.max(start, place(nodes, to)));
        }

        /** The place of the first node that has this number or a higher one. */
        private static int place(List<Node> nodes, int number) {
            int low = 0;
            int high = nodes.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (nodes.get(middle).id() < number) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        /** Of tensors that have a batch, views and inputs left out. */
        private static long bytes(Node node) {
            return node.op().kind() == Op.Kind.LEAF || VIEWS.contains(node.op())
                    ? 0
                    : node.types().stream()
                            .filter(type -> type.shape().count() < 0)
                            .mapToLong(type -> type.shape().countPerExample()
                                    * type.dtype().bytes())
                            .sum();
        }

        Cost minus(Cost other) {
            return new Cost(parameters - other.parameters, multiplyAdds - other.multiplyAdds, bytes - other.bytes);
        }
    }

    private SummaryTable table() {
        String given = inputs.stream().map(type -> type.shape().toString()).collect(Collectors.joining(" and "));
        String kept = buffers == 0 ? "" : ", " + Numbers.count(buffers) + " values in buffers";
        return new SummaryTable(
                "input " + given + "; weights " + Numbers.bytes(weightBytes) + kept,
                rows.stream()
                        .map(row -> new SummaryTable.Row(
                                row.name(),
                                "  ".repeat(row.depth()) + row.layer(),
                                row.outputs().stream().map(Shape::toString).collect(Collectors.joining(", ")),
                                row.parameters(),
                                row.multiplyAdds(),
                                row.activationBytes()))
                        .toList());
    }

    @Override
    public Display display() {
        Display table = table().display();
        return table.with(Display.HTML, table.data().get(Display.HTML) + diagram.html());
    }

    @Override
    public String plain() {
        return toString();
    }

    /** The table as aligned text. */
    @Override
    public String toString() {
        return table().toString();
    }
}
