package dev.quire.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Adds nodes one after another. Tensors know their builder, so that {@code x.mul(y)} adds to it. */
public final class GraphBuilder {
    private final boolean training;
    private final Predicate<String> frozen;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Tensor> inputs = new ArrayList<>();
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Parameter> buffers = new LinkedHashMap<>();
    private final Map<String, Object> shared = new HashMap<>();
    private final List<Part> parts = new ArrayList<>();
    private int depth;
    private String layer = "";

    /**
     * @param training whether layers such as dropout and batch norm act as in training
     */
    public GraphBuilder(boolean training) {
        this(training, name -> false);
    }

    /**
     * @param training whether layers such as dropout and batch norm act as in training
     * @param frozen whether the parameter of a name stays as it is
     */
    public GraphBuilder(boolean training, Predicate<String> frozen) {
        this.training = training;
        this.frozen = frozen;
    }

    public boolean training() {
        return training;
    }

    boolean isFrozen(String name) {
        return frozen.test(name);
    }

    /** An input of the program. */
    public Tensor input(String name, TensorType type) {
        Tensor input = leaf(Ops.INPUT, name, type);
        inputs.add(input);
        return input;
    }

    /** A value that training changes by its gradient. */
    public Tensor parameter(String name, TensorType type, Init init) {
        return declare(parameters, Ops.PARAMETER, name, type, init);
    }

    /** A value that is kept with the parameters and has no gradient. */
    public Tensor buffer(String name, TensorType type, Init init) {
        return declare(buffers, Ops.BUFFER, name, type, init);
    }

    private Tensor declare(Map<String, Parameter> into, Op op, String name, TensorType type, Init init) {
        if (parameters.containsKey(name) || buffers.containsKey(name)) {
            throw new ShapeException("the name " + name + " is taken by another parameter: give one of them its own");
        }
        Tensor tensor = leaf(op, name, type);
        into.put(name, new Parameter(name, type, init, tensor.node()));
        return tensor;
    }

    /** A parameter or buffer that a shared layer has declared at its first place. */
    Tensor declared(String name, TensorType type) {
        Parameter found = parameters.containsKey(name) ? parameters.get(name) : buffers.get(name);
        if (found == null || !found.type().equals(type)) {
            throw new ShapeException("needs " + name + " of " + type + ", at its first place it has "
                    + (found == null ? "none" : found.type())
                    + ": a shared layer must be given inputs of one shape, training or not");
        }
        return found.tensor();
    }

    /** Whether a shared layer of this name has been put somewhere already. */
    boolean isShared(String name, Object layer) {
        Object first = shared.putIfAbsent(name, layer);
        if (first != null && !first.equals(layer)) {
            throw new ShapeException("two layers are shared by the name " + name + ", " + first + " and " + layer
                    + ": give each its own name");
        }
        return first != null;
    }

    /** Notes what a layer adds. */
    List<Tensor> part(String path, Object layer, Supplier<List<Tensor>> body) {
        int place = parts.size();
        int from = nodes.size();
        depth++;
        try {
            List<Tensor> outputs = body.get();
            parts.add(place, new Part(path, layer, depth - 1, outputs, from, nodes.size()));
            return outputs;
        } finally {
            depth--;
        }
    }

    /** The layers so far, each before those inside it. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    private Tensor leaf(Op op, String name, TensorType type) {
        return append(op, List.of(), Attributes.of("name", name), List.of(type)).output(0);
    }

    /** Adds an op with one output. */
    public Tensor add(Op op, Attributes attributes, Tensor... operands) {
        return node(op, attributes, List.of(operands)).output(0);
    }

    /** Adds an op; its type rule checks the operands. */
    public Node node(Op op, Attributes attributes, List<Tensor> operands) {
        List<TensorType> types = operands.stream().map(Tensor::type).toList();
        return append(op, operands, attributes, op.types().infer(types, attributes));
    }

    private Node append(Op op, List<Tensor> operands, Attributes attributes, List<TensorType> types) {
        Node node = new Node(this, nodes.size(), op, operands, attributes, types, layer);
        nodes.add(node);
        return node;
    }

    /** Asks {@code torch.grad} for the gradients of a node's inputs that are needed. */
    Node torchGrad(Node node, Tensor gradient, List<Boolean> needs) {
        List<TensorType> types = new ArrayList<>();
        for (int i = 0; i < needs.size(); i++) {
            if (needs.get(i)) {
                types.add(node.inputs().get(i).type());
            }
        }
        return append(
                Ops.TORCH_GRAD, List.of(node.output(0), gradient), Attributes.of("needs", List.copyOf(needs)), types);
    }

    /** The dotted name that nodes added from now on carry; gives back the one before. */
    String layer(String name) {
        String before = layer;
        layer = name;
        return before;
    }

    /** The nodes so far. */
    List<Node> nodes() {
        return nodes;
    }

    /** The graph that computes these outputs, without nodes nobody uses. */
    public Graph build(List<Tensor> outputs) {
        boolean[] used = new boolean[nodes.size()];
        for (Tensor output : outputs) {
            used[output.node().id()] = true;
        }
        List<Node> kept = new ArrayList<>();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (used[i] || node.op().kind() == Op.Kind.EFFECT || node.op().isLeaf()) {
                node.inputs().forEach(input -> used[input.node().id()] = true);
                kept.add(node);
            }
        }
        Collections.reverse(kept);
        return new Graph(
                List.copyOf(kept),
                List.copyOf(inputs),
                List.copyOf(parameters.values()),
                List.copyOf(buffers.values()),
                List.copyOf(outputs));
    }
}
