package dev.quire.view;

import java.util.ArrayList;
import java.util.List;

/**
 * A figure laid out: its size, where its way in and out crosses its upper and lower edge, and what draws it. Boxes are
 * put into boxes, so that nothing overlaps.
 */
record FigureBox(double width, double height, double axis, Painter painter) {
    private static final double GAP = 26;
    private static final double BESIDE = 18;
    private static final double FAN = 24;
    /** Under a branch, for the shape it gives. */
    private static final double ROOM = 16;

    private static final double PADDING = 10;
    private static final double TITLE = 18;
    private static final double LINE = 26;
    private static final int LONGEST = 44;
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
        String call = Ink.cut(layer.call(), LONGEST);
        double width = Math.max(46, FigureInk.width(call, FigureInk.FONT) + 18);
        return new FigureBox(width, LINE, width / 2, (ink, x, y) -> ink.layer(x, y, width, LINE, call, layer));
    }

    private static FigureBox chain(List<Figure> parts) {
        List<FigureBox> boxes = parts.stream().map(FigureBox::of).toList();
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
                    if (parts.get(i + 1) instanceof Figure.Branches) {
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

    static double shape(Figure figure) {
        return figure.output().isEmpty() ? 0 : SHAPE + FigureInk.width(figure.output(), FigureInk.SMALL);
    }

    /** The way straight through goes along the side, so that the main way stays a line. */
    private static FigureBox branches(Figure.Branches join) {
        List<FigureBox> boxes = join.branches().stream()
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
        double inner = tallest + ROOM;
        double all = Math.max(width - BESIDE, 1);
        boolean past = join.branches().size() == 2
                && join.branches().get(1) instanceof Figure.Chain chain
                && chain.parts().isEmpty();
        double axis = past ? boxes.get(0).axis : all / 2;
        double word = Math.max(22, FigureInk.width(join.word(), FigureInk.FONT) + 12);
        double shift = Math.max(0, word / 2 - axis);
        double full = Math.max(all + shift, axis + shift + word / 2);
        return new FigureBox(full, 2 * FAN + inner + 22, axis + shift, (ink, x, y) -> {
            double centre = x + shift + axis;
            for (int i = 0; i < boxes.size(); i++) {
                FigureBox box = boxes.get(i);
                double left = x + shift + lefts.get(i);
                double end = y + FAN + inner;
                boolean empty = box.height == 0;
                ink.curve(centre, y, left + box.axis, y + FAN, !empty);
                box.painter.paint(ink, left, y + FAN);
                ink.line(left + box.axis, y + FAN + box.height, left + box.axis, end);
                ink.curve(left + box.axis, end, centre, end + FAN, true);
                ink.shape(join.branches().get(i).output(), left + box.axis, y + FAN + box.height + ROOM / 2);
            }
            ink.pill(centre, y + 2 * FAN + inner, word, 22, join.word());
        });
    }

    private static FigureBox framed(Figure.Framed frame) {
        FigureBox body = of(frame.body());
        double title = FigureInk.width(frame.title(), FigureInk.SMALL) + 2 * PADDING;
        // the title stands at the left of the way in
        double left = Math.max(PADDING, title - body.axis);
        double width = left + body.width + PADDING;
        double height = TITLE + body.height + PADDING;
        return new FigureBox(width, height, left + body.axis, (ink, x, y) -> {
            ink.frame(x, y, width, height, frame.title());
            ink.line(x + left + body.axis, y, x + left + body.axis, y + TITLE);
            body.painter.paint(ink, x + left, y + TITLE);
            ink.line(x + left + body.axis, y + height - PADDING, x + left + body.axis, y + height);
        });
    }
}
