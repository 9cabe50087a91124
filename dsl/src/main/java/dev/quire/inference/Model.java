package dev.quire.inference;

import dev.quire.QuireException;
import dev.quire.data.Example;
import dev.quire.data.HostTensor;
import dev.quire.data.Part;
import dev.quire.data.Values;
import dev.quire.data.table.TableRow;
import dev.quire.metric.Classification;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network that answers: a trained run, or a file from elsewhere. It may be asked from several threads at once, also
 * while a run trains. What it holds outside of the Java heap is freed by {@link #close}.
 */
public interface Model extends Displayable, AutoCloseable {
    /** What is known of it without running it. */
    ModelCard card();

    /**
     * Runs it.
     *
     * @param inputs by the names of its inputs; the first axis is the batch, of any size from 1 where that is free
     * @return its outputs by their names, in order
     * @throws QuireException when an input is missing, unknown or of another type or shape, or the model is closed
     */
    Map<String, HostTensor> run(Map<String, HostTensor> inputs);

    /** Frees what it holds, after the calls under way; a closed model refuses to run. */
    @Override
    void close();

    /**
     * How many calls at once answer more than calls one after another: as many as there are processors, and at least 2,
     * where a call takes the thread that makes it and no other; 1 where a call takes several.
     */
    default int atOnce() {
        return 1;
    }

    /** A word for it, such as the name of its run or file. */
    default String name() {
        return card().name();
    }

    /** What it takes, in order. */
    default List<Port> inputs() {
        return card().inputs();
    }

    /** What it gives, in order. */
    default List<Port> outputs() {
        return card().outputs();
    }

    /** The class names; empty where it has none. */
    default List<String> classes() {
        return card().classes();
    }

    /**
     * Runs a model that has one input.
     *
     * @return its first output
     */
    default HostTensor run(HostTensor input) {
        return first(run(Map.of(onlyInput().name(), input)));
    }

    /**
     * What outputs say, one estimate for each example: probabilities where the model has classes.
     *
     * @param outputs as {@link #run(Map)} gave them
     */
    default List<Estimate> estimates(Map<String, HostTensor> outputs) {
        return Estimates.of(name(), classes(), first(outputs));
    }

    /** What it says of each example of a batch. */
    default List<Estimate> predict(HostTensor batch) {
        return estimates(run(Map.of(onlyInput().name(), batch)));
    }

    /**
     * What it says of a text, where it has a tokenizer, else of an image file. Example: {@code
     * model.predict("seven.png")}.
     *
     * @param given a text; or the path of a JPEG or PNG
     * @throws QuireException when the file is missing or broken, or the model takes neither
     */
    default Estimate predict(String given) {
        return card().text().isPresent()
                ? predict(List.of(given)).get(0)
                : predict(image().tensor(Path.of(given))).get(0);
    }

    /**
     * What it says of texts, all of them in one batch.
     *
     * @param texts at least one
     * @throws QuireException when the model has no tokenizer
     */
    default List<Estimate> predict(List<String> texts) {
        TextInput how = card().text()
                .orElseThrow(() -> new QuireException(name() + " does not say how a text becomes its input, " + inputs()
                        + ": put its tokenizer.json beside its weights, or give it tokens"));
        if (texts.isEmpty()) {
            throw new QuireException("predict: no text was given, expected at least one");
        }
        return predict(how.tensor(texts));
    }

    /** What it says of an image. */
    default Estimate predict(BufferedImage image) {
        return predict(image().tensor(image)).get(0).of(image);
    }

    /**
     * What it says of an image file.
     *
     * @param file the content of a JPEG or PNG
     */
    default Estimate predict(byte[] file) {
        return predict(image().tensor(file)).get(0);
    }

    /**
     * What it says of a row of a table. Example: {@code model.predict(Map.of("size", 82, "rooms", 3, "city", "Ulm"))}.
     *
     * @param row the name of each column to a number, or for a column of categories to one of its texts
     * @throws QuireException naming the column whose value is missing or does not fit
     */
    default Estimate predict(Map<String, ?> row) {
        float[] elements = TableRow.elements(name(), card().columns(), row);
        return predict(HostTensor.of(elements, 1, elements.length)).get(0);
    }

    /**
     * What it says of an example, which is given to it as the dataset stores it.
     *
     * @throws QuireException when the example is of another shape or type than the model takes
     */
    default Estimate predict(Example example) {
        Map<String, HostTensor> named = new LinkedHashMap<>();
        List<Values> given = example.inputs();
        if (given.size() < inputs().size()) {
            throw new QuireException(name() + " takes " + inputs().size() + " inputs, the example has " + given.size());
        }
        for (int i = 0; i < inputs().size(); i++) {
            Values values = given.get(i);
            named.put(
                    inputs().get(i).name(),
                    HostTensor.of(
                                    values.field().type(),
                                    values.bytes().duplicate().rewind(),
                                    values.field().shape().sizes())
                            .batched());
        }
        Estimate said = estimates(run(named)).get(0);
        return example.isImage() ? said.of(example.image()) : said;
    }

    /**
     * What it says of every example of a part of a dataset, and what they are: figures of all kinds. Examples are given
     * to it as the dataset stores them where it takes that, else as its card or the dataset says they are prepared.
     *
     * @throws QuireException when the data has no classes, or the model gives other shapes
     */
    default Classification classification(Part part) {
        return Examiner.classification(this, part);
    }

    /** The share of examples it gets right, 0 to 1. Example: {@code load("model.onnx").accuracy(digits().test())}. */
    default double accuracy(Part part) {
        return classification(part).accuracy();
    }

    private Port onlyInput() {
        if (inputs().size() != 1) {
            throw new QuireException(name() + " has " + inputs().size() + " inputs, " + inputs()
                    + ": give them by name, run(Map.of(name, tensor, ...))");
        }
        return inputs().get(0);
    }

    private HostTensor first(Map<String, HostTensor> outputs) {
        return outputs.values().iterator().next();
    }

    private ImageInput image() {
        return card().image()
                .orElseThrow(
                        () -> new QuireException(name() + " does not say how an image becomes its input, " + inputs()
                                + ": load it with inputShape(channels, height, width) and normalize(mean, deviation)"));
    }

    @Override
    default Display display() {
        return card().display();
    }

    @Override
    default String plain() {
        return card().plain();
    }
}
