package dev.quire.view;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;

/** Words on a drawing, in the font and colour of the graphics; y is the baseline. */
final class Ink {
    private Ink() {}

    static void left(Graphics2D g, String text, double x, double y) {
        g.drawString(text, (float) x, (float) y);
    }

    static void centre(Graphics2D g, String text, double x, double y) {
        left(g, text, x - width(g, text) / 2, y);
    }

    static void right(Graphics2D g, String text, double x, double y) {
        left(g, text, x - width(g, text), y);
    }

    /** The point is the right end of the text, turned so many degrees against the clock. */
    static void slanted(Graphics2D g, String text, double x, double y, double degrees) {
        AffineTransform before = g.getTransform();
        g.translate(x, y);
        g.rotate(-Math.toRadians(degrees));
        right(g, text, 0, 0);
        g.setTransform(before);
    }

    static double width(Graphics2D g, String text) {
        return text.isEmpty()
                ? 0
                : g.getFont().getStringBounds(text, g.getFontRenderContext()).getWidth();
    }

    /** About the width of a text, where it cannot be measured yet. */
    static double guess(String text, int size) {
        return 0.62 * size * text.codePointCount(0, text.length());
    }

    /** The text, cut to about this width. */
    static String fit(String text, int size, double width) {
        return cut(text, (int) (width / guess("x", size)));
    }

    /** The text, cut to so many characters. */
    static String cut(String text, int length) {
        return text.codePointCount(0, text.length()) <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, Math.max(0, length - 1))) + "…";
    }
}
