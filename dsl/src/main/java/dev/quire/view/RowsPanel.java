package dev.quire.view;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Collectors;
import org.knowm.xchart.internal.chartpart.IChart;

/** Rows of pictures, each with a few words at its left. */
final class RowsPanel implements IChart {
    private static final int FONT = 12;
    private static final int LINE = 16;
    private static final int GAP = 8;
    private static final int LONGEST = 320;

    private final List<Sheets.Row> rows;
    private final String title;
    private final int words;
    private final int picture;

    RowsPanel(String title, List<Sheets.Row> rows) {
        this.title = title;
        this.rows = rows;
        this.words = (int) Math.min(
                LONGEST,
                rows.stream()
                        .flatMap(row -> row.words().stream())
                        // The first of them is bold, and so a little wider.
                        .mapToDouble(line -> 1.1 * Ink.guess(line, FONT))
                        .max()
                        .orElse(0));
        this.picture = rows.stream()
                .flatMap(row -> row.pictures().stream())
                .mapToInt(image -> SheetPanel.size(image)[0])
                .max()
                .orElse(0);
    }

    @Override
    public String getTitle() {
        return title;
    }

    @Override
    public int getWidth() {
        int most = rows.stream().mapToInt(row -> row.pictures().size()).max().orElse(0);
        return Math.max(words + 2 * GAP + most * (picture + GAP), (int) Ink.guess(title, FONT + 1));
    }

    @Override
    public int getHeight() {
        return head() + rows.stream().mapToInt(RowsPanel::height).sum();
    }

    private int head() {
        return title.isEmpty() ? 0 : LINE + GAP;
    }

    private static int height(Sheets.Row row) {
        int pictures = row.pictures().stream()
                .mapToInt(image -> SheetPanel.size(image)[1])
                .max()
                .orElse(0);
        return Math.max(pictures, LINE * row.words().size()) + GAP;
    }

    @Override
    public void paint(Graphics2D g, int width, int height) {
        g.setFont(Fonts.bold(FONT + 1));
        g.setColor(Palette.INK);
        Ink.left(g, title, 0, LINE - 2);
        int y = head();
        for (Sheets.Row row : rows) {
            row(g, row, y);
            y += height(row);
        }
    }

    private void row(Graphics2D g, Sheets.Row row, int y) {
        for (int i = 0; i < row.words().size(); i++) {
            g.setFont(i == 0 ? Fonts.bold(FONT) : Fonts.plain(FONT));
            g.setColor(i == 0 ? Palette.INK : Palette.FAINT);
            Ink.left(g, Ink.fit(row.words().get(i), FONT, words), 0, y + LINE * (i + 1) - 4);
        }
        for (int i = 0; i < row.pictures().size(); i++) {
            BufferedImage image = row.pictures().get(i);
            double x = words + 2 * GAP + i * (picture + GAP);
            SheetPanel.picture(g, image, x, y);
            int[] size = SheetPanel.size(image);
            g.setColor(Palette.LINE);
            g.draw(new Rectangle2D.Double(x, y, size[0], size[1]));
        }
    }

    /** The words alone, for a terminal. */
    String text() {
        String lines = rows.stream().map(row -> String.join("  ", row.words())).collect(Collectors.joining("\n"));
        return title.isEmpty() ? lines : title + "\n" + lines;
    }
}
