package dev.quire.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The places of what a diagram draws, read from its SVG. */
record DrawnDiagram(List<Area> boxes, List<Area> words, List<double[]> wires) {
    private static final Pattern BOX =
            Pattern.compile("<rect x=\"(\\S+)\" y=\"(\\S+)\" width=\"(\\S+)\" height=\"(\\S+)\"([^>]*)>");
    /** Shapes at wires and titles of frames: what stands in no box. */
    private static final Pattern WORD =
            Pattern.compile("<text x=\"(\\S+)\" y=\"(\\S+)\" font-size=\"10\"(?! text-anchor)[^>]*>([^<]+)</text>");

    private static final Pattern LINE = Pattern.compile("d=\"M(\\S+) (\\S+)L(\\S+) (\\S+)\"");
    private static final Pattern CURVE =
            Pattern.compile("d=\"M(\\S+) (\\S+)C(\\S+) (\\S+) (\\S+) (\\S+) (\\S+) (\\S+)\"");
    private static final int POINTS = 50;

    record Area(String word, double left, double top, double right, double bottom) {
        boolean touches(Area other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }

        boolean holds(double[] point) {
            return left < point[0] && point[0] < right && top < point[1] && point[1] < bottom;
        }
    }

    static DrawnDiagram of(String svg) {
        List<Area> boxes = new ArrayList<>();
        found(BOX, svg).stream()
                .filter(box -> !box.group(5).contains("dasharray"))
                .forEach(box ->
                        boxes.add(new Area("box", n(box, 1), n(box, 2), n(box, 1) + n(box, 3), n(box, 2) + n(box, 4))));
        List<Area> words = found(WORD, svg).stream()
                .map(word -> {
                    double width = FigureInk.width(word.group(3), FigureInk.SMALL);
                    return new Area(word.group(3), n(word, 1), n(word, 2) - 8, n(word, 1) + width, n(word, 2) + 2);
                })
                .toList();
        List<double[]> wires = new ArrayList<>();
        found(LINE, svg)
                .forEach(line -> IntStream.rangeClosed(0, POINTS).forEach(i -> {
                    double t = (double) i / POINTS;
                    wires.add(new double[] {
                        n(line, 1) + t * (n(line, 3) - n(line, 1)), n(line, 2) + t * (n(line, 4) - n(line, 2))
                    });
                }));
        found(CURVE, svg)
                .forEach(curve -> IntStream.rangeClosed(0, POINTS)
                        .forEach(i -> wires.add(new double[] {
                            bezier(curve, 1, (double) i / POINTS), bezier(curve, 2, (double) i / POINTS)
                        })));
        return new DrawnDiagram(boxes, words, wires);
    }

    /** Words on boxes, on wires and on one another, and wires through boxes. */
    List<String> collisions() {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            Area word = words.get(i);
            boxes.stream().filter(word::touches).forEach(box -> out.add(word + " on " + box));
            words.subList(i + 1, words.size()).stream().filter(word::touches).forEach(o -> out.add(word + " on " + o));
            wires.stream().filter(word::holds).limit(1).forEach(point -> out.add(word + " on a wire"));
        }
        for (Area box : boxes) {
            wires.stream().filter(box::holds).limit(1).forEach(point -> out.add("a wire through " + box));
        }
        return out;
    }

    private static double bezier(MatchResult curve, int group, double t) {
        double u = 1 - t;
        return u * u * u * n(curve, group)
                + 3 * u * u * t * n(curve, group + 2)
                + 3 * u * t * t * n(curve, group + 4)
                + t * t * t * n(curve, group + 6);
    }

    private static List<MatchResult> found(Pattern pattern, String svg) {
        return pattern.matcher(svg).results().toList();
    }

    private static double n(MatchResult found, int group) {
        return Double.parseDouble(found.group(group));
    }
}
