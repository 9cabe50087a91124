package dev.quire.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A figure laid out: its size, where its way in and out crosses its upper and lower edge, and what draws it. Boxes are
 * put into boxes, so that nothing overlaps.
 */
record FigureBox(double width, double height, double axis, Painter painter) {
    private static final double GAP = 26;
    private static final double BESIDE = 18;
    private static final double FAN = 24;
    /** Wires across a wide figure sink by this share of its width. */
    private static final double STEEP = 0.06;

    private static final double PILL = 22;
    /** Under a branch, for the shape it gives. */
    private static final double ROOM = 18;

    private static final double PADDING = 10;
    private static final double TITLE = 18;
    private static final double BOLD = 1.08;
    private static final double LINE = 26;
    private static final int LONGEST = 56;
    /** The room that a shape takes at the right of a line. */
    private static final double SHAPE = 6;

    /** Draws at a place. */
    @FunctionalInterface
    interface Painter {
        void paint(FigureInk ink, double x, double y);
    }

    static FigureBox of(Figure figure) {
        if (figure instanceof Figure.Layer layer) {
            return layer(layer);
        } else if (figure instanceof Figure.Chain chain) {
            return chain(chain.parts());
        } else if (figure instanceof Figure.Branches join) {
            return branches(join);
        } else if (figure instanceof Figure.Framed frame) {
            return framed(frame);
        }
        return WebBox.of((Figure.Web) figure);
    }

    private static FigureBox layer(Figure.Layer layer) {
        if (layer.kind() == Figure.Kind.JOIN) {
            String call = Ink.cut(layer.call().replace("()", ""), LONGEST);
            double pill = Math.max(PILL, FigureInk.width(call, FigureInk.FONT) + 12);
            return new FigureBox(pill, PILL, pill / 2, (ink, x, y) -> ink.pill(x + pill / 2, y, pill, PILL, call));
        }
        return layer(layer, wide(layer));
    }

    private static FigureBox layer(Figure.Layer layer, double width) {
        String call = Ink.cut(layer.call(), LONGEST);
        return new FigureBox(width, LINE, width / 2, (ink, x, y) -> ink.layer(x, y, width, LINE, call, layer));
    }

    private static double wide(Figure.Layer layer) {
        double call = FigureInk.width(Ink.cut(layer.call(), LONGEST), FigureInk.FONT) + 18;
        return Math.max(46, call + FigureInk.count(layer.parameters()));
    }

    /** A layer and what follows it, one box on another. */
    private static FigureBox stack(List<Figure> layers) {
        double width = layers.stream()
                .mapToDouble(part -> wide((Figure.Layer) part))
                .max()
                .orElse(0);
        return new FigureBox(width, layers.size() * LINE, width / 2, (ink, x, y) -> {
            for (int i = 0; i < layers.size(); i++) {
                layer((Figure.Layer) layers.get(i), width).painter.paint(ink, x, y + i * LINE);
            }
        });
    }

    /** The parts of a chain, each layer with those that follow it. */
    private static List<List<Figure>> groups(List<Figure> parts) {
        List<List<Figure>> out = new ArrayList<>();
        for (Figure part : parts) {
            Figure before = out.isEmpty() ? part : out.get(out.size() - 1).get(0);
            if (!out.isEmpty()
                    && isBox(before)
                    && part instanceof Figure.Layer next
                    && next.kind() == Figure.Kind.FOLLOWER) {
                out.get(out.size() - 1).add(part);
            } else {
                out.add(new ArrayList<>(List.of(part)));
            }
        }
        return out;
    }

    private static boolean isBox(Figure figure) {
        return figure instanceof Figure.Layer layer
                && (layer.kind() == Figure.Kind.BOX || layer.kind() == Figure.Kind.FOLLOWER);
    }

    private static FigureBox chain(List<Figure> all) {
        List<List<Figure>> groups = groups(all);
        List<Figure> parts =
                groups.stream().map(group -> group.get(group.size() - 1)).toList();
        List<FigureBox> boxes = groups.stream()
                .map(group -> group.size() == 1 ? of(group.get(0)) : stack(group))
                .toList();
        double left = boxes.stream().mapToDouble(FigureBox::axis).max().orElse(0);
        double right = 0;
        double height = Math.max(0, boxes.size() - 1) * GAP;
        for (int i = 0; i < boxes.size(); i++) {
            double shape = i == boxes.size() - 1 ? 0 : shape(parts.get(i));
            right = Math.max(right, Math.max(boxes.get(i).width - boxes.get(i).axis, shape));
            height += boxes.get(i).height;
        }
        return new FigureBox(left + right, height, left, (ink, x, y) -> {
            double at = y;
            for (int i = 0; i < boxes.size(); i++) {
                FigureBox box = boxes.get(i);
                box.painter.paint(ink, x + left - box.axis, at);
                at += box.height;
                if (i < boxes.size() - 1) {
                    if (beginsForked(parts.get(i + 1))) {
                        ink.line(x + left, at, x + left, at + GAP);
                    } else {
                        ink.arrow(x + left, at, x + left, at + GAP);
                    }
                    ink.shape(parts.get(i).output(), x + left, at + GAP / 2);
                    at += GAP;
                }
            }
        });
    }

