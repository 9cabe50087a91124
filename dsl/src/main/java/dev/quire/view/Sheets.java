package dev.quire.view;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Part;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Examples and answers in sheets, to be looked through. */
public final class Sheets {
    private static final int TERMINAL = 100;

    private Sheets() {}

    /**
     * Examples spread evenly over the training split, and under them the dataset in a line: pictures with their
     * labels, or else rows of a table.
     *
     * @param n how many, at least 1
     */
    public static Displayable examples(Dataset data, int n) {
        if (n < 1) {
            throw new QuireException("examples(" + n + "): must be at least 1");
        }
        List<Example> examples = spread(data.train(), n);
        return examples.get(0).isImage() ? pictures(data, examples) : ExampleTable.of(data, examples);
    }

    /**
     * Pictures with what was said of them, green where it was right, and red with the truth where it was wrong.
     *
     * @throws QuireException when there is no answer, or an answer has no picture
     */
    public static Chart predictions(List<Answer> answers) {
        long wrong = answers.stream().filter(Answer::isWrong).count();
        return answers(answers, wrong == 0 ? "" : wrong + " of " + answers.size() + " wrong", i -> "");
    }

    /**
     * As {@link #predictions}, with the loss of each.
     *
     * @param losses as many as answers
     */
    public static Chart losses(List<Answer> answers, List<Double> losses) {
        return answers(answers, "the largest losses, the worst first", i -> "loss " + Numbers.fixed(losses.get(i), 2));
    }

    private static Chart answers(List<Answer> answers, String caption, IntFunction<String> more) {
        List<SheetPanel.Cell> cells = new ArrayList<>();
        for (int i = 0; i < answers.size(); i++) {
            Answer answer = answers.get(i);
            BufferedImage image = answer.image();
            if (image == null) {
                throw new QuireException("an answer about something that is no picture cannot be put on a sheet");
            }
            List<SheetPanel.Line> lines = new ArrayList<>();
            lines.add(
                    new SheetPanel.Line(answer.label() + "  " + Numbers.percent(answer.probability()), answer.color()));
            if (answer.isWrong()) {
                lines.add(new SheetPanel.Line("is " + answer.truth(), Palette.INK));
            }
            if (!more.apply(i).isEmpty()) {
                lines.add(new SheetPanel.Line(more.apply(i), Palette.FAINT));
            }
            cells.add(new SheetPanel.Cell(image, lines));
        }
        if (cells.isEmpty()) {
            throw new QuireException("nothing to draw: there are no predictions");
        }
        return sheet(cells, caption);
    }

    /**
     * One row of {@link #rows}.
     *
     * @param words lines of text, the first in bold
     * @param pictures that stand beside them; may be none
     */
    public record Row(List<String> words, List<BufferedImage> pictures) {
        public Row {
            words = List.copyOf(words);
            pictures = List.copyOf(pictures);
        }
    }

    /** Rows of pictures, each with a few words at its left; in a terminal the words. */
    public static Chart rows(String title, List<Row> rows) {
        RowsPanel panel = new RowsPanel(title, rows);
        return new Chart(List.of(panel), panel.text());
    }

    /**
     * A picture, and beside it the same under a map of heat.
     *
     * @param heat rows of values from 0 to 1, of any size: stretched over the picture
     */
    public static Chart heat(String title, BufferedImage image, float[][] heat) {
        HeatPanel panel = new HeatPanel(title, image, heat);
        return new Chart(List.of(panel), title + "\n" + Sketch.of(panel.heated()));
    }

    private static List<Example> spread(Part part, int n) {
        long shown = Math.min(n, part.count());
        return LongStream.range(0, shown)
                .mapToObj(i -> part.example(i * part.count() / shown))
                .toList();
    }

    private static Chart pictures(Dataset data, List<Example> examples) {
        List<SheetPanel.Cell> cells = examples.stream()
                .map(example -> new SheetPanel.Cell(
                        example.image(), List.of(new SheetPanel.Line(example.label(), Palette.INK))))
                .toList();
        return sheet(cells, data.describe());
    }

    private static Chart sheet(List<SheetPanel.Cell> cells, String caption) {
        return new Chart(
                List.of(new SheetPanel(cells, caption)), terminal(cells) + (caption.isEmpty() ? "" : "\n" + caption));
    }

    /** As many of the pictures as stand side by side, spread evenly, each with its words above. */
    private static String terminal(List<SheetPanel.Cell> cells) {
        List<List<String>> blocks = cells.stream().map(Sheets::block).toList();
        int widest = blocks.stream().mapToInt(TextPlot::width).max().orElse(1);
        int fitting = Math.min(blocks.size(), Math.max(1, TERMINAL / (widest + 3)));
        return TextPlot.beside(IntStream.range(0, fitting)
                .mapToObj(i -> blocks.get(i * blocks.size() / fitting))
                .toList());
    }

    private static List<String> block(SheetPanel.Cell cell) {
        return Stream.concat(
                        cell.lines().stream().map(SheetPanel.Line::text),
                        Sketch.of(cell.image()).lines())
                .toList();
    }
}
