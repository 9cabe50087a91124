package dev.quire.view;

import dev.quire.metric.Classification;
import dev.quire.metric.Curve;
import dev.quire.metric.Regression;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of what a network got right: curves over all thresholds, reliability, and scatters of numbers. */
public final class MetricCharts {
    /** More curves than these cannot be told apart. */
    private static final int CURVES = 10;

    /** More points than these only cover each other. */
    private static final int POINTS = 2_000;

    private static final int LEGEND = 130;
    private static final int SIDE = 380;
    private static final String CHANCE = "chance";

    private MetricCharts() {}

    /** The ROC curve of each class against the others, and that over all, with the areas below them. */
    public static Chart roc(Classification said) {
        XYChart chart = square(LEGEND, "ROC   mean area " + area(said.auroc()), "false positives", "true positives");
        reference(chart, CHANCE);
        curves(chart, said, said::roc, said.rocMicro());
        return Chart.of(chart);
    }

    /** Precision over recall of each class against the others, and over all, with the average precisions. */
    public static Chart precisionRecall(Classification said) {
        XYChart chart = square(
                LEGEND, "precision and recall   mean average " + area(said.averagePrecision()), "recall", "precision");
        curves(chart, said, said::precisionRecall, said.precisionRecallMicro());
        return Chart.of(chart);
    }

    /**
     * The classes, and what is drawn of all together. Of many classes the worst are drawn; a class without examples has
     * no curve.
     */
    private static void curves(XYChart chart, Classification said, IntFunction<Curve> of, Curve micro) {
        List<Curve> all = IntStream.range(0, said.classes().size())
                .mapToObj(of)
                .filter(curve -> Double.isFinite(curve.area()))
                .toList();
        List<Curve> drawn = all.size() <= CURVES
                ? all
                : all.stream()
                        .sorted(Comparator.comparingDouble(Curve::area))
                        .limit(CURVES)
                        .toList();
        if (drawn.size() < all.size()) {
            chart.setTitle(chart.getTitle() + ", the " + CURVES + " worst of " + all.size() + " classes");
        }
        for (int i = 0; i < drawn.size(); i++) {
            boolean isFirstRound = i < Palette.SERIES.size();
            curve(chart, drawn.get(i), Palette.series(i), isFirstRound ? SeriesLines.SOLID : Look.DASHED, 1.6f);
        }
        curve(chart, micro, Palette.INK, SeriesLines.SOLID, 2.6f);
    }

    private static void curve(XYChart chart, Curve curve, Color color, BasicStroke style, float width) {
        int[] kept = thinned(curve.x(), curve.y());
        XYSeries series = chart.addSeries(
                free(chart, Ink.cut(curve.name(), 14) + "  " + area(curve.area())),
                IntStream.of(kept).mapToDouble(i -> curve.x()[i]).toArray(),
                IntStream.of(kept).mapToDouble(i -> curve.y()[i]).toArray());
        series.setLineColor(color);
        series.setLineStyle(style);
        series.setLineWidth(width);
        series.setMarker(SeriesMarkers.NONE);
    }

    /** A name that no series has yet: class names may be equal once they are cut. */
    private static String free(XYChart chart, String name) {
        boolean isTaken = chart.getSeriesCollection().stream()
                .anyMatch(series -> series.getName().equals(name));
        return isTaken ? free(chart, name + "'") : name;
    }

    /** Points that lie within a fraction of a pixel of the one before are left out. */
    private static int[] thinned(double[] x, double[] y) {
        List<Integer> kept = new ArrayList<>();
        int last = 0;
        for (int i = 0; i < x.length; i++) {
            boolean isEnd = i == 0 || i == x.length - 1;
            if (isEnd || Math.abs(x[i] - x[last]) + Math.abs(y[i] - y[last]) > 0.002) {
                kept.add(i);
                last = i;
            }
        }
        return kept.stream().mapToInt(Integer::intValue).toArray();
    }

