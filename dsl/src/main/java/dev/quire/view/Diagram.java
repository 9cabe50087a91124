package dev.quire.view;

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

    /** An SVG document on a white card. */
    public String svg() {
        return drawn(true);
    }

    /** The drawing in the colour of the page, to be folded out where it is tall or says little. */
    public String html() {
        FigureBox box = FigureBox.of(Folding.of(network));
        return "<details" + (box.height() < TALL && !isChain() ? " open" : "") + "><summary>diagram</summary>"
                + "<div style=\"overflow:auto;max-height:80vh\">" + drawn(false) + "</div></details>";
    }

    /** Of a plain chain the table of its layers says all. */
    private boolean isChain() {
        return network instanceof Figure.Chain chain && chain.parts().stream().allMatch(Figure.Layer.class::isInstance);
    }

    private String drawn(boolean card) {
        FigureBox box = FigureBox.of(Folding.of(network));
        FigureInk ink = new FigureInk();
        box.painter().paint(ink, MARGIN, MARGIN);
        return ink.document(box.width() + 2 * MARGIN, box.height() + 2 * MARGIN, card);
    }

    @Override
    public Display display() {
        return Display.text(plain()).with(Display.SVG, svg());
    }

    /** A line for each layer, what belongs together set in. */
    @Override
    public String plain() {
        return lines(Folding.of(network), "");
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
                    + "\n" + indent + "└ " + join.word() + "  " + join.output();
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
