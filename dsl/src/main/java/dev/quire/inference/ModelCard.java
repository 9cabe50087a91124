package dev.quire.inference;

import dev.quire.data.Column;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Grid;
import dev.quire.view.Numbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a model without running it.
 *
 * @param name a word for it, such as the name of its run or file
 * @param description one line on what it is
 * @param inputs what it takes, in order
 * @param outputs what it gives, in order
 * @param classes the names of the classes that its first output speaks of; empty where it has none
 * @param columns of the table that the elements of its only input are from; empty where they are not from one
 * @param image how an image becomes its input; empty where it takes none, or nobody said
 * @param text how a text becomes its input; empty where it takes none, or has no tokenizer
 * @param madeFrom where it comes from, as text by name: the run, the file, the producer
 * @param parameters how many numbers were trained; -1 where that is not known
 * @param bytes of the weights, or of the file
 * @param ops how many of each kind it computes; empty where that is not known
 */
public record ModelCard(
        String name,
        String description,
        List<Port> inputs,
        List<Port> outputs,
        List<String> classes,
        List<Column> columns,
        Optional<ImageInput> image,
        Optional<TextInput> text,
        Map<String, String> madeFrom,
        long parameters,
        long bytes,
        Map<String, Integer> ops)
        implements Displayable {
    private static final int SHOWN = 6;

    public ModelCard {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        classes = List.copyOf(classes);
        columns = List.copyOf(columns);
        madeFrom = Collections.unmodifiableMap(new LinkedHashMap<>(madeFrom));
        ops = Collections.unmodifiableMap(new LinkedHashMap<>(ops));
    }

    /** What is known of a model that takes neither rows of a table nor text. */
    public ModelCard(
            String name,
            String description,
            List<Port> inputs,
            List<Port> outputs,
            List<String> classes,
            Optional<ImageInput> image,
            Map<String, String> madeFrom,
            long parameters,
            long bytes,
            Map<String, Integer> ops) {
        this(
                name,
                description,
                inputs,
                outputs,
                classes,
                List.of(),
                image,
                Optional.empty(),
                madeFrom,
                parameters,
                bytes,
                ops);
    }

    /** This card with the columns that its only input is from. */
    public ModelCard columns(List<Column> given) {
        return new ModelCard(
                name, description, inputs, outputs, classes, given, image, text, madeFrom, parameters, bytes, ops);
    }

    /** This card with one thing more that it is made from. */
    public ModelCard madeFrom(String what, String value) {
        Map<String, String> all = new LinkedHashMap<>(madeFrom);
        all.put(what, value);
        return new ModelCard(
                name, description, inputs, outputs, classes, columns, image, text, all, parameters, bytes, ops);
    }

    /** A table of inputs and outputs, and below it what else is known. */
    public Grid grid() {
        List<List<String>> rows = new ArrayList<>();
        inputs.forEach(port -> rows.add(row("input", port)));
        outputs.forEach(port -> rows.add(row("output", port)));
        return new Grid(
                List.of(
                        Grid.Column.words(""),
                        Grid.Column.words("name"),
                        Grid.Column.words("shape"),
                        Grid.Column.words("type")),
                rows,
                List.of(),
                note());
    }

    private static List<String> row(String kind, Port port) {
        return List.of(
                kind,
                port.name(),
                port.shape(),
                port.isDeclared() ? port.type().name().toLowerCase(Locale.ROOT) : "");
    }

    private String note() {
        StringBuilder out = new StringBuilder(name).append(": ").append(description);
        if (parameters >= 0) {
            out.append("; ").append(Numbers.count(parameters)).append(" parameters");
        }
        out.append("; ").append(Numbers.bytes(bytes));
        if (!classes.isEmpty()) {
            out.append("; ").append(classes.size()).append(" classes: ").append(shortened(classes));
        }
        if (!columns.isEmpty()) {
            out.append("; rows of ")
                    .append(shortened(columns.stream().map(Column::name).toList()));
        }
        if (!ops.isEmpty()) {
            List<String> counted = ops.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                    .map(op -> op.getValue() + " " + op.getKey())
                    .toList();
            out.append("; ").append(shortened(counted));
        }
        image.ifPresent(how -> out.append("; images become ").append(how));
        text.ifPresent(how -> out.append("; texts become ").append(how));
        return out.toString();
    }

    private static String shortened(List<String> words) {
        return String.join(", ", words.subList(0, Math.min(SHOWN, words.size())))
                + (words.size() > SHOWN ? ", ..." : "");
    }

    @Override
    public Display display() {
        return grid().display();
    }

    @Override
    public String plain() {
        return grid().text();
    }
}
