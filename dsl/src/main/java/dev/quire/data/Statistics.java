package dev.quire.data;

import dev.quire.QuireException;
import dev.quire.data.transform.Normalize;
import dev.quire.data.transform.Rescale;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Mean and deviation of the first input, by channel, over the training split. */
final class Statistics {
    /** More examples than these are sampled evenly: the mean of so many is known well enough. */
    private static final long ENOUGH = 20_000;

    private Statistics() {}

    static Normalize of(Dataset data) {
        Examples examples = data.train().examples();
        Field field = data.inputs().get(0);
        int channels = field.shape().rank() == 0 ? 1 : (int) field.shape().size(0);
        double[] sums = new double[channels];
        double[] squares = new double[channels];
        long count = Math.min(examples.count(), ENOUGH);
        double[] shift = new double[channels];
        for (long i = 0; i < count; i++) {
            Values values = first(data, examples, i * examples.count() / count);
            int each = values.count() / channels;
            for (int c = 0; c < channels; c++) {
                shift[c] = i == 0 ? values.value(c * each) : shift[c];
                for (int j = c * each; j < (c + 1) * each; j++) {
                    double value = values.value(j) - shift[c];
                    sums[c] += value;
                    squares[c] += value * value;
                }
            }
        }
        double scale = scale(data);
        double n = (double) count * field.shape().count() / channels;
        List<Double> means = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            double mean = sums[c] / n;
            double deviation = Math.sqrt(Math.max(0, squares[c] / n - mean * mean));
            means.add((mean + shift[c]) * scale);
            deviations.add(deviation > 0 ? deviation * scale : 1.0);
        }
        return new Normalize(means, deviations);
    }

    /** Means and deviations that are given: one for each channel, or one for all. */
    static Normalize given(Dataset data, List<Double> means, List<Double> deviations) {
        Field field = data.inputs().get(0);
        long channels = field.shape().rank() == 0 ? 1 : field.shape().size(0);
        if ((means.size() != 1 && means.size() != channels) || deviations.size() != means.size()) {
            throw new QuireException("normalize: %d means and %d deviations for the input %s of %s: give %d, or one"
                    .formatted(means.size(), deviations.size(), field.shape(), data.name(), channels));
        }
        for (double deviation : deviations) {
            if (!(deviation > 0)) {
                throw new QuireException("normalize: a deviation of " + deviation + ": each must be above 0");
            }
        }
        return new Normalize(means, deviations);
    }

    private static double scale(Dataset data) {
        return data.transforms().stream()
                .mapToDouble(transform -> transform instanceof Rescale rescale ? rescale.factor() : 1)
                .reduce(1, (a, b) -> a * b);
    }

    private static Values first(Dataset data, Examples examples, long index) {
        List<ByteBuffer> into = new ArrayList<>();
        for (Field field : data.fields()) {
            into.add(ByteBuffer.allocate(field.bytes()).order(ByteOrder.LITTLE_ENDIAN));
        }
        examples.read(index, into);
        return new Values(data.inputs().get(0), into.get(0).flip());
    }
}
