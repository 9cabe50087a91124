package dev.quire.view;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.knowm.xchart.internal.chartpart.IChart;

/** A picture, and beside it the same under a map of heat, with a scale. */
final class HeatPanel implements IChart {
    private static final int SIDE = 224;
    private static final int GAP = 12;
    private static final int SCALE = 12;
    private static final int TITLE = 26;
    private static final int[] HEATS = {0x000004, 0x420A68, 0x932667, 0xDD513A, 0xFCA50A, 0xFCFFA4};

    private final String title;
    private final BufferedImage picture;
    private final BufferedImage heated;

    /**
     * @param heat rows of values from 0 to 1, of any size: stretched over the picture
     */
    HeatPanel(String title, BufferedImage image, float[][] heat) {
        this.title = title;
        double factor = (double) SIDE / Math.max(image.getWidth(), image.getHeight());
        int width = (int) Math.max(1, Math.round(image.getWidth() * factor));
        int height = (int) Math.max(1, Math.round(image.getHeight() * factor));
        this.picture = Pictures.scaled(image, width, height);
        this.heated = heated(picture, heat);
    }

    private static BufferedImage heated(BufferedImage picture, float[][] heat) {
        BufferedImage out = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < out.getHeight(); y++) {
            for (int x = 0; x < out.getWidth(); x++) {
                double value = between(
                        heat, (y + 0.5) / out.getHeight() * heat.length, (x + 0.5) / out.getWidth() * heat[0].length);
                double light = Pictures.light(picture, x, y);
                int grey = (int) Math.round(255 * light);
                Color ground = new Color(grey, grey, grey);
                out.setRGB(
                        x,
                        y,
                        Palette.mix(ground, color(value), 0.35 + 0.4 * value).getRGB());
            }
        }
        return out;
    }

    /** Between the middles of the four cells around a place. */
    private static double between(float[][] heat, double row, double column) {
        double y = Math.max(0, Math.min(heat.length - 1, row - 0.5));
        double x = Math.max(0, Math.min(heat[0].length - 1, column - 0.5));
        int top = (int) y;
        int left = (int) x;
        int bottom = Math.min(heat.length - 1, top + 1);
        int right = Math.min(heat[0].length - 1, left + 1);
        double above = heat[top][left] + (x - left) * (heat[top][right] - heat[top][left]);
        double below = heat[bottom][left] + (x - left) * (heat[bottom][right] - heat[bottom][left]);
        return above + (y - top) * (below - above);
    }

    /** From black over red to yellow. */
    private static Color color(double value) {
        double at = Math.max(0, Math.min(1, value)) * (HEATS.length - 1);
        int low = Math.min((int) at, HEATS.length - 2);
        return Palette.mix(new Color(HEATS[low]), new Color(HEATS[low + 1]), at - low);
    }

    BufferedImage heated() {
        return heated;
    }

    @Override
    public String getTitle() {
        return title;
    }

    @Override
    public int getWidth() {
        return Math.max(2 * picture.getWidth() + 2 * GAP + SCALE + 34, (int) Ink.guess(title, 13));
    }

    @Override
    public int getHeight() {
        return TITLE + picture.getHeight();
    }

    @Override
    public void paint(Graphics2D g, int width, int height) {
        g.setFont(Fonts.bold(13));
        g.setColor(Palette.INK);
        Ink.left(g, title, 0, 15);
        g.drawImage(picture, 0, TITLE, null);
        g.drawImage(heated, picture.getWidth() + GAP, TITLE, null);
        scale(g, 2 * picture.getWidth() + 2 * GAP);
    }

    private void scale(Graphics2D g, int x) {
        int steps = 32;
        double step = (double) picture.getHeight() / steps;
        for (int i = 0; i < steps; i++) {
            g.setColor(color(1 - (i + 0.5) / steps));
            g.fill(new Rectangle2D.Double(x, TITLE + i * step, SCALE, step + 0.5));
        }
        g.setFont(Fonts.plain(11));
        g.setColor(Palette.FAINT);
        Ink.left(g, "most", x + SCALE + 4, TITLE + 9);
        Ink.left(g, "none", x + SCALE + 4, TITLE + picture.getHeight());
    }
}
