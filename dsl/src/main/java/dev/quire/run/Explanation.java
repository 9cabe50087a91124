package dev.quire.run;

import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Picture;
import dev.quire.train.Stages;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Grid;
import dev.quire.view.Sheets;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the transforms of a dataset do to one example, one after another: pictures where it is one, else numbers.
 *
 * @param example as it is stored
 * @param stages what it becomes, with several draws of what is random
 */
public record Explanation(Example example, List<Stages.Stage> stages) implements Displayable {
    /** How often the example is passed through. */
    static final int DRAWS = 6;

    private static final int FIRST = 5;

    /** A number with more digits than one wants to read. */
    private static final Pattern NUMBER = Pattern.compile("\\d+\\.\\d{4,}(E-?\\d+)?");

    public Explanation {
        stages = List.copyOf(stages);
    }

    /** Of a training example. */
    public static Explanation of(Dataset data, long index) {
        Example example = data.train().example(index);
        return new Explanation(example, Stages.of(data, Collections.nCopies(DRAWS, example), true, 0));
    }

    private boolean isPicture() {
        return example.isImage() && stages.stream().allMatch(stage -> Picture.fits(stage.shape()));
    }

    /** A row a stage: what it is called, the shape, and the values. */
    public Grid table() {
        return new Grid(
                List.of(
                        Grid.Column.words("after"),
                        Grid.Column.words("shape"),
                        Grid.Column.numbers("from"),
                        Grid.Column.numbers("to"),
                        Grid.Column.numbers("mean"),
                        Grid.Column.words("values")),
                IntStream.range(0, stages.size()).mapToObj(this::line).toList(),
                List.of(),
                title() + (stages.size() == 1 ? "; nothing is done to it" : ""));
    }

    /** Which example it is; what a text goes on with is left out. */
    private String title() {
        String text = example.toString();
        return example.dataset().target().shape().rank() == 0 ? text : text.substring(0, text.indexOf(": "));
    }

    private List<String> line(int i) {
        Stages.Stage stage = stages.get(i);
        float[] first = draw(i, 0);
        double[] range = range(first);
        return List.of(
                name(stage),
                stage.shape().toString(),
                number(range[0]),
                number(range[1]),
                number(IntStream.range(0, first.length)
                        .mapToDouble(j -> first[j])
                        .average()
                        .orElse(0)),
                IntStream.range(0, Math.min(FIRST, first.length))
                                .mapToObj(j -> number(first[j]))
                                .collect(Collectors.joining(", "))
                        + (first.length > FIRST ? ", …" : ""));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    /** In the words of the language: {@code shift(pixels 2), each its own draw}. */
    private static String name(Stages.Stage stage) {
        String name = stage.transform().map(Explanation::words).orElse("as it is stored");
        return stage.isRandom() ? name + ", drawn anew each time" : name;
    }

    private static String words(Object transform) {
        String text = transform.toString();
        int open = text.indexOf('[');
        if (open < 1 || !text.endsWith("]")) {
            return text;
        }
        String inside = NUMBER.matcher(text.substring(open + 1, text.length() - 1))
                .replaceAll(found -> number(Double.parseDouble(found.group())))
                .replace("=", " ")
                .replace("[", "")
                .replace("]", "");
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1, open) + "(" + inside + ")";
    }

    private float[] draw(int stage, int draw) {
        float[] all = stages.get(stage).values();
        int each = all.length / DRAWS;
        return Arrays.copyOfRange(all, draw * each, (draw + 1) * each);
    }

    private static double[] range(float[] values) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return new double[] {low, high};
    }

    private Displayable shown() {
        if (!isPicture()) {
            return table();
        }
        List<Sheets.Row> rows = new ArrayList<>();
        boolean isDrawn = false;
        for (int i = 0; i < stages.size(); i++) {
            isDrawn |= stages.get(i).isRandom();
            double[] range = range(draw(i, 0));
            List<String> words = new ArrayList<>();
            words.add(stages.get(i).transform().map(Explanation::words).orElse("as it is stored"));
            if (stages.get(i).isRandom()) {
                words.add("drawn anew for each example");
            }
            words.add(stages.get(i).shape() + ", " + number(range[0]) + " to " + number(range[1]));
            rows.add(new Sheets.Row(words, pictures(i, isDrawn ? DRAWS : 1)));
        }
        return Sheets.rows(title(), rows);
    }

    private List<BufferedImage> pictures(int stage, int draws) {
        if (stage == 0) {
            return List.of(example.image());
        }
        double[] range = range(stages.get(stage).values());
        // Of fractions black is 0 and white is 1, whatever this example has.
        boolean isFraction = range[0] >= 0 && range[1] <= 1;
        double low = isFraction ? 0 : range[0];
        double high = isFraction ? 1 : Math.max(range[1], range[0] + 1e-9);
        return IntStream.range(0, draws)
                .mapToObj(i -> Picture.of(draw(stage, i), stages.get(stage).shape(), low, high))
                .toList();
    }

    @Override
    public Display display() {
        return shown().display();
    }

    @Override
    public String plain() {
        return table().text();
    }

    @Override
    public String toString() {
        return plain();
    }
}
