package dev.quire.view;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Example;
import dev.quire.data.Part;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
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
        List<SheetPanel.Cell> cells = new ArrayList<>();
        for (Answer answer : answers) {
            BufferedImage image = answer.image();
            if (image == null) {
                throw new QuireException("an answer about something that is no picture cannot be put on a sheet");
            }
            SheetPanel.Line said =
                    new SheetPanel.Line(answer.label() + "  " + Numbers.percent(answer.probability()), answer.color());
            cells.add(new SheetPanel.Cell(
                    image,
                    answer.isWrong()
                            ? List.of(said, new SheetPanel.Line("is " + answer.truth(), Palette.INK))
                            : List.of(said)));
        }
        if (cells.isEmpty()) {
            throw new QuireException("nothing to draw: there are no predictions");
        }
        long wrong = answers.stream().filter(Answer::isWrong).count();
        String caption = wrong == 0 ? "" : wrong + " of " + answers.size() + " wrong";
        return sheet(cells, caption);
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