    /** How often predictions of a probability were right: on the diagonal where it says what happens. */
    public static Chart calibration(Classification said) {
        List<Classification.Bin> bins = said.calibration(Classification.BINS);
        XYChart chart =
                square(0, "calibration   expected error " + area(said.calibrationError()), "probability", "right");
        chart.getStyler().setLegendVisible(false);
        reference(chart, "perfect");
        double most = bins.stream().mapToLong(Classification.Bin::count).max().orElse(1);
        for (Classification.Bin bin : bins) {
            gap(chart, bin, most);
        }
        XYSeries line = chart.addSeries(
                "model",
                bins.stream().mapToDouble(Classification.Bin::confidence).toArray(),
                bins.stream().mapToDouble(Classification.Bin::accuracy).toArray());
        line.setLineColor(Palette.BLUE);
        line.setLineStyle(SeriesLines.SOLID);
        line.setLineWidth(2);
        line.setMarker(SeriesMarkers.CIRCLE);
        line.setMarkerColor(Palette.BLUE);
        return Chart.of(chart);
    }

    /** From what was said to what happened; darker where more examples lie. */
    private static void gap(XYChart chart, Classification.Bin bin, double most) {
        XYSeries series = chart.addSeries(
                "gap from " + bin.from(),
                new double[] {bin.confidence(), bin.confidence()},
                new double[] {bin.confidence(), bin.accuracy()});
        series.setLineColor(Palette.fade(Palette.ORANGE, 0.25 + 0.6 * Math.sqrt(bin.count() / most)));
        series.setLineStyle(SeriesLines.SOLID);
        series.setLineWidth(7);
        series.setMarker(SeriesMarkers.NONE);
        series.setShowInLegend(false);
    }

    /** Predicted over true numbers, and beside it what is left: true less predicted, over predicted. */
    public static Chart scatter(Regression said) {
        float[] truth = said.truth();
        float[] predicted = said.predicted();
        int[] shown = spread(truth.length);
        double[] x = IntStream.of(shown).mapToDouble(i -> truth[i]).toArray();
        double[] y = IntStream.of(shown).mapToDouble(i -> predicted[i]).toArray();
        double[] left = IntStream.of(shown)
                .mapToDouble(i -> (double) truth[i] - predicted[i])
                .toArray();
        XYChart fit = panel("R² " + Numbers.brief(said.r2(), 4) + "   RMSE " + Numbers.brief(said.rmse(), 4));
        fit.setXAxisTitle("true");
        fit.setYAxisTitle("predicted");
        double low = lowest(x, y);
        double high = highest(x, y);
        dashes(fit, "as it is", new double[] {low, high}, new double[] {low, high});
        points(fit, "examples", x, y, 0);
        XYChart residuals = panel("residuals   MAE " + Numbers.brief(said.mae(), 4));
        residuals.setXAxisTitle("predicted");
        residuals.setYAxisTitle("true - predicted");
        dashes(residuals, "as it is", new double[] {lowest(y), highest(y)}, new double[2]);
        points(residuals, "examples", y, left, 0);
        fit.getStyler().setLegendVisible(false);
        residuals.getStyler().setLegendVisible(false);
        return new Chart(List.of(fit, residuals), TextPlot.of(List.of(fit, residuals)));
    }

    /**
     * Examples as points in the plane, coloured by class.
     *
     * @param classes the class names; empty to draw all alike
     * @param labels the class number of each example
     * @param points two coordinates for each example
     */
    public static Chart projection(String title, List<String> classes, int[] labels, double[][] points) {
        XYChart chart = new XYChart(560, 440);
        Look.apply(chart.getStyler());
        legendBeside(chart);
        chart.setTitle(title);
        chart.getStyler().setXAxisTicksVisible(false).setYAxisTicksVisible(false);
        chart.getStyler().setPlotGridLinesVisible(false);
        for (int number = 0; number < Math.max(1, classes.size()); number++) {
            int each = number;
            double[][] own = IntStream.range(0, points.length)
                    .filter(i -> classes.isEmpty() || labels[i] == each)
                    .mapToObj(i -> points[i])
                    .toArray(double[][]::new);
            if (own.length > 0) {
                String name = classes.isEmpty() ? "examples" : Ink.cut(classes.get(number), 16);
                points(
                        chart,
                        free(chart, name),
                        IntStream.range(0, own.length)
                                .mapToDouble(i -> own[i][0])
                                .toArray(),
                        IntStream.range(0, own.length)
                                .mapToDouble(i -> own[i][1])
                                .toArray(),
                        number);
            }
        }
        chart.getStyler().setLegendVisible(!classes.isEmpty());
        return Chart.of(chart);
    }

