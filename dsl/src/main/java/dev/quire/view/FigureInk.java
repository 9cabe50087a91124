package dev.quire.view;

import java.util.Locale;

/** Writes a diagram as SVG in the colour of the text around it, so that it reads on a light and on a dark page. */
final class FigureInk {
    static final int FONT = 12;
    static final int SMALL = 10;
    private static final String FAMILY = "ui-sans-serif,system-ui,'Segoe UI',Helvetica,Arial,sans-serif";
    private static final String WIRE = " fill=\"none\" stroke=\"currentColor\" stroke-opacity=\".55\"/>";

    private final StringBuilder wires = new StringBuilder();
    private final StringBuilder boxes = new StringBuilder();

    /** About the width of a text; the letters of the East are square. */
    static double width(String text, int size) {
        return size * text.codePoints().mapToDouble(c -> c < 0x1100 ? 0.56 : 1).sum();
    }

    /** A layer, its parameters counted at its right end. */
    void layer(double x, double y, double width, double height, String call, Figure.Layer layer) {
        boolean trained = layer.parameters() > 0;
        String tint = trained ? "#3a8fd0" : "#888888";
        double corner = layer.kind() == Figure.Kind.END ? height / 2 : 4;
        boxes.append(("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"%s\" fill-opacity=\"%s\""
                        + " stroke=\"%s\" stroke-opacity=\".8\"/>")
                .formatted(n(x), n(y), n(width), n(height), n(corner), tint, trained ? ".22" : ".12", tint));
        double count = count(layer.parameters());
        text(call, x + (width - count) / 2, y + height / 2 + 4, FONT, "middle", "");
        if (trained) {
            boxes.append("<path d=\"M%s %sh%sa4 4 0 0 1 4 4v%sa4 4 0 0 1 -4 4h-%sz\" fill=\"%s\" opacity=\".25\"/>"
                    .formatted(n(x + width - count), n(y), n(count - 4), n(height - 8), n(count - 4), tint));
            boxes.append(("<text x=\"%s\" y=\"%s\" font-size=\"%d\" text-anchor=\"middle\">%s"
                            + "<title>%s parameters</title></text>")
                    .formatted(
                            n(x + width - count / 2),
                            n(y + height / 2 + 3.5),
                            SMALL,
                            Numbers.large(layer.parameters()),
                            Numbers.count(layer.parameters())));
        }
    }

    /** The width that a count of parameters takes in a box. */
    static double count(long parameters) {
        return parameters == 0 ? 0 : width(Numbers.large(parameters), SMALL) + 12;
    }

    /** Words in the middle of the foot of the drawing. */
    void caption(String text, double x, double y) {
        text(text, x, y, SMALL, "middle", " opacity=\".75\"");
    }

    /** The joining of branches, hung on the point. */
    void pill(double x, double y, double width, double height, String word) {
        boxes.append(("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"#e07b39\""
                        + " fill-opacity=\".2\" stroke=\"#e07b39\" stroke-opacity=\".8\"/>")
                .formatted(n(x - width / 2), n(y), n(width), n(height), n(height / 2)));
        text(word, x, y + height / 2 + 4, FONT, "middle", "");
    }

    void frame(double x, double y, double width, double height, String title, String count, long parameters) {
        wires.append(("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"8\" fill=\"#888888\""
                        + " fill-opacity=\".07\" stroke=\"currentColor\" stroke-opacity=\".35\""
                        + " stroke-dasharray=\"4 3\"/>")
                .formatted(n(x), n(y), n(width), n(height)));
        if (!count.isEmpty()) {
            boxes.append(("<text x=\"%s\" y=\"%s\" font-size=\"%d\" text-anchor=\"end\" opacity=\".75\">%s"
                            + "<title>%s parameters</title></text>")
                    .formatted(n(x + width - 8), n(y + 13), SMALL, count, Numbers.count(parameters)));
        }
        text(title, x + 8, y + 13, SMALL, "start", " font-weight=\"600\" opacity=\".75\"");
    }

    void arrow(double fromX, double fromY, double toX, double toY) {
        line(fromX, fromY, toX, toY);
        head(toX, toY);
    }

    void line(double fromX, double fromY, double toX, double toY) {
        if (fromX != toX || fromY != toY) {
            wires.append("<path d=\"M%s %sL%s %s\"".formatted(n(fromX), n(fromY), n(toX), n(toY)))
                    .append(WIRE);
        }
    }

    /** From above to below. */
    void curve(double fromX, double fromY, double toX, double toY, boolean arrow) {
        double half = (fromY + toY) / 2;
        wires.append("<path d=\"M%s %sC%s %s %s %s %s %s\""
                        .formatted(n(fromX), n(fromY), n(fromX), n(half), n(toX), n(half), n(toX), n(toY)))
                .append(WIRE);
        if (arrow) {
            head(toX, toY);
        }
    }

    private void head(double x, double y) {
        wires.append("<path d=\"M%s %sl-3.5 -6h7z\" fill=\"currentColor\" fill-opacity=\".6\"/>".formatted(n(x), n(y)));
    }

    /** A shape at the right of a line. */
    void shape(String text, double x, double y) {
        text(text, x + 6, y + 3.5, SMALL, "start", " opacity=\".75\"");
    }

    private void text(String text, double x, double y, int size, String anchor, String style) {
        if (!text.isEmpty()) {
            boxes.append("<text x=\"%s\" y=\"%s\" font-size=\"%d\"%s%s>%s</text>"
                    .formatted(
                            n(x),
                            n(y),
                            size,
                            anchor.equals("start") ? "" : " text-anchor=\"" + anchor + "\"",
                            style,
                            Html.escape(text)));
        }
    }

    /** The drawing. With a card it stands for itself, else it takes the colour of the page. */
    String document(double width, double height, boolean card) {
        String size = " width=\"%1$s\" height=\"%2$s\" viewBox=\"0 0 %1$s %2$s\"".formatted(n(width), n(height));
        return "<svg xmlns=\"http://www.w3.org/2000/svg\"" + size + " font-family=\"" + FAMILY
                + "\" fill=\"currentColor\"" + (card ? " color=\"" + Palette.hex(Palette.INK) + "\"" : "") + ">"
                + (card ? "<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"#ffffff\"/>" : "")
                + wires + boxes + "</svg>";
    }

    private static String n(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
