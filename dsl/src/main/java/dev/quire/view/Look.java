package dev.quire.view;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;

/** How charts look: few lines, readable at the size of a notebook cell. */
final class Look {
    static final BasicStroke DASHED =
            new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {6, 4}, 0);

    /** So many ticks stand side by side. */
    private static final int FEW = 12;

    private static final Color CLEAR = new Color(255, 255, 255, 0);

    /** An open circle. */
    static final Marker RING = new Marker() {
        @Override
        public void paint(Graphics2D g, double x, double y, int size) {
            Shape circle = new Ellipse2D.Double(x - 5, y - 5, 10, 10);
            Color color = g.getColor();
            g.setColor(Color.WHITE);
            g.fill(circle);
            g.setColor(color);
            g.setStroke(new BasicStroke(2));
            g.draw(circle);
        }
    };

    /** A small filled circle with a white rim, so that those that touch are told apart. */
    static final Marker DOT = new Marker() {
        @Override
        public void paint(Graphics2D g, double x, double y, int size) {
            Shape circle = new Ellipse2D.Double(x - 2.7, y - 2.7, 5.4, 5.4);
            Color color = g.getColor();
            g.fill(circle);
            g.setColor(Color.WHITE);
            g.setStroke(new BasicStroke(0.4f));
            g.draw(circle);
            g.setColor(color);
        }
    };

    /** A small open circle. */
    static final Marker CIRCLE = new Marker() {
        @Override
        public void paint(Graphics2D g, double x, double y, int size) {
            g.setStroke(new BasicStroke(1.4f));
            g.draw(new Ellipse2D.Double(x - 2.4, y - 2.4, 4.8, 4.8));
        }
    };

    private Look() {}

    static void apply(AxesChartStyler style) {
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderVisible(false);
        style.setChartPadding(4);
        style.setPlotContentSize(0.96);
        style.setChartTitleBoxVisible(false);
        style.setChartTitleFont(Fonts.bold(13));
        style.setChartTitlePadding(4);
        style.setChartFontColor(Palette.INK);
        style.setAxisTitleFont(Fonts.plain(12));
        style.setAxisTickLabelsFont(Fonts.plain(11));
        style.setAxisTickLabelsColor(Palette.FAINT);
        style.setXAxisTickLabelsColor(Palette.FAINT);
        style.setYAxisTickLabelsColor(Palette.FAINT);
        style.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
        style.setAxisTickMarksColor(Palette.LINE);
        style.setAxisTickMarkLength(4);
        style.setPlotGridVerticalLinesVisible(false);
        style.setPlotGridLinesColor(Palette.GRID);
        style.setPlotGridLinesStroke(new BasicStroke(1));
        style.setPlotTicksMarksVisible(false);
        style.setYAxisTickMarkSpacingHint(44);
        style.setLegendPosition(Styler.LegendPosition.OutsideS);
        style.setLegendLayout(Styler.LegendLayout.Horizontal);
        style.setLegendBorderColor(CLEAR);
        style.setLegendBackgroundColor(CLEAR);
        style.setLegendFont(Fonts.plain(12));
        style.setLegendSeriesLineLength(28);
        style.setLegendPadding(8);
        style.setMarkerSize(7);
        style.setAntiAlias(true);
    }

    /** An X axis that counts: its ticks are whole numbers. */
    static void wholeNumbers(AxesChartStyler style, double from, double to) {
        int count = (int) (to - from + 1);
        boolean few = count <= FEW;
        style.setXAxisMin(count == 1 ? from - 1 : few ? from : from - 1);
        style.setXAxisMax(count == 1 ? to + 1 : to);
        style.setXAxisDecimalPattern("0");
        style.setXAxisTickMarkSpacingHint(48);
        if (few) {
            style.setXAxisMaxLabelCount(count);
        }
    }

    /**
     * A Y axis with a little room above and below; from 0 where the values come near it, to 1 where they are fractions
     * that come near it.
     */
    static void room(XYChart chart) {
        double lowest = chart.getSeriesCollection().stream()
                .mapToDouble(XYSeries::getYMin)
                .min()
                .orElse(0);
        double highest = chart.getSeriesCollection().stream()
                .mapToDouble(XYSeries::getYMax)
                .max()
                .orElse(1);
        double room = highest > lowest ? 0.04 * (highest - lowest) : Math.max(0.1 * Math.abs(highest), 1e-3);
        boolean fractions = highest <= 1 && highest > 0.8;
        chart.getStyler().setYAxisMin(lowest >= 0 && lowest < 0.3 * highest ? 0 : lowest - room);
        chart.getStyler().setYAxisMax(fractions ? 1 : highest + room);
    }
}
