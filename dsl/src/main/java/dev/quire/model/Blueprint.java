package dev.quire.model;

import dev.quire.graph.Node;
import dev.quire.graph.Ops;
import dev.quire.graph.Part;
import dev.quire.graph.TensorType;
import dev.quire.view.Diagram;
import dev.quire.view.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How the layers of a network hang together, for a diagram. */
final class Blueprint {
    private final List<Part> parts;
    /** How many values are trained in the nodes up to a number. */
    private final NavigableMap<Integer, Long> trained = new TreeMap<>();

    private Blueprint(Architecture architecture) {
        this.parts = architecture.parts();
        long sum = 0;
        trained.put(-1, 0L);
        for (Node node : architecture.graph().nodes()) {
            if (node.op() == Ops.PARAMETER) {
                sum += node.types().get(0).shape().count();
                trained.put(node.id(), sum);
            }
        }
    }

    static Diagram of(Layer network, Architecture architecture) {
        Blueprint blueprint = new Blueprint(architecture);
        String outputs = shapes(architecture.outputs());
        Figure body = blueprint.figure(
                network,
                0,
                blueprint.parts.size(),
                0,
                outputs,
                blueprint.trained.lastEntry().getValue());
        if (body instanceof Figure.Web) {
            return new Diagram(body);
        }
        List<Figure> all = new ArrayList<>();
        all.add(new Figure.Layer("input", shapes(architecture.inputs()), 0, Figure.Kind.END));
        all.addAll(body instanceof Figure.Chain chain ? chain.parts() : List.of(body));
        all.add(new Figure.Layer("output", "", 0, Figure.Kind.END));
        return new Diagram(new Figure.Chain(all));
    }

    private static String shapes(List<TensorType> types) {
        return types.stream().map(type -> type.shape().toString()).collect(Collectors.joining(" and "));
    }

    /** A layer whose insides are the parts from one number up to another, at this depth and below. */
    private Figure figure(Layer layer, int from, int to, int depth, String output, long parameters) {
        List<Integer> inside = IntStream.range(from, to)
                .filter(i -> parts.get(i).depth() == depth)
                .boxed()
                .toList();
        if (layer instanceof Block block) {
            return new Figure.Framed(block.name(), figure(block.body(), from, to, depth, output, parameters));
        } else if (layer instanceof Shared shared) {
            return new Figure.Framed(
                    "shared " + shared.name(), figure(shared.body(), from, to, depth, output, parameters));
        } else if (layer instanceof NormalStart || layer instanceof Pretrained || layer instanceof Masking) {
            return figure(((Wrapping) layer).body(), from, to, depth, output, parameters);
        } else if (layer instanceof Sequential chain
                && inside.size() == chain.layers().size()) {
            return chain(inside, to);
        } else if (layer instanceof Residual body
                && inside.size() == body.body().size()) {
            return new Figure.Branches("+", List.of(chain(inside, to), new Figure.Chain(List.of())), output);
        } else if (layer instanceof Parallel parallel
                && inside.size() == parallel.branches().size()) {
            return new Figure.Branches(parallel.join().kind().word(), figures(inside, to), output);
        } else if (layer instanceof Functional model
                && inside.size() == model.steps().size()) {
            return web(model, figures(inside, to));
        }
        return new Figure.Layer(
                layer.toString(), output, parameters, follows(layer) ? Figure.Kind.FOLLOWER : Figure.Kind.BOX);
    }

    private Figure chain(List<Integer> inside, int to) {
        List<Figure> flat = new ArrayList<>();
        for (Figure figure : figures(inside, to)) {
            flat.addAll(figure instanceof Figure.Chain inner ? inner.parts() : List.of(figure));
        }
        return new Figure.Chain(flat);
    }

    private List<Figure> figures(List<Integer> inside, int to) {
        return IntStream.range(0, inside.size())
                .mapToObj(i -> {
                    Part part = parts.get(inside.get(i));
                    int end = i + 1 < inside.size() ? inside.get(i + 1) : to;
                    String output = part.outputs().stream()
                            .map(tensor -> tensor.shape().unbatched().toString())
                            .collect(Collectors.joining(", "));
                    return figure(
                            (Layer) part.layer(), inside.get(i) + 1, end, part.depth() + 1, output, parameters(part));
                })
                .toList();
    }

    private Figure web(Functional model, List<Figure> steps) {
        List<Figure.Step> out = new ArrayList<>();
        for (TensorType input : model.inputs()) {
            out.add(new Figure.Step(
                    new Figure.Layer("input", input.shape().toString(), 0, Figure.Kind.END), List.of()));
        }
        for (int i = 0; i < steps.size(); i++) {
            Functional.Step step = model.steps().get(i);
            out.add(new Figure.Step(joined(step, steps.get(i)), places(step.from())));
        }
        for (int i = 0; i < model.outputs().size(); i++) {
            Functional.Source source = model.outputs().get(i);
            String name = model.outputs().size() == 1 ? "output" : "output " + i;
            out.add(new Figure.Step(new Figure.Layer(name, "", 0, Figure.Kind.END), places(List.of(source))));
        }
        return new Figure.Web(out);
    }

    private static Figure joined(Functional.Step step, Figure figure) {
        boolean joins = step.layer() instanceof Join && step.from().size() > 1;
        return joins && figure instanceof Figure.Layer layer
                ? new Figure.Layer(layer.call(), layer.output(), 0, Figure.Kind.JOIN)
                : figure;
    }

    private static List<Integer> places(List<Functional.Source> sources) {
        return sources.stream().map(Functional.Source::place).toList();
    }

    private long parameters(Part part) {
        return trained.lowerEntry(part.to()).getValue()
                - trained.lowerEntry(part.from()).getValue();
    }

    /** Whether it changes values one by one, or sets them right: a detail of the layer before it. */
    private static boolean follows(Layer layer) {
        return layer instanceof Activation
                || layer instanceof BatchNorm
                || layer instanceof Dropout
                || layer instanceof Elu
                || layer instanceof GroupNorm
                || layer instanceof LayerNorm
                || layer instanceof LayerScale
                || layer instanceof LeakyRelu
                || layer instanceof Prelu
                || layer instanceof Softmax
                || layer instanceof Softplus;
    }
}
