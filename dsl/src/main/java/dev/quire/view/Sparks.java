package dev.quire.view;

import dev.quire.metric.History;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Small curves for a display that is redrawn while a run goes on: much cheaper than a chart, in colours that read on a
 * light and on a dark page.
 */
final class Sparks {
    private static final int WIDTH = 298;
    private static final int HEIGHT = 120;
    /** The axis has room for this many times the epochs there are, so that the start of a long run can be seen. */
    private static final int ROOM = 4;
    /** A longer curve is drawn coarser: more points than this do not show. */
    private static final int MOST = 120;

    private static final int LEFT = 64;
    private static final int TOP = 20;
    private static final int BOTTOM = 108;
    private static final String TRAINED = "#3a8fd0";
    private static final String VALIDATED = "#e07b39";

    private Sparks() {}

    /** A point of a curve: x in epochs. */
    record Point(double x, double y) {}

    /**
     * The loss and the first other metric, side by side.
     *
     * @param epochs how many epochs the axis has room for
     * @param trace the loss within epochs; may be empty
     */
    static String html(History history, double epochs, List<Point> trace) {
        List<String> metrics = history.metrics();
        List<String> shown =
                metrics.isEmpty() ? List.of(History.LOSS) : metrics.subList(0, Math.min(2, metrics.size()));
        return shown.stream()
                .map(metric -> panel(history, metric, epochs, metric.equals(History.LOSS) ? trace : List.of()))
                .collect(Collectors.joining());
    }

    private static String panel(History history, String metric, double epochs, List<Point> trace) {
        List<Point> trained = points(history, metric);
        List<Point> validated = points(history, History.VALIDATION + metric);
        double[] ys = DoubleStream.concat(
                        trace.stream().mapToDouble(Point::y),
                        DoubleStream.concat(
                                trained.stream().mapToDouble(Point::y),
                                validated.stream().mapToDouble(Point::y)))
                .toArray();
        double low = DoubleStream.of(ys).min().orElse(0);
        double high = DoubleStream.of(ys).max().orElse(1);
        double first = Math.min(trained.isEmpty() ? 1 : trained.get(0).x, trace.isEmpty() ? 1 : trace.get(0).x);
        double reached = Math.max(
                trained.isEmpty() ? 0 : trained.get(trained.size() - 1).x,
                trace.isEmpty() ? 0 : trace.get(trace.size() - 1).x);
        double right = Math.min(epochs, Math.max(10, ROOM * Math.ceil(reached)));
        Scale scale = new Scale(first, Math.max(right, first + 1), low, high > low ? high : low + 1);
        List<String> parts = new ArrayList<>();
        parts.add(("<svg width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\" font-family=\"sans-serif\""
                        + " font-size=\"11\" fill=\"currentColor\">")
                .formatted(WIDTH, HEIGHT));
        parts.add("<text x=\"" + LEFT + "\" y=\"12\"><tspan font-weight=\"600\">" + Html.escape(metric) + "</tspan>"
                + legend(trained, "train", TRAINED) + legend(validated, "validation", VALIDATED) + "</text>");
        parts.add(label(Numbers.brief(high, 3), TOP + 8));
        parts.add(label(Numbers.brief(low, 3), BOTTOM));
        parts.add("<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"currentColor\" opacity=\".3\"/>"
                .formatted(LEFT, TOP, BOTTOM + 2, WIDTH - 4));
        parts.add(curve(trace, scale, TRAINED, " opacity=\".4\""));
        parts.add(curve(trained, scale, TRAINED, " stroke-width=\"2\""));
        parts.add(curve(validated, scale, VALIDATED, " stroke-width=\"2\" stroke-dasharray=\"5 3\""));
        parts.add("</svg>");
        return String.join("", parts);
    }

    private static List<Point> points(History history, String column) {
        if (!history.has(column)) {
            return List.of();
        }
        double[] x = history.column(History.EPOCH);
        double[] y = history.column(column);
        return IntStream.range(0, x.length)
                .filter(i -> Double.isFinite(y[i]))
                .mapToObj(i -> new Point(x[i], y[i]))
                .toList();
    }

    private record Scale(double left, double right, double low, double high) {
        String place(Point point) {
            long x = Math.round(LEFT + 4 + (point.x - left) / (right - left) * (WIDTH - LEFT - 10));
            long y = Math.round(BOTTOM - (point.y - low) / (high - low) * (BOTTOM - TOP));
            return x + "," + y;
        }
    }

    /** A curve of one point is a dot. */
    private static String curve(List<Point> points, Scale scale, String color, String style) {
        if (points.isEmpty()) {
            return "";
        }
        if (points.size() == 1) {
            String[] place = scale.place(points.get(0)).split(",");
            return "<circle cx=\"" + place[0] + "\" cy=\"" + place[1] + "\" r=\"3\" fill=\"" + color + "\"/>";
        }
        int stride = (points.size() - 1) / MOST + 1;
        return IntStream.range(0, points.size())
                .filter(i -> i % stride == 0 || i == points.size() - 1)
                .mapToObj(i -> scale.place(points.get(i)))
                .distinct()
                .collect(Collectors.joining(
                        " ", "<polyline points=\"", "\" fill=\"none\" stroke=\"" + color + "\"" + style + "/>"));
    }

    private static String legend(List<Point> points, String name, String color) {
        return points.isEmpty() ? "" : "<tspan dx=\"8\" fill=\"" + color + "\">" + name + "</tspan>";
    }

    private static String label(String text, int y) {
        return "<text x=\"" + (LEFT - 4) + "\" y=\"" + y + "\" text-anchor=\"end\" opacity=\".7\">" + text + "</text>";
    }
}
