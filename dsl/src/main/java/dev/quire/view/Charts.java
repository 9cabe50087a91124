package dev.quire.view;

import dev.quire.QuireException;
import dev.quire.metric.ConfusionMatrix;
import dev.quire.metric.Goal;
import dev.quire.metric.History;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of a training run. */
public final class Charts {
    private static final int WIDTH = 435;
    private static final int HEIGHT = 320;
    /** How many metrics of several runs are drawn. */
    private static final int BESIDE = 3;
    /** How much of a name has room under a panel. */
    private static final int LEGEND = 18;

    private Charts() {}

    /**
     * The loss, and beside it the other metrics, over the epochs: solid where trained on, dashed where validated, a
     * ring where the validated one was best.
     *
     * @throws QuireException when no epoch has finished
     */
    public static Chart curves(History history) {
        if (history.isEmpty()) {
            throw new QuireException("nothing to draw: no epoch has finished yet");
        }
        List<String> others = new ArrayList<>(history.metrics());
        List<XYChart> panels = new ArrayList<>();
        if (others.remove(History.LOSS)) {
            panels.add(panel(history, List.of(History.LOSS)));
        }
        if (!others.isEmpty()) {
            panels.add(panel(history, others));
        }
        return new Chart(panels, TextPlot.of(panels));
    }

    /**
     * The curves of several runs, a panel for each metric: solid where trained on, dashed where validated.
     *
     * @param runs by name; those in which no epoch has finished are left out
     * @throws QuireException when there is nothing to draw
     */
    public static Chart beside(Map<String, History> runs) {
        Map<String, History> drawn = new LinkedHashMap<>(runs);
        drawn.values().removeIf(History::isEmpty);
        List<XYChart> panels = drawn.values().stream()
                .flatMap(history -> history.metrics().stream())
                .distinct()
                .limit(BESIDE)
                .map(metric -> beside(drawn, metric))
                .toList();
        if (panels.isEmpty()) {
            throw new QuireException("nothing to draw: no epoch has finished yet");
        }
        return new Chart(panels, TextPlot.of(panels));
    }

    /** The end of a long name tells versions of a run apart. */
    private static String tail(String name) {
        return name.length() <= LEGEND ? name : "…" + name.substring(name.length() - LEGEND);
    }

    private static XYChart beside(Map<String, History> runs, String metric) {
        XYChart chart = new XYChart(WIDTH, HEIGHT);
        Look.apply(chart.getStyler());
        chart.setXAxisTitle("epoch");
        double most = runs.values().stream()
                .mapToDouble(history -> history.last(History.EPOCH))
                .max()
                .orElse(1);
        Look.wholeNumbers(chart.getStyler(), 1, most);
        Set<String> names = new HashSet<>();
        int color = 0;
        for (Map.Entry<String, History> run : runs.entrySet()) {
            History history = run.getValue();
            double[] epochs = history.column(History.EPOCH);
            String validated = History.VALIDATION + metric;
            Color own = Palette.series(color++);
            String label = names.add(tail(run.getKey())) ? tail(run.getKey()) : tail(run.getKey()) + " (" + color + ")";
            if (history.has(metric)) {
                line(chart, label, epochs, history.column(metric), own, SeriesLines.SOLID);
            }
            if (history.has(validated)) {
                String name = label + ", validation";
                line(chart, name, epochs, history.column(validated), own, Look.DASHED)
                        .setShowInLegend(!history.has(metric));
            }
        }
        Look.room(chart);
        chart.setXAxisTitle("epoch; dashed: validation");
        chart.setTitle(metric);
        return chart;
    }

    /** Counts by true class (rows) and predicted class (columns), shaded by their share of the true class. */
    public static Chart confusion(ConfusionMatrix matrix) {
        return new Chart(
                List.of(new ConfusionPanel(matrix)), Tables.grid(matrix).text());
    }

    private static XYChart panel(History history, List<String> metrics) {
        XYChart chart = new XYChart(WIDTH, HEIGHT);
        Look.apply(chart.getStyler());
        chart.setXAxisTitle("epoch");
        double[] epochs = history.column(History.EPOCH);
        Look.wholeNumbers(chart.getStyler(), epochs[0], epochs[epochs.length - 1]);
        String best = "";
        for (int i = 0; i < metrics.size(); i++) {
            String metric = metrics.get(i);
            String validated = History.VALIDATION + metric;
            boolean alone = metrics.size() == 1;
            Color color = Palette.series(alone ? 0 : i);
            if (history.has(metric)) {
                line(chart, alone ? "train" : metric, epochs, history.column(metric), color, SeriesLines.SOLID);
            }
            if (history.has(validated)) {
                Color other = alone ? Palette.ORANGE : color;
                String name = alone ? "validation" : metric + ", validation";
                line(chart, name, epochs, history.column(validated), other, Look.DASHED);
                String mark = mark(chart, history, validated, other);
                best = alone ? mark : "";
            }
        }
        Look.room(chart);
        chart.setTitle(String.join(", ", metrics) + best);
        return chart;
    }

    private static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color color, BasicStroke style) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setLineColor(color);
        series.setLineStyle(style);
        series.setLineWidth(2);
        series.setMarker(x.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        series.setMarkerColor(color);
        return series;
    }

    /** Rings the best epoch and says which it was. */
    private static String mark(XYChart chart, History history, String metric, Color color) {
        OptionalInt best = history.best(metric, Goal.of(metric));
        if (best.isEmpty()) {
            return "";
        }
        double value = history.value(best.getAsInt(), metric);
        XYSeries ring = chart.addSeries("best " + metric, new double[] {best.getAsInt()}, new double[] {value});
        ring.setLineStyle(SeriesLines.NONE);
        ring.setMarker(Look.RING);
        ring.setMarkerColor(color);
        ring.setShowInLegend(false);
        return "   best " + Numbers.brief(value, 4) + " in epoch " + best.getAsInt();
    }
}
