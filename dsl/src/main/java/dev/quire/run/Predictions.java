package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Field;
import dev.quire.data.Part;
import dev.quire.data.Values;
import dev.quire.metric.Classification;
import dev.quire.train.Answers;
import dev.quire.view.Chart;
import dev.quire.view.Sheets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.LongStream;

/** What the network of a run says of single examples. */
final class Predictions {
    private final String name;
    private final Dataset data;
    private final HeldNetwork held;

    /**
     * @param name of the run
     * @param data it was trained on
     */
    Predictions(String name, Dataset data, HeldNetwork held) {
        this.name = name;
        this.data = data;
        this.held = held;
    }

    Prediction of(Example example) {
        List<ByteBuffer> inputs = inputs(example);
        return of(example, held.with(network -> network.predict(inputs, 1)));
    }

    /** From the outputs of the network for one example. */
    Prediction of(Example example, float[] outputs) {
        List<String> classes = data.classes();
        boolean isOne = outputs.length == 1 && classes.size() == 2;
        if (classes.size() < 2 || (outputs.length != classes.size() && !isOne)) {
            return new Prediction(example, List.of(), outputs);
        }
        Classification said = Answers.classification(classes, outputs, new int[1]);
        float[] probabilities = new float[classes.size()];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = said.probability(0, i);
        }
        return new Prediction(example, classes, probabilities);
    }

    /** The bytes of an example that is of the shape of those it was trained on. */
    List<ByteBuffer> inputs(Example example) {
        List<Field> wanted = data.inputs();
        List<Field> given = example.inputs().stream().map(Values::field).toList();
        if (given.size() < wanted.size() || !given.subList(0, wanted.size()).equals(wanted)) {
            throw new QuireException("run " + name + " was trained on " + wanted + ", the example has " + given
                    + ": give it an example of " + data.name() + " or of data like it");
        }
        return example.inputs().stream().map(Predictions::direct).toList();
    }

    private static ByteBuffer direct(Values values) {
        ByteBuffer bytes = values.bytes().duplicate().rewind();
        return ByteBuffer.allocateDirect(bytes.remaining())
                .order(ByteOrder.nativeOrder())
                .put(bytes)
                .flip();
    }

    /** Of examples spread evenly over a part, drawn in a sheet. */
    Chart sheet(Part part, int count) {
        long shown = Math.min(Math.max(1, count), part.count());
        return Sheets.predictions(LongStream.range(0, shown)
                .mapToObj(i -> of(part.example(i * part.count() / shown)).answer())
                .toList());
    }
}
