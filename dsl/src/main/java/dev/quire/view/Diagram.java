package dev.quire.view;

import dev.quire.QuireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A network as boxes and wires: layers by the call that makes them, wires by the shape they carry. In deep networks
 * what repeats is drawn once.
 *
 * @param network what is drawn, inputs and outputs included
 */
public record Diagram(Figure network) implements Displayable {
    private static final double MARGIN = 12;
    private static final double TALL = 900;
    private static final double CAPTION = 22;
    /** So many layers that are wired freely are told one by one. */
    private static final int FEW = 24;

    /** An SVG document on a white card. */
    public String svg() {
        return drawn(true);
    }

    /** The drawing in the colour of the page, to be folded out where it is tall or says little. */
    public String html() {
        FigureBox box = box();
        return "<details" + (box.height() < TALL && !isChain() ? " open" : "") + "><summary>diagram</summary>"
                + "<div style=\"overflow:auto;max-height:80vh\">" + drawn(false) + "</div></details>";
    }

    /** Of a plain chain the table of its layers says all. */
    private boolean isChain() {
        return network instanceof Figure.Chain chain && chain.parts().stream().allMatch(Figure.Layer.class::isInstance);
    }

    private FigureBox box() {
        return FigureBox.of(Folding.of(Weaving.of(network)));
    }

    private String drawn(boolean card) {
        FigureBox box = box();
        long parameters = network.parameters();
        String caption =
                parameters == 0 ? "" : "figures in boxes are parameters, " + Numbers.count(parameters) + " in all";
        double below = parameters == 0 ? 0 : CAPTION;
        double width = Math.max(box.width(), FigureInk.width(caption, FigureInk.SMALL)) + 2 * MARGIN;
        double height = box.height() + 2 * MARGIN + below;
        FigureInk ink = new FigureInk();
        ink.caption(caption, width / 2, height - MARGIN);
        box.painter().paint(ink, (width - box.width()) / 2, MARGIN);
        return ink.document(width, height, card);
    }

    /**
     * Writes the drawing to a file, an SVG document on a white card.
     *
     * @throws QuireException when its name does not end in {@code .svg}, or it cannot be written
     */
    public void save(Path file) {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".svg")) {
            throw new QuireException("a diagram cannot be saved as " + file.getFileName() + ": use .svg");
        }
        try {
            Files.writeString(file, svg());
        } catch (IOException e) {
            throw new QuireException("the diagram cannot be written to " + file + ": " + e, e);
        }
    }

    /** As {@link #save(Path)}. */
    public void save(String file) {
        save(Path.of(file));
    }

    @Override
    public Display display() {
        return Display.text(plain()).with(Display.SVG, svg());
    }

    /** A line for each layer, what belongs together set in. */
    @Override
    public String plain() {
        return lines(network.layers() <= FEW ? network : Folding.of(Weaving.of(network)), "");
    }

    private static String lines(Figure figure, String indent) {
        if (figure instanceof Figure.Chain chain) {
            return chain.parts().isEmpty()
                    ? indent + "straight through"
                    : chain.parts().stream().map(part -> lines(part, indent)).collect(Collectors.joining("\n"));
        } else if (figure instanceof Figure.Framed frame) {
            return indent + frame.title() + "\n" + lines(frame.body(), indent + "  ");
        } else if (figure instanceof Figure.Branches join) {
            return join.branches().stream()
                            .map(branch -> indent + "├ branch\n" + lines(branch, indent + "│   "))
                            .collect(Collectors.joining("\n"))
                    + (join.isJoined()
                            ? "\n" + indent + "└ "
                                    + lines(join.join(), indent + "  ").strip()
                            : "");
        } else if (figure instanceof Figure.Web web) {
            return java.util.stream.IntStream.range(0, web.steps().size())
                    .mapToObj(i -> {
                        Figure.Step step = web.steps().get(i);
                        String from = step.from().isEmpty()
                                ? ""
                                : "  from "
                                        + step.from().stream()
                                                .map(n -> Integer.toString(n + 1))
                                                .collect(Collectors.joining(", "));
                        return indent + (i + 1) + ": "
                                + lines(step.figure(), indent + "  ").strip() + from;
                    })
                    .collect(Collectors.joining("\n"));
        }
        return (indent + ((Figure.Layer) figure).call() + "  " + figure.output()).stripTrailing();
    }

    @Override
    public String toString() {
        return plain();
    }
}
