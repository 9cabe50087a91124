package dev.quire.view;

import dev.quire.QuireException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.IChart;

/**
 * A drawn chart: one or several XChart charts side by side on a white card, which reads on a light and on a dark page.
 * It has a text for terminals, and no need of XChart in the code that shows it.
 */
public final class Chart implements Displayable {
    private static final int PADDING = 10;
    private static final int ROUNDING = 12;
    /** How many pixels of a PNG file stand for one of the chart: fine enough for print. */
    private static final int FINE = 2;

    private final List<IChart> panels;
    private final String text;

    Chart(List<? extends IChart> panels, String text) {
        this.panels = List.copyOf(panels);
        this.text = text;
    }

    /** XChart charts side by side. */
    public static Chart of(IChart... panels) {
        return new Chart(List.of(panels), TextPlot.of(List.of(panels)));
    }

    /** The first XChart chart, for changes that have no word here; it is drawn as it is when asked for. */
    public IChart xchart() {
        return panels.get(0);
    }

    /** All XChart charts, left to right. */
    public List<IChart> xcharts() {
        return panels;
    }

    /** The width in pixels, the card included. */
    public int width() {
        return panels.stream().mapToInt(IChart::getWidth).sum() + PADDING * (panels.size() + 1);
    }

    /** The height in pixels, the card included. */
    public int height() {
        return panels.stream().mapToInt(IChart::getHeight).max().orElse(0) + 2 * PADDING;
    }

    /** The chart in characters. */
    public String text() {
        return text;
    }

    /** An SVG document. */
    public String svg() {
        SvgGraphics g = new SvgGraphics();
        paint(g);
        return g.document(width(), height());
    }

    /** An image, each pixel of the chart drawn as {@code scale} by {@code scale} pixels. */
    public BufferedImage image(int scale) {
        BufferedImage image = new BufferedImage(width() * scale, height() * scale, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        g.scale(scale, scale);
        smooth(g);
        paint(g);
        g.dispose();
        return image;
    }

    /** A PNG file. */
    public byte[] png() {
        return Pictures.png(image(1));
    }

    /**
     * Writes the chart to a file, as its name ends: {@code .svg}, or {@code .png} at twice the size.
     *
     * @throws QuireException when it ends otherwise or cannot be written
     */
    public void save(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".svg") && !name.endsWith(".png")) {
            throw new QuireException("a chart cannot be saved as " + file.getFileName() + ": use .svg or .png");
        }
        byte[] bytes = name.endsWith(".svg") ? svg().getBytes(StandardCharsets.UTF_8) : Pictures.png(image(FINE));
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new QuireException("the chart cannot be written to " + file + ": " + e, e);
        }
    }

    /** As {@link #save(Path)}. */
    public void save(String file) {
        save(Path.of(file));
    }

    /** PNG, SVG and text; only the text, with the reason, where Java finds no fonts. */
    @Override
    public Display display() {
        try {
            return Display.text(text).png(png()).with(Display.SVG, svg());
        } catch (QuireException noFonts) {
            return Display.text(text + "\n" + noFonts.getMessage());
        }
    }

    @Override
    public String plain() {
        return text;
    }

    @Override
    public String toString() {
        return text;
    }

    static void smooth(Graphics2D g) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    private void paint(Graphics2D g) {
        Fonts.check();
        g.setColor(Color.WHITE);
        g.fill(new RoundRectangle2D.Double(0, 0, width(), height(), ROUNDING, ROUNDING));
        int x = PADDING;
        for (IChart panel : panels) {
            Graphics2D inner = new JoinedLines((Graphics2D) g.create());
            inner.translate(x, PADDING);
            panel.paint(inner, panel.getWidth(), panel.getHeight());
            inner.dispose();
            x += panel.getWidth() + PADDING;
        }
    }
}