    /**
     * The loss over learning rates, on a logarithmic axis: faint as measured, and smoothed, with a ring at the
     * suggestion.
     *
     * @param at where the ring is drawn: the number of a step
     */
    public static Chart rates(double[] rates, double[] losses, double[] smoothed, int at) {
        XYChart chart = panel("steepest at learning rate " + Numbers.brief(rates[at], 2));
        chart.setXAxisTitle("learning rate");
        chart.setYAxisTitle("loss");
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setXAxisDecimalPattern("0E0");
        double lowest = Arrays.stream(smoothed).min().orElse(0);
        double ceiling = smoothed[0] + 0.5 * (smoothed[0] - lowest) + 1e-9;
        int end = at;
        while (end < smoothed.length - 1 && smoothed[end] < ceiling) {
            end++;
        }
        double[] drawn = Arrays.copyOf(rates, end + 1);
        line(chart, "each step", drawn, capped(Arrays.copyOf(losses, end + 1), ceiling), Palette.LINE, 1.5f);
        line(chart, "smoothed", drawn, capped(Arrays.copyOf(smoothed, end + 1), ceiling), Palette.BLUE, 2);
        XYSeries ring = chart.addSeries("suggestion", new double[] {rates[at]}, new double[] {smoothed[at]});
        ring.setLineStyle(SeriesLines.NONE);
        ring.setMarker(Look.RING);
        ring.setMarkerColor(Palette.ORANGE);
        ring.setShowInLegend(false);
        return Chart.of(chart);
    }

    /** What lies far above the start says only that it went wrong: the axis is for what is below. */
    private static double[] capped(double[] values, double ceiling) {
        return Arrays.stream(values).map(value -> Math.min(value, ceiling)).toArray();
    }

    private static void line(XYChart chart, String name, double[] x, double[] y, Color color, float width) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setLineColor(color);
        series.setLineStyle(SeriesLines.SOLID);
        series.setLineWidth(width);
        series.setMarker(SeriesMarkers.NONE);
    }

    private static XYChart panel(String title) {
        XYChart chart = new XYChart(435, 340);
        Look.apply(chart.getStyler());
        chart.setTitle(title);
        return chart;
    }

    /** Both axes from 0 to 1. */
    private static XYChart square(int legend, String title, String x, String y) {
        XYChart chart = new XYChart(SIDE + legend, SIDE);
        Look.apply(chart.getStyler());
        legendBeside(chart);
        chart.setTitle(title);
        chart.setXAxisTitle(x);
        chart.setYAxisTitle(y);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
        chart.getStyler().setXAxisDecimalPattern("0.0").setYAxisDecimalPattern("0.0");
        return chart;
    }

    private static void legendBeside(XYChart chart) {
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
        chart.getStyler().setLegendSeriesLineLength(18);
    }

    private static void reference(XYChart chart, String name) {
        dashes(chart, name, new double[] {0, 1}, new double[] {0, 1});
    }

    private static void dashes(XYChart chart, String name, double[] x, double[] y) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setLineColor(Palette.LINE);
        series.setLineStyle(Look.DASHED);
        series.setLineWidth(1.5f);
        series.setMarker(SeriesMarkers.NONE);
        series.setShowInLegend(false);
    }

    private static void points(XYChart chart, String name, double[] x, double[] y, int number) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        series.setMarker(number / Palette.SERIES.size() % 2 == 0 ? Look.DOT : Look.CIRCLE);
        series.setMarkerColor(Palette.series(number));
    }

    /** So many numbers that they can be drawn, spread evenly. */
    private static int[] spread(int count) {
        int shown = Math.min(count, POINTS);
        return IntStream.range(0, shown)
                .map(i -> (int) ((long) i * count / shown))
                .toArray();
    }

    private static double lowest(double[]... values) {
        return Arrays.stream(values).flatMapToDouble(Arrays::stream).min().orElse(0);
    }

    private static double highest(double[]... values) {
        return Arrays.stream(values).flatMapToDouble(Arrays::stream).max().orElse(1);
    }

    private static String area(double value) {
        return Double.isNaN(value) ? "-" : Numbers.fixed(value, 3);
    }
}
