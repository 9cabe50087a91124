package dev.quire.view;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.internal.series.Series;
import org.knowm.xchart.style.lines.SeriesLines;

/** Charts of lines in characters, for terminals. Of other charts it says what they are. */
final class TextPlot {
    private static final int ROWS = 10;
    private static final int ALONE = 64;
    private static final int BESIDE = 32;

    private TextPlot() {}

    /** Panels side by side. */
    static String of(List<? extends IChart> panels) {
        int columns = panels.size() == 1 ? ALONE : BESIDE;
        List<List<String>> blocks = panels.stream()
                .map(panel -> panel instanceof XYChart lines && hasPoints(lines)
                        ? new Plot(lines, columns).lines()
                        : List.of(description(panel)))
                .toList();
        return beside(blocks);
    }

    /** Blocks of lines side by side. */
    static String beside(List<List<String>> blocks) {
        int height = blocks.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, height)
                .mapToObj(row -> blocks.stream()
                        .map(block -> pad(row < block.size() ? block.get(row) : "", width(block)))
                        .collect(Collectors.joining("   "))
                        .stripTrailing())
                .collect(Collectors.joining("\n"));
    }

    static int width(List<String> block) {
        return block.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String description(IChart chart) {
        String what = chart.getClass().getSimpleName() + (chart.getTitle().isEmpty() ? "" : ": " + chart.getTitle());
        if (!(chart instanceof Chart<?, ?> known)) {
            return what;
        }
        Collection<? extends Series> series = known.getSeriesCollection();
        return series.isEmpty()
                ? what
                : what + series.stream().map(Series::getName).collect(Collectors.joining(", ", " (", ")"));
    }

    private static boolean hasPoints(XYChart chart) {
        return chart.getSeriesCollection().stream().anyMatch(series -> series.getYData().length > 0);
    }

    /** One chart, its axes and its legend. */
    private static final class Plot {
        private final XYChart chart;
        private final Braille canvas;
        private final DoubleUnaryOperator toX;
        private final DoubleUnaryOperator toY;
        private final double[] xs;
        private final double[] ys;

        private Plot(XYChart chart, int columns) {
            this.chart = chart;
            canvas = new Braille(columns, ROWS);
            toX = chart.getStyler().isXAxisLogarithmic() ? Math::log10 : DoubleUnaryOperator.identity();
            toY = chart.getStyler().isYAxisLogarithmic() ? Math::log10 : DoubleUnaryOperator.identity();
            xs = range(
                    chart.getSeriesCollection().stream().map(XYSeries::getXData).toList());
            ys = range(
                    chart.getSeriesCollection().stream().map(XYSeries::getYData).toList());
            chart.getSeriesCollection().forEach(this::draw);
        }

        private static double[] range(List<double[]> values) {
            double[] finite = values.stream()
                    .flatMapToDouble(java.util.Arrays::stream)
                    .filter(Double::isFinite)
                    .toArray();
            double low = java.util.Arrays.stream(finite).min().orElse(0);
            double high = java.util.Arrays.stream(finite).max().orElse(1);
            return new double[] {low, high};
        }

        private static int place(double value, double[] range, DoubleUnaryOperator scale, int size) {
            double low = scale.applyAsDouble(range[0]);
            double high = scale.applyAsDouble(range[1]);
            return high > low
                    ? (int) Math.round((scale.applyAsDouble(value) - low) / (high - low) * (size - 1))
                    : size / 2;
        }

        private int x(double value) {
            return place(value, xs, toX, canvas.width());
        }

        private int y(double value) {
            return canvas.height() - 1 - place(value, ys, toY, canvas.height());
        }

        private void draw(XYSeries series) {
            double[] x = series.getXData();
            double[] y = series.getYData();
            for (int i = 0; i < x.length; i++) {
                if (!Double.isFinite(y[i])) {
                    continue;
                }
                if (isPoints(series)) {
                    canvas.mark(x(x[i]), y(y[i]), 'o');
                } else if (i > 0 && Double.isFinite(y[i - 1])) {
                    canvas.line(x(x[i - 1]), y(y[i - 1]), x(x[i]), y(y[i]), isDashed(series));
                } else {
                    canvas.dot(x(x[i]), y(y[i]));
                }
            }
        }

        private static boolean isPoints(XYSeries series) {
            return series.getLineStyle() == SeriesLines.NONE;
        }

        private static boolean isDashed(XYSeries series) {
            return series.getLineStyle() != null && series.getLineStyle().getDashArray() != null;
        }

        private List<String> lines() {
            String high = Numbers.brief(ys[1]);
            String low = Numbers.brief(ys[0]);
            int margin = Math.max(high.length(), low.length());
            List<String> out = new ArrayList<>();
            out.add(chart.getTitle());
            for (int i = 0; i < ROWS; i++) {
                String label = i == 0 ? high : i == ROWS - 1 ? low : "";
                out.add(" ".repeat(margin - label.length()) + label + (label.isEmpty() ? " │" : " ┤") + canvas.row(i));
            }
            int columns = canvas.width() / 2;
            String from = Numbers.brief(xs[0]);
            String to = Numbers.brief(xs[1]);
            out.add(" ".repeat(margin) + " └" + "─".repeat(columns));
            out.add(" ".repeat(margin + 2)
                    + from
                    + " ".repeat(Math.max(1, columns - from.length() - to.length()))
                    + to);
            out.add(" ".repeat(margin + 2)
                    + chart.getSeriesCollection().stream()
                            .filter(Series::isShowInLegend)
                            .map(series ->
                                    (isPoints(series) ? "o " : isDashed(series) ? "╌╌ " : "── ") + series.getName())
                            .collect(Collectors.joining("   ")));
            return out;
        }
    }
}
