package dev.quire.run.record;

import dev.quire.metric.History;
import dev.quire.view.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The curves of a run as SVG inside a page, whose style sheet gives them their colours. */
final class Curves {
    private static final int WIDTH = 460;
    private static final int HEIGHT = 250;
    private static final int LEFT = 52;
    private static final int RIGHT = 16;
    private static final int TOP = 10;
    private static final int BOTTOM = 30;
    private static final int MOST_POINTS = 600;

    private record Line(String name, String style, double[] x, double[] y) {}

    private Curves() {}

    /** One panel for the loss, one for each other metric; of those without a finite value there is none. */
    static String of(History history, float[] losses, int stepsPerEpoch) {
        StringBuilder out = new StringBuilder();
        for (String metric : history.metrics()) {
            List<Line> lines = new ArrayList<>();
            if (metric.equals(History.LOSS) && losses.length > 1 && stepsPerEpoch > 0) {
                lines.add(steps(losses, stepsPerEpoch));
            }
            line(lines, history, metric, "training", "c0");
            line(lines, history, History.VALIDATION + metric, "validation", "c1 dashed");
            panel(out, metric, lines);
        }
        if (out.isEmpty() && losses.length > 1) {
            panel(out, History.LOSS, List.of(steps(losses, Math.max(1, stepsPerEpoch))));
        }
        return out.toString();
    }

    private static void line(List<Line> lines, History history, String column, String name, String style) {
        if (history.has(column)) {
            lines.add(new Line(name, style, history.column(History.EPOCH), history.column(column)));
        }
    }

    /** The loss of the steps; of many, the mean of neighbours. */
    private static Line steps(float[] losses, int stepsPerEpoch) {
        int group = Math.max(1, (losses.length + MOST_POINTS - 1) / MOST_POINTS);
        int count = (losses.length + group - 1) / group;
        double[] x = new double[count];
        double[] y = new double[count];
        for (int i = 0; i < count; i++) {
            int from = i * group;
            int to = Math.min(losses.length, from + group);
            for (int j = from; j < to; j++) {
                y[i] += losses[j] / (to - from);
            }
            x[i] = (from + to) / 2.0 / stepsPerEpoch;
        }
        return new Line("steps", "steps", x, y);
    }

    private static void panel(StringBuilder out, String title, List<Line> lines) {
        double[] x = range(lines.stream().map(Line::x).toList());
        double[] y = wider(range(lines.stream().map(Line::y).toList()));
        if (Double.isNaN(x[0]) || Double.isNaN(y[0])) {
            return;
        }
        out.append("<figure><figcaption><b>").append(Html.escape(title)).append("</b>");
        for (Line line : lines) {
            out.append("<span class=\"key ")
                    .append(line.style)
                    .append("\">")
                    .append(line.name)
                    .append("</span>");
        }
        out.append("</figcaption><svg viewBox=\"0 0 ").append(WIDTH).append(' ').append(HEIGHT);
        out.append("\" role=\"img\" aria-label=\"").append(Html.escape(title)).append(" over the epochs\">");
        axes(out, x, y);
        lines.forEach(line -> draw(out, line, x, y));
        out.append("</svg></figure>\n");
    }

    private static double[] range(List<double[]> all) {
        double least = Double.NaN;
        double most = Double.NaN;
        for (double[] values : all) {
            for (double value : values) {
                if (Double.isFinite(value)) {
                    least = Double.isNaN(least) ? value : Math.min(least, value);
                    most = Double.isNaN(most) ? value : Math.max(most, value);
                }
            }
        }
        double room = most > least ? 0 : Math.max(Math.abs(most) * 0.1, 1e-9);
        return new double[] {least - room, most + room};
    }

    /** A little more than the range, so that no line runs along the edge. */
    private static double[] wider(double[] range) {
        double room = (range[1] - range[0]) * 0.04;
        return new double[] {range[0] - room, range[1] + room};
    }

    private static void axes(StringBuilder out, double[] x, double[] y) {
        double step = step(y[1] - y[0], 5);
        for (double at = Math.ceil(y[0] / step) * step; at <= y[1] + step * 1e-9; at += step) {
            String height = at(down(at, y));
            out.append("<path class=\"grid\" d=\"M")
                    .append(LEFT)
                    .append(' ')
                    .append(height)
                    .append('H');
            out.append(WIDTH - RIGHT)
                    .append("\"/><text class=\"y\" x=\"")
                    .append(LEFT - 6)
                    .append("\" y=\"");
            out.append(height).append("\">").append(number(at, step)).append("</text>");
        }
        out.append("<text class=\"x\" x=\"").append((LEFT + WIDTH - RIGHT) / 2).append("\" y=\"");
        out.append(HEIGHT - 3).append("\">epoch</text>");
        double across = Math.max(1, step(x[1] - x[0], 8));
        for (double at = Math.ceil(x[0] / across) * across; at <= x[1] + 1e-9; at += across) {
            out.append("<text class=\"x\" x=\"").append(at(along(at, x))).append("\" y=\"");
            out.append(HEIGHT - BOTTOM + 15)
                    .append("\">")
                    .append(number(at, across))
                    .append("</text>");
        }
    }

    private static void draw(StringBuilder out, Line line, double[] x, double[] y) {
        StringBuilder path = new StringBuilder();
        boolean isBroken = true;
        int points = 0;
        for (int i = 0; i < line.x.length; i++) {
            if (!Double.isFinite(line.y[i])) {
                isBroken = true;
                continue;
            }
            path.append(isBroken ? 'M' : 'L').append(at(along(line.x[i], x))).append(' ');
            path.append(at(down(line.y[i], y)));
            isBroken = false;
            points++;
        }
        // A line of one point is drawn as a dot.
        String single = points == 1 ? "h.01" : "";
        out.append("<path class=\"line ").append(line.style).append(points == 1 ? " dot" : "");
        out.append("\" d=\"").append(path).append(single).append("\"/>");
    }

    private static double along(double value, double[] range) {
        return LEFT + (value - range[0]) / (range[1] - range[0]) * (WIDTH - LEFT - RIGHT);
    }

    private static double down(double value, double[] range) {
        return HEIGHT - BOTTOM - (value - range[0]) / (range[1] - range[0]) * (HEIGHT - TOP - BOTTOM);
    }

    /** A round distance between marks: 1, 2 or 5 times a power of ten. */
    private static double step(double span, int marks) {
        double power = Math.pow(10, Math.floor(Math.log10(span / marks)));
        for (double factor : new double[] {1, 2, 5}) {
            if (span / (factor * power) <= marks) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String number(double value, double step) {
        int decimals = (int) Math.max(0, Math.min(8, Math.ceil(-Math.log10(step) - 1e-9)));
        double shown = Math.abs(value) < step * 1e-6 ? 0 : value;
        return Math.abs(shown) >= 1e6
                ? String.format(Locale.ROOT, "%.2g", shown)
                : String.format(Locale.ROOT, "%." + decimals + "f", shown);
    }

    private static String at(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
