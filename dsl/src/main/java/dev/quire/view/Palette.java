package dev.quire.view;

import java.awt.Color;
import java.util.List;

/** Colours that people with any colour vision can tell apart (Okabe and Ito, 2008), and a scale of blues. */
final class Palette {
    static final Color BLUE = new Color(0x0072B2);
    static final Color ORANGE = new Color(0xD55E00);
    static final Color GREEN = new Color(0x009E73);
    static final Color INK = new Color(0x24292F);
    static final Color FAINT = new Color(0x6E7781);
    static final Color LINE = new Color(0xD0D7DE);
    static final Color GRID = new Color(0xE9ECEF);

    /** One colour for each series, in this order. */
    static final List<Color> SERIES = List.of(
            BLUE, ORANGE, GREEN, new Color(0xCC79A7), new Color(0xE69F00), new Color(0x56B4E9), new Color(0x6B4C9A));

    private static final int[] BLUES = {
        0xFFFFFF, 0xDEEBF7, 0xC6DBEF, 0x9ECAE1, 0x6BAED6, 0x4292C6, 0x2171B5, 0x08519C, 0x08306B
    };

    private Palette() {}

    static Color series(int i) {
        return SERIES.get(i % SERIES.size());
    }

    /** From white at 0 to dark blue at 1. */
    static Color blues(double fraction) {
        double at = Math.max(0, Math.min(1, fraction)) * (BLUES.length - 1);
        int low = Math.min((int) at, BLUES.length - 2);
        return mix(new Color(BLUES[low]), new Color(BLUES[low + 1]), at - low);
    }

    /** Black or white, whichever reads better on the colour. */
    static Color on(Color ground) {
        double luminance = 0.299 * ground.getRed() + 0.587 * ground.getGreen() + 0.114 * ground.getBlue();
        return luminance < 140 ? Color.WHITE : INK;
    }

    static String hex(Color color) {
        return "#%06x".formatted(color.getRGB() & 0xFFFFFF);
    }

    /** The colour on white, so faint: 0 is white. */
    static Color fade(Color color, double strength) {
        return mix(Color.WHITE, color, Math.max(0, Math.min(1, strength)));
    }

    static Color mix(Color a, Color b, double t) {
        return new Color(
                (int) Math.round(a.getRed() + t * (b.getRed() - a.getRed())),
                (int) Math.round(a.getGreen() + t * (b.getGreen() - a.getGreen())),
                (int) Math.round(a.getBlue() + t * (b.getBlue() - a.getBlue())));
    }
}
