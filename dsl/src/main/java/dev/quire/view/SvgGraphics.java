package dev.quire.view;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes what is drawn as SVG. Transforms are worked into the coordinates; strings stay text, which can be searched
 * and copied; the same drawing gives the same bytes. Copying areas and drawing in exclusive-or have no SVG.
 */
final class SvgGraphics extends ShapeGraphics {
    private final StringBuilder body;

    SvgGraphics() {
        this(new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB).createGraphics(), new StringBuilder());
        Chart.smooth(state);
    }

    private SvgGraphics(Graphics2D state, StringBuilder body) {
        super(state);
        this.body = body;
    }

    /** The whole document. */
    String document(int width, int height) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\">"
                        .formatted(width, height)
                + body + "</svg>";
    }

    @Override
    public void fill(Shape shape) {
        if (!(getPaint() instanceof Color color)) {
            rasterize(shape);
        } else if (color.getAlpha() > 0) {
            String path = path(shape, getTransform());
            if (!path.isEmpty()) {
                boolean evenOdd = shape.getPathIterator(null).getWindingRule() == PathIterator.WIND_EVEN_ODD;
                element("<path d=\"" + path + "\"" + (evenOdd ? " fill-rule=\"evenodd\"" : "") + paint("fill", color));
            }
        }
    }

    @Override
    public void draw(Shape shape) {
        if (getStroke() instanceof BasicStroke stroke && getPaint() instanceof Color color) {
            element("<path d=\"" + path(shape, getTransform()) + "\" fill=\"none\"" + paint("stroke", color)
                    + stroke(stroke));
        } else {
            fill(getStroke().createStrokedShape(shape));
        }
    }

    @Override
    public void drawString(String text, float x, float y) {
        Font font = getFont();
        if (text.isBlank()) {
            return;
        }
        double width = font.getStringBounds(text, getFontRenderContext()).getWidth();
        element("<text" + place(x, y) + " font-family=\"" + Fonts.SVG_FAMILY + "\" font-size=\""
                + number(font.getSize2D()) + "\"" + (font.isBold() ? " font-weight=\"bold\"" : "")
                + " textLength=\"" + number(width) + "\" lengthAdjust=\"spacingAndGlyphs\""
                + paint("fill", getColor()) + ">" + Html.escape(text) + "</text");
    }

    @Override
    void image(BufferedImage image, double x, double y, double width, double height) {
        boolean enlarged = width * getTransform().getScaleX() > image.getWidth() * 1.01;
        element("<image" + place(x, y) + " width=\"" + number(width) + "\" height=\"" + number(height)
                + "\" preserveAspectRatio=\"none\"" + (enlarged ? " style=\"image-rendering:pixelated\"" : "")
                + " href=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(Pictures.png(image)) + "\"");
    }

    @Override
    public void copyArea(int x, int y, int width, int height, int dx, int dy) {
        throw new UnsupportedOperationException("SVG has no area to copy");
    }

    @Override
    public void setXORMode(Color color) {
        throw new UnsupportedOperationException("SVG has no exclusive-or");
    }

    @Override
    public Graphics create() {
        return new SvgGraphics((Graphics2D) state.create(), body);
    }

    /** Gradients and textures become a picture of the shape. */
    private void rasterize(Shape shape) {
        Rectangle2D bounds = shape.getBounds2D();
        int width = (int) Math.ceil(bounds.getWidth());
        int height = (int) Math.ceil(bounds.getHeight());
        if (width > 0 && height > 0) {
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
            Graphics2D g = image.createGraphics();
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.translate(-bounds.getX(), -bounds.getY());
            g.setPaint(getPaint());
            g.fill(shape);
            g.dispose();
            image(image, bounds.getX(), bounds.getY(), width, height);
        }
    }

    /** Adds an element, closed here, clipped as the state says. */
    private void element(String open) {
        Shape clip = getClip();
        if (clip == null) {
            body.append(open).append(open.endsWith("</text") ? ">" : "/>");
            return;
        }
        String path = path(clip, getTransform());
        // named by its content: several drawings on one page share their names
        String id = "clip-" + Integer.toHexString(path.hashCode());
        if (body.indexOf("id=\"" + id + "\"") < 0) {
            body.append("<clipPath id=\"" + id + "\"><path d=\"" + path + "\"/></clipPath>");
        }
        body.append("<g clip-path=\"url(#" + id + ")\">").append(open).append(open.endsWith("</text") ? ">" : "/>");
        body.append("</g>");
    }

    private String paint(String what, Color color) {
        double alpha = color.getAlpha()
                / 255.0
                * (getComposite() instanceof AlphaComposite composite ? composite.getAlpha() : 1);
        return " " + what + "=\"" + Palette.hex(color) + "\""
                + (alpha < 1 ? " " + what + "-opacity=\"" + number(alpha) + "\"" : "");
    }

    private String stroke(BasicStroke stroke) {
        double scale = Math.sqrt(Math.abs(getTransform().getDeterminant()));
        StringBuilder out = new StringBuilder(" stroke-width=\"" + number(stroke.getLineWidth() * scale) + "\"");
        switch (stroke.getEndCap()) {
            case BasicStroke.CAP_ROUND -> out.append(" stroke-linecap=\"round\"");
            case BasicStroke.CAP_SQUARE -> out.append(" stroke-linecap=\"square\"");
            default -> {}
        }
        switch (stroke.getLineJoin()) {
            case BasicStroke.JOIN_ROUND -> out.append(" stroke-linejoin=\"round\"");
            case BasicStroke.JOIN_BEVEL -> out.append(" stroke-linejoin=\"bevel\"");
            default -> {}
        }
        float[] dash = stroke.getDashArray();
        if (dash != null) {
            out.append(" stroke-dasharray=\"")
                    .append(IntStream.range(0, dash.length)
                            .mapToObj(i -> number(dash[i] * scale))
                            .collect(Collectors.joining(" ")))
                    .append('"');
        }
        return out.toString();
    }

    /** The attributes that put something at a point. */
    private String place(double x, double y) {
        AffineTransform at = getTransform();
        if ((at.getType() & ~AffineTransform.TYPE_TRANSLATION) == 0) {
            return " x=\"" + number(x + at.getTranslateX()) + "\" y=\"" + number(y + at.getTranslateY()) + "\"";
        }
        double[] matrix = new double[6];
        at.getMatrix(matrix);
        return Arrays.stream(matrix)
                .mapToObj(SvgGraphics::number)
                .collect(Collectors.joining(
                        " ", " transform=\"matrix(", ")\" x=\"" + number(x) + "\" y=\"" + number(y) + "\""));
    }

    /** Coordinates are relative and in hundredths inside, which halves the size and does not drift. */
    private static String path(Shape shape, AffineTransform at) {
        StringBuilder out = new StringBuilder();
        double[] points = new double[6];
        long[] start = {0, 0};
        long[] here = {0, 0};
        for (PathIterator each = shape.getPathIterator(at); !each.isDone(); each.next()) {
            int kind = each.currentSegment(points);
            out.append("mlqcz".charAt(kind));
            int count = kind == PathIterator.SEG_CLOSE ? 0 : 2 * Math.max(1, kind);
            for (int i = 0; i < count; i++) {
                String number = number((Math.round(points[i] * 100) - here[i % 2]) / 100.0);
                out.append(i == 0 || number.startsWith("-") ? "" : " ").append(number);
            }
            if (kind == PathIterator.SEG_CLOSE) {
                here = start.clone();
            } else {
                here = new long[] {Math.round(points[count - 2] * 100), Math.round(points[count - 1] * 100)};
                start = kind == PathIterator.SEG_MOVETO ? here.clone() : start;
            }
        }
        return out.toString();
    }

    /** At most two decimals, the shortest way. */
    private static String number(double value) {
        long hundredths = Math.round(value * 100);
        long whole = Math.abs(hundredths / 100);
        long part = Math.abs(hundredths % 100);
        String digits = part == 0 ? "" : part % 10 == 0 ? "." + part / 10 : part < 10 ? ".0" + part : "." + part;
        return (hundredths < 0 ? "-" : "") + (whole == 0 && part > 0 ? "" : whole) + digits;
    }
}
