package dev.quire.source;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.transform.Normalize;
import dev.quire.data.transform.RandomCrop;
import dev.quire.data.transform.RandomFlip;
import dev.quire.data.transform.Rotate;
import dev.quire.data.transform.Shift;
import dev.quire.data.transform.Transform;
import dev.quire.model.Layer;
import dev.quire.train.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A network, its data and its training as Java in Quire's own words, which make the same again. */
public final class JavaSource {
    private JavaSource() {}

    /**
     * A class {@code Model} with the network, the data and the options of a run; its {@code main} trains it.
     *
     * @param run what the run is called
     * @throws QuireException when a layer or loss is of the user's own
     */
    public static String training(String run, Plan plan) {
        return file(
                "/** Run " + run + " on " + plan.data().name() + ". In a cell: var run = Model.run(); */",
                plan.model(),
                """


                    static Dataset data() {
                %s
                    }

                    static Option[] options() {
                        return new Option[] {
                %s
                        };
                    }

                    static Run run() {
                        return train(network(), data(), options());
                    }

                    public static void main(String[] arguments) {
                        run();
                    }""".formatted(
                                indented(indented(data(plan.data()))),
                                JavaOptions.of(plan).stream()
                                        .map(option -> indented(indented(indented(option))))
                                        .collect(Collectors.joining(",\n"))));
    }

    /** A class {@code Model} with the network alone. */
    public static String network(Layer network) {
        return file("/** A network. */", network, "");
    }

    private static String file(String comment, Layer network, String rest) {
        return """
                import static dev.quire.Quire.*;

                import dev.quire.data.Dataset;
                import dev.quire.graph.DType;
                import dev.quire.metric.Goal;
                import dev.quire.model.Layer;
                import dev.quire.model.Wire;
                import dev.quire.run.Run;
                import dev.quire.train.Loss;
                import dev.quire.train.Optimizer;
                import dev.quire.train.Option;
                import dev.quire.train.Schedule;
                import java.util.List;

                %s
                class Model {
                    static Layer network() {
                %s
                    }%s
                }
                """.formatted(comment, indented(indented(JavaNetwork.of(network))), rest);
    }

    private static String data(Dataset data) {
        List<String> notes = new ArrayList<>();
        StringBuilder made = new StringBuilder("return dataset(" + Python.text(data.name()) + ")");
        for (Transform transform : data.transforms()) {
            if (transform instanceof Normalize normalize) {
                made.append(".normalize(List.of(")
                        .append(numbers(normalize.means()))
                        .append("), List.of(")
                        .append(numbers(normalize.deviations()))
                        .append("))");
            }
        }
        for (Transform transform : data.augmentations()) {
            Optional<String> word = word(transform);
            word.ifPresent(known -> made.append(".augment(").append(known).append(')'));
            if (word.isEmpty()) {
                notes.add("// The run also had the augmentation " + transform);
            }
        }
        notes.add("// The run had "
                + data.splits().keySet().stream()
                        .map(split ->
                                data.part(split).count() + " " + split.name().toLowerCase(java.util.Locale.ROOT))
                        .collect(Collectors.joining(" and "))
                + " examples. Data of your own goes here.");
        return String.join("\n", notes) + "\n" + made + ";";
    }

    private static Optional<String> word(Transform transform) {
        if (transform instanceof RandomFlip) {
            return Optional.of("flip()");
        } else if (transform instanceof Rotate rotate) {
            return Optional.of("rotate(" + rotate.degrees() + ")");
        } else if (transform instanceof Shift shift) {
            return Optional.of("shift(" + shift.pixels() + ")");
        } else if (transform instanceof RandomCrop crop) {
            return Optional.of("crop(" + crop.padding() + ")");
        }
        return Optional.empty();
    }

    private static String numbers(List<Double> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    static String indented(String text) {
        return Python.indented(text);
    }
}