    /** Whether a wire into it parts at once, or goes straight through, so that it has no head. */
    private static boolean beginsForked(Figure figure) {
        return figure instanceof Figure.Branches
                || (figure instanceof Figure.Chain chain
                        && (chain.parts().isEmpty()
                                || beginsForked(chain.parts().get(0))));
    }

    static double shape(Figure figure) {
        return figure.output().isEmpty() ? 0 : SHAPE + FigureInk.width(figure.output(), FigureInk.SMALL);
    }

    private static boolean isEmpty(Figure figure) {
        return figure instanceof Figure.Chain chain && chain.parts().isEmpty();
    }

    /** Ways straight through go along the side, so that the main way stays a line. */
    private static FigureBox branches(Figure.Branches ways) {
        List<Figure> branches = ways.branches().stream()
                .sorted(Comparator.comparing(FigureBox::isEmpty))
                .toList();
        List<FigureBox> boxes = branches.stream()
                .map(branch -> {
                    FigureBox box = of(branch);
                    double room = Math.max(box.width - box.axis, shape(branch));
                    return new FigureBox(box.axis + room, box.height, box.axis, box.painter);
                })
                .toList();
        List<Double> lefts = new ArrayList<>();
        double width = 0;
        double tallest = 0;
        for (FigureBox box : boxes) {
            lefts.add(width);
            width += box.width + BESIDE;
            tallest = Math.max(tallest, box.height);
        }
        double all = Math.max(width - BESIDE, 1);
        boolean past = branches.stream().filter(FigureBox::isEmpty).count() == branches.size() - 1;
        double axis = past
                ? boxes.get(0).axis
                : (boxes.get(0).axis + lefts.get(lefts.size() - 1) + boxes.get(boxes.size() - 1).axis) / 2;
        FigureBox join = of(ways.join());
        double shift = Math.max(0, join.axis - axis);
        double full = Math.max(all + shift, axis + shift + join.width - join.axis);
        double fan = Math.max(FAN, all * STEEP);
        double top = ways.forked() ? fan : 0;
        double inner = ways.isJoined() ? tallest + ROOM : tallest;
        double under = top + inner + (ways.isJoined() ? fan : 0);
        return new FigureBox(full, under + join.height, axis + shift, (ink, x, y) -> {
            double centre = x + shift + axis;
            for (int i = 0; i < boxes.size(); i++) {
                FigureBox box = boxes.get(i);
                double left = x + shift + lefts.get(i);
                double end = y + top + inner;
                if (ways.forked()) {
                    ink.curve(centre, y, left + box.axis, y + top, !beginsForked(branches.get(i)));
                }
                box.painter.paint(ink, left, y + top);
                if (ways.isJoined()) {
                    ink.line(left + box.axis, y + top + box.height, left + box.axis, end);
                    ink.curve(left + box.axis, end, centre, end + fan, !beginsForked(ways.join()));
                    ink.shape(branches.get(i).output(), left + box.axis, y + top + box.height + ROOM / 2);
                }
            }
            join.painter.paint(ink, centre - join.axis, y + under);
        });
    }

    private static FigureBox framed(Figure.Framed frame) {
        FigureBox body = of(frame.body());
        long each = frame.body().parameters();
        String count = each == 0 ? "" : Numbers.large(each) + (frame.times() > 1 ? " each" : "");
        double title = FigureInk.width(frame.title(), FigureInk.SMALL) * BOLD + 2 * PADDING;
        // the title stands at the left of the way in, how much is trained at the right
        double left = Math.max(PADDING, title - body.axis);
        double right =
                Math.max(body.width - body.axis + PADDING, FigureInk.width(count, FigureInk.SMALL) + PADDING + SHAPE);
        double width = left + body.axis + right;
        double height = TITLE + body.height + PADDING;
        return new FigureBox(width, height, left + body.axis, (ink, x, y) -> {
            ink.frame(x, y, width, height, frame.title(), count, each);
            ink.line(x + left + body.axis, y, x + left + body.axis, y + TITLE);
            body.painter.paint(ink, x + left, y + TITLE);
            ink.line(x + left + body.axis, y + height - PADDING, x + left + body.axis, y + height);
        });
    }
}
