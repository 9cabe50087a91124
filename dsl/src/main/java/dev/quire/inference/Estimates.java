package dev.quire.inference;

import dev.quire.QuireException;
import dev.quire.data.HostTensor;
import java.util.ArrayList;
import java.util.List;

/** The first output of a model, row by row, as what it says. */
final class Estimates {
    private static final double ROUNDING = 1e-3;

    private Estimates() {}

    /**
     * One estimate for each row.
     *
     * @param classes the class names; empty for the numbers as they are
     */
    static List<Estimate> of(String model, List<String> classes, HostTensor output) {
        int rows = output.rank() == 0 ? 1 : Math.toIntExact(output.size(0));
        float[] values = output.floats();
        int width = rows == 0 ? 0 : values.length / rows;
        boolean isOne = width == 1 && classes.size() == 2;
        if (rows > 0 && !classes.isEmpty() && width != classes.size() && !isOne) {
            throw new QuireException(model + " gives " + width + " values an example, and has " + classes.size()
                    + " class names: give one name for each value");
        }
        List<Estimate> out = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            float[] one = new float[width];
            System.arraycopy(values, row * width, one, 0, width);
            if (!classes.isEmpty()) {
                one = isOne ? both(one[0]) : probabilities(one);
            }
            out.add(new Estimate(null, classes, one));
        }
        return out;
    }

    /** Of two classes, from the second's one number. */
    private static float[] both(float value) {
        double second = 1 / (1 + Math.exp(-value));
        return new float[] {(float) (1 - second), (float) second};
    }

    /** What is a distribution stays as it is; anything else is what comes before a softmax. */
    private static float[] probabilities(float[] values) {
        double sum = 0;
        double most = Double.NEGATIVE_INFINITY;
        boolean isDistribution = true;
        for (float value : values) {
            isDistribution &= value >= 0 && value <= 1 + ROUNDING;
            sum += value;
            most = Math.max(most, value);
        }
        if (isDistribution && Math.abs(sum - 1) < ROUNDING) {
            return values;
        }
        double total = 0;
        for (float value : values) {
            total += Math.exp(value - most);
        }
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (Math.exp(values[i] - most) / total);
        }
        return out;
    }
}
