package dev.quire.source;

import dev.quire.QuireException;
import dev.quire.graph.DType;
import dev.quire.graph.TensorType;
import dev.quire.model.Block;
import dev.quire.model.Custom;
import dev.quire.model.Functional;
import dev.quire.model.Join;
import dev.quire.model.Layer;
import dev.quire.model.Masking;
import dev.quire.model.NormalStart;
import dev.quire.model.Parallel;
import dev.quire.model.Residual;
import dev.quire.model.Sequential;
import dev.quire.model.Shared;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A network as the words that make it. */
final class JavaNetwork {
    private static final String PACKAGE = "dev.quire.";
    private static final int WIDTH = 96;

    /** What must come before, for networks in the functional form. */
    private final List<String> statements = new ArrayList<>();

    private final Map<Shared, String> shared = new HashMap<>();
    private int models;

    private JavaNetwork() {}

    /** Statements, the last of them a {@code return}. */
    static String of(Layer network) {
        JavaNetwork printer = new JavaNetwork();
        String made = printer.text(network);
        printer.statements.add("return " + made + ";");
        return String.join("\n", printer.statements);
    }

    private String text(Layer layer) {
        if (layer instanceof Sequential chain) {
            return call("sequential", texts(chain.layers()));
        } else if (layer instanceof Residual residual) {
            return call("residual", texts(residual.body()));
        } else if (layer instanceof Parallel parallel) {
            List<String> arguments = new ArrayList<>(texts(parallel.branches()));
            if (parallel.join().axis() != 1) {
                arguments.add(0, Integer.toString(parallel.join().axis()));
            }
            return call(parallel.join().kind().word(), arguments);
        } else if (layer instanceof Block block) {
            return call("block", List.of(Python.text(block.name()), text(block.body())));
        } else if (layer instanceof NormalStart start) {
            return call("normalStart", List.of(Double.toString(start.deviation()), text(start.body())));
        } else if (layer instanceof Masking masking) {
            return call("masking", List.of(Integer.toString(masking.token()), text(masking.body())));
        } else if (layer instanceof Shared body) {
            return shared.computeIfAbsent(body, this::declare);
        } else if (layer instanceof Functional functional) {
            return functional(functional);
        } else if (layer instanceof Custom || !layer.getClass().getName().startsWith(PACKAGE)) {
            throw new QuireException("export: " + layer + " is a layer of your own, whose Java is in your cells:"
                    + " record(\"run.zip\") keeps the cells, .py and .pt print its ops");
        }
        return layer.toString();
    }

    private List<String> texts(List<Layer> layers) {
        return layers.stream().map(this::text).toList();
    }

    /** A shared layer is one value that is used in several places. */
    private String declare(Shared layer) {
        String made = call("shared", List.of(Python.text(layer.name()), text(layer.body())));
        statements.add("Layer " + layer.name() + "Shared = " + made + ";");
        return layer.name() + "Shared";
    }

    private String functional(Functional network) {
        String prefix = models++ == 0 ? "" : "m" + models;
        List<String> values = new ArrayList<>();
        for (TensorType type : network.inputs()) {
            String name = prefix + "x" + values.size();
            String sizes = Python.sizes(type.shape());
            statements.add("Wire " + name + " = input("
                    + (type.dtype() == DType.FLOAT32 ? sizes : "DType." + type.dtype() + ", " + sizes) + ");");
            values.add(name);
        }
        List<String> inputs = List.copyOf(values);
        for (Functional.Step step : network.steps()) {
            String name = prefix + "h" + (values.size() - inputs.size());
            List<String> from =
                    step.from().stream().map(source -> value(source, values)).toList();
            String made;
            if (step.layer() instanceof Join join) {
                List<String> arguments = new ArrayList<>(from);
                if (join.axis() != 1) {
                    arguments.add(0, Integer.toString(join.axis()));
                }
                made = call(join.kind().word(), arguments);
            } else {
                made = text(step.layer()) + ".on(" + String.join(", ", from) + ")";
            }
            statements.add("Wire " + name + " = " + made + ";");
            values.add(name);
        }
        String outputs =
                network.outputs().stream().map(source -> value(source, values)).collect(Collectors.joining(", "));
        return "model(inputs(" + String.join(", ", inputs) + "), " + outputs + ")";
    }

    private static String value(Functional.Source source, List<String> values) {
        return values.get(source.place()) + (source.output() == 0 ? "" : ".output(" + source.output() + ")");
    }

    private static String call(String word, List<String> arguments) {
        String line = word + "(" + String.join(", ", arguments) + ")";
        if (line.length() <= WIDTH && !line.contains("\n")) {
            return line;
        }
        return word + "(\n" + arguments.stream().map(JavaSource::indented).collect(Collectors.joining(",\n")) + ")";
    }
}
