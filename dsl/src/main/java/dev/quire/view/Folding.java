package dev.quire.view;

import java.util.ArrayList;
import java.util.List;

/** Makes a deep network small enough to be read: what repeats is drawn once, then groups become one box each. */
final class Folding {
    /** So many layers are drawn as they are. */
    private static final int FEW = 24;
    /** More are not legible. */
    private static final int MOST = 72;

    private static final int LONGEST_UNIT = 12;
    private static final int EDGE = 20;

    private Folding() {}

    static Figure of(Figure network) {
        if (network.layers() <= FEW) {
            return network;
        }
        Figure folded = repeats(bare(network));
        for (int depth = 4; depth >= 1 && folded.layers() > MOST; depth--) {
            folded = collapsed(folded, depth);
        }
        return folded.layers() > MOST && folded instanceof Figure.Chain chain ? cut(chain) : folded;
    }

    /**
     * Without frames around one layer, one fork or a whole branch, which the drawing shows anyway: in a deep network their
     * names are in the summary.
     */
    private static Figure bare(Figure figure) {
        if (figure instanceof Figure.Framed frame) {
            Figure body = bare(frame.body());
            return body instanceof Figure.Layer || body instanceof Figure.Branches
                    ? body
                    : new Figure.Framed(frame.title(), frame.times(), body);
        } else if (figure instanceof Figure.Branches join) {
            List<Figure> branches = join.branches().stream()
                    .map(Folding::bare)
                    .map(branch -> branch instanceof Figure.Framed frame ? frame.body() : branch)
                    .toList();
            return new Figure.Branches(bare(join.join()), branches, join.output(), join.forked());
        } else if (figure instanceof Figure.Web web) {
            return new Figure.Web(web.steps().stream()
                    .map(step -> new Figure.Step(bare(step.figure()), step.from()))
                    .toList());
        } else if (figure instanceof Figure.Chain chain) {
            List<Figure> parts = chain.parts().stream().map(Folding::bare).toList();
            return parts.size() == 1 ? parts.get(0) : new Figure.Chain(parts);
        }
        return figure;
    }

    /** Parts of a chain that come three times or more one after another become one in a frame, a block from twice. */
    private static Figure repeats(Figure figure) {
        if (figure instanceof Figure.Framed frame) {
            return new Figure.Framed(frame.title(), frame.times(), repeats(frame.body()));
        } else if (figure instanceof Figure.Branches join) {
            List<Figure> branches =
                    join.branches().stream().map(Folding::repeats).toList();
            return new Figure.Branches(repeats(join.join()), branches, join.output(), join.forked());
        } else if (figure instanceof Figure.Web web) {
            return new Figure.Web(web.steps().stream()
                    .map(step -> new Figure.Step(repeats(step.figure()), step.from()))
                    .toList());
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
                int least = length == 1 && parts.get(at) instanceof Figure.Framed ? 2 : 3;
                if (found >= least && found * length > times * unit) {
                    unit = length;
                    times = found;
                }
            }
            if (times == 0) {
                out.add(parts.get(at++));
            } else if (unit == 1 && parts.get(at) instanceof Figure.Framed first) {
                String last = ((Figure.Framed) parts.get(at + times - 1)).title();
                String title = first.title().equals(last) ? last : first.title() + " to " + last;
                out.add(new Figure.Framed(title + ": " + times + " times", times, first.body()));
                at += times;
            } else {
                out.add(new Figure.Framed(times + " times", times, new Figure.Chain(parts.subList(at, at + unit))));
                at += unit * times;
            }
        }
        return new Figure.Chain(out);
    }

    /** How often a stretch of a list comes one after another. */
    private static int times(List<Figure> parts, int from, int length) {
        int times = 1;
        while (from + (times + 1) * length <= parts.size() && areAlike(parts, from, from + times * length, length)) {
            times++;
        }
        return times;
    }

    private static boolean areAlike(List<Figure> parts, int one, int other, int length) {
        for (int i = 0; i < length; i++) {
            if (!unnumbered(parts.get(one + i)).equals(unnumbered(parts.get(other + i)))) {
                return false;
            }
        }
        return true;
    }

    /** Blocks that differ in the number at the end of their names alone are alike. */
    private static Figure unnumbered(Figure figure) {
        return figure instanceof Figure.Framed frame
                ? new Figure.Framed(frame.title().replaceFirst("[0-9]+$", ""), frame.times(), frame.body())
                : figure;
    }

    /** Groups at so many levels down become one box each, with how many layers they have. */
    private static Figure collapsed(Figure figure, int depth) {
        if (figure instanceof Figure.Layer) {
            return figure;
        }
        if (depth == 0) {
            return figure.layers() <= 1 ? figure : one(figure);
        }
        if (figure instanceof Figure.Chain chain) {
            return new Figure.Chain(chain.parts().stream()
                    .map(part -> collapsed(part, depth - 1))
                    .toList());
        } else if (figure instanceof Figure.Framed frame) {
            return new Figure.Framed(frame.title(), frame.times(), collapsed(frame.body(), depth));
        } else if (figure instanceof Figure.Branches join) {
            List<Figure> branches = join.branches().stream()
                    .map(branch -> collapsed(branch, depth))
                    .toList();
            return new Figure.Branches(join.join(), branches, join.output(), join.forked());
        } else if (figure instanceof Figure.Web web) {
            return new Figure.Web(web.steps().stream()
                    .map(step -> new Figure.Step(collapsed(step.figure(), depth - 1), step.from()))
                    .toList());
        }
        return figure;
    }

    private static Figure one(Figure figure) {
        String call = what(figure) + " of " + figure.depicted() + " layers";
        return new Figure.Layer(call, figure.output(), figure.parameters());
    }

    private static Figure cut(Figure.Chain chain) {
        List<Figure> parts = chain.parts();
        if (parts.size() <= 2 * EDGE + 1) {
            return chain;
        }
        List<Figure> middle = parts.subList(EDGE, parts.size() - EDGE);
        List<Figure> out = new ArrayList<>(parts.subList(0, EDGE));
        Figure.Chain left = new Figure.Chain(middle);
        out.add(new Figure.Layer("… " + left.depicted() + " more layers", left.output(), left.parameters()));
        out.addAll(parts.subList(parts.size() - EDGE, parts.size()));
        return new Figure.Chain(out);
    }

    private static String what(Figure figure) {
        if (figure instanceof Figure.Framed frame) {
            return frame.title();
        } else if (figure instanceof Figure.Branches ways) {
            int ends = ways.branches().size();
            boolean past = ways.branches().stream().anyMatch(way -> way.layers() == 0);
            return past && ends == 2 ? "residual" : ends + " branches";
        }
        return "part";
    }
}
