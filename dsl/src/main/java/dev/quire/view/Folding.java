package dev.quire.view;

import java.util.ArrayList;
import java.util.List;

/** Makes a deep network small enough to be read: what repeats is drawn once, then groups become one box each. */
final class Folding {
    /** So many layers are drawn as they are. */
    private static final int FEW = 24;
    /** More are not legible. */
    private static final int MOST = 60;

    private static final int LONGEST_UNIT = 12;
    private static final int EDGE = 20;

    private Folding() {}

    static Figure of(Figure network) {
        if (network.layers() <= FEW) {
            return network;
        }
        Figure folded = repeats(network);
        for (int depth = 4; depth >= 1 && folded.layers() > MOST; depth--) {
            folded = collapsed(folded, depth);
        }
        return folded.layers() > MOST && folded instanceof Figure.Chain chain ? cut(chain) : folded;
    }

    /** Parts of a chain that come three times or more one after another become one in a frame. */
    private static Figure repeats(Figure figure) {
        if (figure instanceof Figure.Framed frame) {
            return new Figure.Framed(frame.title(), repeats(frame.body()));
        } else if (figure instanceof Figure.Branches join) {
            return new Figure.Branches(
                    join.word(), join.branches().stream().map(Folding::repeats).toList(), join.output());
        }
        return figure instanceof Figure.Chain chain ? chain(chain) : figure;
    }

    private static Figure chain(Figure.Chain chain) {
        List<Figure> parts = chain.parts().stream().map(Folding::repeats).toList();
        List<Figure> out = new ArrayList<>();
        int at = 0;
        while (at < parts.size()) {
            int unit = 0;
            int times = 0;
            for (int length = 1; length <= LONGEST_UNIT && times * unit < parts.size() - at; length++) {
                int found = times(parts, at, length);
                if (found >= 3 && found * length > times * unit) {
                    unit = length;
                    times = found;
                }
            }
            if (times == 0) {
                out.add(parts.get(at++));
            } else {
                out.add(new Figure.Framed(times + " times", new Figure.Chain(parts.subList(at, at + unit))));
                at += unit * times;
            }
        }
        return new Figure.Chain(out);
    }

    /** How often a stretch of a list comes one after another. */
    private static int times(List<Figure> parts, int from, int length) {
        int times = 1;
        while (from + (times + 1) * length <= parts.size()
                && parts.subList(from, from + length)
                        .equals(parts.subList(from + times * length, from + (times + 1) * length))) {
            times++;
        }
        return times;
    }

    /** Groups at so many levels down become one box each, with how many layers they have. */
    private static Figure collapsed(Figure figure, int depth) {
        if (figure instanceof Figure.Layer) {
            return figure;
        }
        if (depth == 0) {
            String what = figure instanceof Figure.Framed frame
                    ? frame.title()
                    : figure instanceof Figure.Branches join ? join.word() : "part";
            int layers = figure.layers();
            return layers <= 1 ? figure : new Figure.Layer(what + ": " + layers + " layers", figure.output(), true);
        }
        if (figure instanceof Figure.Chain chain) {
            return new Figure.Chain(chain.parts().stream()
                    .map(part -> collapsed(part, depth - 1))
                    .toList());
        } else if (figure instanceof Figure.Framed frame) {
            return new Figure.Framed(frame.title(), collapsed(frame.body(), depth));
        } else if (figure instanceof Figure.Branches join) {
            return new Figure.Branches(
                    join.word(),
                    join.branches().stream()
                            .map(branch -> collapsed(branch, depth))
                            .toList(),
                    join.output());
        }
        return figure;
    }

    private static Figure cut(Figure.Chain chain) {
        List<Figure> parts = chain.parts();
        if (parts.size() <= 2 * EDGE + 1) {
            return chain;
        }
        List<Figure> middle = parts.subList(EDGE, parts.size() - EDGE);
        List<Figure> out = new ArrayList<>(parts.subList(0, EDGE));
        out.add(new Figure.Layer(
                "… " + middle.stream().mapToInt(Figure::layers).sum() + " more layers",
                middle.get(middle.size() - 1).output(),
                false));
        out.addAll(parts.subList(parts.size() - EDGE, parts.size()));
        return new Figure.Chain(out);
    }
}
