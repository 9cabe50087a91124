package dev.quire.inference;

import dev.quire.QuireException;
import dev.quire.data.Example;
import dev.quire.data.Field;
import dev.quire.data.HostTensor;
import dev.quire.data.Part;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import dev.quire.metric.Classification;
import dev.quire.train.Stages;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Asks a model about every example of a part of a dataset. */
final class Examiner {
    private static final long BATCH = 256;
    private static final int IMAGE_RANK = 3;

    private Examiner() {}

    static Classification classification(Model model, Part part) {
        List<String> classes = part.dataset().classes();
        boolean isOneClass = part.dataset().target().shape().rank() == 0 && classes.size() > 1;
        if (!isOneClass) {
            throw new QuireException(
                    part.dataset().name() + " has no classes to get right: it needs one class an example");
        }
        int[] truth = part.labels();
        float[] probabilities = new float[Math.multiplyExact(truth.length, classes.size())];
        int row = 0;
        for (long from = 0; from < part.count(); from += BATCH) {
            List<Example> examples = LongStream.range(from, Math.min(part.count(), from + BATCH))
                    .mapToObj(part::example)
                    .toList();
            HostTensor output = model.run(input(model, examples));
            for (Estimate said : Estimates.of(model.name(), classes, output)) {
                System.arraycopy(said.values(), 0, probabilities, row++ * classes.size(), classes.size());
            }
        }
        return Classification.of(classes, probabilities, truth);
    }

    /** As the dataset stores them where the model takes that, else as the model or the dataset prepares them. */
    private static HostTensor input(Model model, List<Example> examples) {
        Field field = examples.get(0).inputs().get(0).field();
        Port port = model.inputs().get(0);
        if (port.type() == field.type() && takes(port, field.shape())) {
            return HostTensor.join(examples.stream().map(Examiner::stored).toList());
        }
        Optional<ImageInput> image = model.card().image();
        if (image.isPresent() && field.type() == DType.UINT8 && isOf(image.get(), field.shape())) {
            return HostTensor.join(examples.stream()
                    .map(example -> image.get().of(planes(example)))
                    .toList());
        }
        List<Stages.Stage> stages = Stages.of(examples.get(0).dataset(), examples, false, 0);
        Stages.Stage last = stages.get(stages.size() - 1);
        return HostTensor.of(last.values(), sizes(examples.size(), last.shape()));
    }

    private static HostTensor stored(Example example) {
        Field field = example.inputs().get(0).field();
        return HostTensor.of(
                field.type(), example.inputs().get(0).bytes().duplicate().rewind(), sizes(1, field.shape()));
    }

    private static byte[] planes(Example example) {
        ByteBuffer bytes = example.inputs().get(0).bytes().duplicate().rewind();
        byte[] planes = new byte[bytes.remaining()];
        bytes.get(planes);
        return planes;
    }

    private static long[] sizes(int rows, Shape shape) {
        long[] sizes = shape.batched().sizes();
        sizes[0] = rows;
        return sizes;
    }

    private static boolean takes(Port port, Shape shape) {
        List<Long> sizes = port.sizes();
        boolean fits = !port.isDeclared() || sizes.size() == shape.rank() + 1;
        for (int i = 1; fits && i < sizes.size(); i++) {
            fits = sizes.get(i) < 0 || sizes.get(i) == shape.size(i - 1);
        }
        return fits;
    }

    private static boolean isOf(ImageInput image, Shape shape) {
        return shape.rank() == IMAGE_RANK
                && Arrays.equals(shape.sizes(), new long[] {image.channels(), image.height(), image.width()});
    }
}
