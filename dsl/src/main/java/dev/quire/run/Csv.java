package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.metric.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of the files of a record; numbers are written so that they are read as the same bits. */
final class Csv {
    static final String STEPS = "step,epoch,loss,learning_rate";

    private Csv() {}

    static String header(History history) {
        return String.join(",", history.columns());
    }

    /** The row of an epoch; the number of the epoch without a fraction. */
    static String row(History history, int index) {
        List<Double> values = history.rows().get(index);
        return values.stream()
                .map(value -> value == Math.rint(value) && Math.abs(value) < 1e15
                        ? Long.toString(value.longValue())
                        : Double.toString(value))
                .collect(Collectors.joining(","));
    }

    static String step(long step, int epoch, float loss, double rate) {
        return step + "," + epoch + "," + loss + "," + rate;
    }

    /** The history of whole lines; later rows may be wider than the header says, which are then refused. */
    static History history(List<String> lines) {
        if (lines.isEmpty()) {
            return History.empty();
        }
        List<String> columns = Arrays.asList(lines.get(0).split(","));
        List<List<Double>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",");
            if (fields.length != columns.size()) {
                throw new QuireException("metrics.csv has a row of " + fields.length + " values, its header names "
                        + columns.size() + ": " + line);
            }
            rows.add(Arrays.stream(fields).map(Double::valueOf).toList());
        }
        return new History(columns, rows);
    }

    /** The loss of each step, in order. */
    static float[] losses(List<String> lines) {
        float[] out = new float[Math.max(0, lines.size() - 1)];
        for (int i = 0; i < out.length; i++) {
            String[] fields = lines.get(i + 1).split(",");
            out[i] = Float.parseFloat(fields[2]);
        }
        return out;
    }
}
