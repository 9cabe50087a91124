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

    /** About the width of a text. */
    static double width(String text, int size) {
        return 0.56 * size * text.codePointCount(0, text.length());
    }

    void layer(double x, double y, double width, double height, String call, Figure.Layer layer) {
        String tint = layer.trained() ? "#3a8fd0" : "#888888";
        boxes.append(("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"5\" fill=\"%s\" fill-opacity=\"%s\""
                        + " stroke=\"%s\" stroke-opacity=\".8\"/>")
                .formatted(n(x), n(y), n(width), n(height), tint, layer.trained() ? ".22" : ".12", tint));
        text(call, x + width / 2, y + height / 2 + 4, FONT, "middle", "");
    }

    /** The joining of branches, hung on the point. */
    void pill(double x, double y, double width, double height, String word) {
        boxes.append(("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"#e07b39\""
                        + " fill-opacity=\".2\" stroke=\"#e07b39\" stroke-opacity=\".8\"/>")
                .formatted(n(x - width / 2), n(y), n(width), n(height), n(height / 2)));
        text(word, x, y + height / 2 + 4, FONT, "middle", "");
    }

    void frame(double x, double y, double width, double height, String title) {
        wires.append(("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"8\" fill=\"#888888\""
                        + " fill-opacity=\".07\" stroke=\"currentColor\" stroke-opacity=\".35\""
                        + " stroke-dasharray=\"4 3\"/>")
                .formatted(n(x), n(y), n(width), n(height)));
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
        text(text, x + 6, y + 2, SMALL, "start", " opacity=\".75\"");
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
