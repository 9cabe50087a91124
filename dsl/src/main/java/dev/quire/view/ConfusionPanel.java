package dev.quire.view;

import dev.quire.metric.ConfusionMatrix;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.knowm.xchart.internal.chartpart.IChart;

/**
 * A confusion matrix as a heat map. XChart's own heat map writes all values in one colour, which vanishes on the dark
 * or on the light cells.
 */
final class ConfusionPanel implements IChart {
    private static final int TITLE = 32;
    private static final int AXIS = 26;
    private static final int LONGEST_NAME = 110;
    private static final int SLANT = 45;
    private static final int SMALLEST_VALUE = 16;

    private final ConfusionMatrix matrix;
    private final List<String> names;
    private final int cell;
    private final int size;
    private final double longest;

    ConfusionPanel(ConfusionMatrix matrix) {
        this.matrix = matrix;
        int n = Math.max(1, matrix.classes().size());
        this.cell = Math.max(5, Math.min(n < 6 ? 64 : 40, 420 / n));
        this.size = Math.max(9, Math.min(12, cell / 2));
        this.names = matrix.classes().stream()
                .map(name -> Ink.fit(name, size, LONGEST_NAME))
                .toList();
        this.longest =
                names.stream().mapToDouble(name -> Ink.guess(name, size)).max().orElse(0);
    }

    @Override
    public String getTitle() {
        return "accuracy " + Numbers.percent(matrix.accuracy()) + " of " + Numbers.count(matrix.total());
    }

    @Override
    public int getWidth() {
        return Math.max(left() + side() + 12, left() + (int) Ink.guess(getTitle(), 13));
    }

    @Override
    public int getHeight() {
        return TITLE + side() + below() + AXIS;
    }

    @Override
    public void paint(Graphics2D g, int width, int height) {
        g.setFont(Fonts.bold(13));
        g.setColor(Palette.INK);
        Ink.left(g, getTitle(), left(), 16);
        for (int truth = 0; truth < names.size(); truth++) {
            for (int predicted = 0; predicted < names.size(); predicted++) {
                cell(g, truth, predicted);
            }
        }
        g.setColor(Palette.LINE);
        g.draw(new Rectangle2D.Double(left(), TITLE, side(), side()));
        names(g);
        g.setFont(Fonts.plain(12));
        g.setColor(Palette.FAINT);
        Ink.centre(g, "predicted", left() + side() / 2.0, getHeight() - 6);
        Ink.slanted(g, "true", 14, TITLE + side() / 2.0 - 14, 90);
    }

    /** The shade is the square root of the share of the row: a single mistake among hundreds is still seen. */
    private void cell(Graphics2D g, int truth, int predicted) {
        long count = matrix.count(truth, predicted);
        if (count == 0) {
            return;
        }
        double x = left() + predicted * cell;
        double y = TITLE + truth * cell;
        Color color = Palette.blues(Math.sqrt((double) count / matrix.count(truth)));
        g.setColor(color);
        g.fill(new Rectangle2D.Double(x, y, cell, cell));
        if (cell >= SMALLEST_VALUE) {
            String text = Long.toString(count);
            int fitting = (int) Math.min(size, size * (cell - 3) / Ink.guess(text, size));
            g.setFont(Fonts.plain(fitting));
            g.setColor(Palette.on(color));
            Ink.centre(g, text, x + cell / 2.0, y + cell / 2.0 + fitting * 0.36);
        }
    }

    private void names(Graphics2D g) {
        g.setFont(Fonts.plain(size));
        g.setColor(Palette.INK);
        int every = (int) Math.ceil((size + 2.0) / cell);
        for (int i = 0; i < names.size(); i += every) {
            double middle = (i + 0.5) * cell;
            Ink.right(g, names.get(i), left() - 6, TITLE + middle + size * 0.36);
            if (isLevel()) {
                Ink.centre(g, names.get(i), left() + middle, TITLE + side() + size + 4);
            } else {
                Ink.slanted(g, names.get(i), left() + middle + 4, TITLE + side() + size + 2, SLANT);
            }
        }
    }

    private boolean isLevel() {
        return longest <= cell;
    }

    private int left() {
        return 30 + (int) longest;
    }

    private int side() {
        return cell * names.size();
    }

    private int below() {
        return size + 4 + (isLevel() ? 0 : (int) (longest * Math.sin(Math.toRadians(SLANT))));
    }
}
