package dev.quire.view;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.internal.chartpart.IChart;

/** Pictures in rows, each with a line or two under it, and a caption under all. */
final class SheetPanel implements IChart {
    /** A picture and what is said of it. */
    record Cell(BufferedImage image, List<Line> lines) {}

    /** One line under a picture. */
    record Line(String text, Color color) {}

    private static final int WIDTH = 880;
    private static final int SMALL = 72;
    private static final int LARGE = 96;
    private static final int GAP = 10;
    private static final int FONT = 12;
    private static final int LINE = 16;

    private final List<Cell> cells;
    private final String caption;
    private final int columns;
    private final int cellWidth;
    private final int cellHeight;

    SheetPanel(List<Cell> cells, String caption) {
        this.cells = cells;
        this.caption = caption;
        int pictures = widest(cells.stream().map(Cell::image).mapToInt(image -> size(image)[0]));
        int words = (int) cells.stream()
                .flatMap(cell -> cell.lines.stream())
                .mapToDouble(line -> Ink.guess(line.text, FONT))
                .max()
                .orElse(0);
        this.cellWidth = Math.max(pictures, Math.min(words, pictures + 40)) + GAP;
        int lines = widest(cells.stream().mapToInt(cell -> cell.lines.size()));
        this.cellHeight =
                widest(cells.stream().map(Cell::image).mapToInt(image -> size(image)[1])) + LINE * lines + GAP;
        int fitting = Math.max(1, WIDTH / cellWidth);
        int rows = Math.max(1, (cells.size() + fitting - 1) / fitting);
        this.columns = Math.max(1, (cells.size() + rows - 1) / rows);
    }

    private static int widest(IntStream sizes) {
        return sizes.max().orElse(SMALL);
    }

    /** Small pictures grow by a whole factor, so that their pixels stay square; large ones shrink. */
    static int[] size(BufferedImage image) {
        int largest = Math.max(image.getWidth(), image.getHeight());
        double factor = largest > LARGE ? (double) LARGE / largest : Math.max(1, Math.round((double) SMALL / largest));
        return new int[] {
            (int) Math.max(1, Math.round(image.getWidth() * factor)),
            (int) Math.max(1, Math.round(image.getHeight() * factor))
        };
    }

    /** Draws a picture in its size. */
    static void picture(Graphics2D g, BufferedImage image, double x, double y) {
        int[] size = size(image);
        BufferedImage drawn = size[0] < image.getWidth() ? Pictures.scaled(image, size[0], size[1]) : image;
        AffineTransform at = AffineTransform.getTranslateInstance(x, y);
        at.scale((double) size[0] / drawn.getWidth(), (double) size[1] / drawn.getHeight());
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        g.drawImage(drawn, at, null);
    }

    @Override
    public String getTitle() {
        return caption;
    }

    @Override
    public int getWidth() {
        return Math.max(columns * cellWidth, Math.min(WIDTH, (int) Ink.guess(caption, FONT) + GAP));
    }

    @Override
    public int getHeight() {
        int rows = (cells.size() + columns - 1) / columns;
        return rows * cellHeight + (caption.isEmpty() ? 0 : LINE + 4);
    }

    @Override
    public void paint(Graphics2D g, int width, int height) {
        for (int i = 0; i < cells.size(); i++) {
            cell(g, cells.get(i), i % columns * cellWidth, i / columns * cellHeight);
        }
        g.setFont(Fonts.plain(FONT));
        g.setColor(Palette.FAINT);
        Ink.left(g, Ink.fit(caption, FONT, getWidth()), GAP / 2.0, getHeight() - 5);
    }

    private void cell(Graphics2D g, Cell cell, int x, int y) {
        int[] size = size(cell.image);
        picture(g, cell.image, x + (cellWidth - size[0]) / 2.0, y);
        g.setFont(Fonts.plain(FONT));
        for (int i = 0; i < cell.lines.size(); i++) {
            Line line = cell.lines.get(i);
            g.setColor(line.color);
            String text = Ink.fit(line.text, FONT, cellWidth - 2);
            Ink.centre(g, text, x + cellWidth / 2.0, y + size[1] + LINE * (i + 1) - 2);
        }
    }
}
