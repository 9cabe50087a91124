package dev.quire.view;

import java.util.List;
import java.util.stream.Stream;

/** What a diagram of a network is made of: layers, and the ways they hang together. Equal figures are drawn alike. */
public sealed interface Figure {
    /** The shape of what comes out, in words; empty where it says nothing new. */
    String output();

    /** How a layer is drawn. */
    enum Kind {
        /** A box of its own. */
        BOX,
        /** Changes values one by one, as an activation does: hangs on the box above it, without a wire. */
        FOLLOWER,
        /** An input or an output of the network. */
        END,
        /** Joins branches. */
        JOIN
    }

    /**
     * One layer.
     *
     * @param call the call that makes it
     * @param parameters how many values of it are trained
     */
    record Layer(String call, String output, long parameters, Kind kind) implements Figure {
        public Layer(String call, String output, long parameters) {
            this(call, output, parameters, Kind.BOX);
        }
    }

    /** One after another; without any, a way straight through. */
    record Chain(List<Figure> parts) implements Figure {
        public Chain {
            parts = List.copyOf(parts);
        }

        @Override
        public String output() {
            return parts.isEmpty() ? "" : parts.get(parts.size() - 1).output();
        }
    }

    /**
     * Ways side by side.
     *
     * @param join what joins them; an empty chain where each ends by itself
     * @param forked whether they come from one value, or each begins by itself
     */
    record Branches(Figure join, List<Figure> branches, String output, boolean forked) implements Figure {
        public Branches {
            branches = List.copyOf(branches);
        }

        public Branches(String word, List<Figure> branches, String output) {
            this(new Layer(word, output, 0, Kind.JOIN), branches, output, true);
        }

        boolean isJoined() {
            return !(join instanceof Chain chain && chain.parts.isEmpty());
        }
    }

    /**
     * Figures in a frame with a title.
     *
     * @param times how often it comes one after another
     */
    record Framed(String title, int times, Figure body) implements Figure {
        public Framed(String title, Figure body) {
            this(title, 1, body);
        }

        @Override
        public String output() {
            return body.output();
        }
    }

    /**
     * Figures that are wired freely.
     *
     * @param steps each after those it is given values of
     */
    record Web(List<Step> steps) implements Figure {
        public Web {
            steps = List.copyOf(steps);
        }

        @Override
        public String output() {
            return "";
        }
    }

    /**
     * A figure of a web.
     *
     * @param from the numbers of the steps it is given values of; none for an input
     */
    record Step(Figure figure, List<Integer> from) {
        public Step {
            from = List.copyOf(from);
        }
    }

    /** How many boxes there are to draw. */
    default int layers() {
        return (this instanceof Layer ? 1 : 0)
                + insides().stream().mapToInt(Figure::layers).sum();
    }

    /** How many layers these stand for: those drawn once for many count as often, joints do not. */
    default long depicted() {
        if (this instanceof Layer layer) {
            return layer.kind == Kind.BOX || layer.kind == Kind.FOLLOWER ? 1 : 0;
        }
        return times() * insides().stream().mapToLong(Figure::depicted).sum();
    }

    /** How many values of it are trained. */
    default long parameters() {
        return times() * insides().stream().mapToLong(Figure::parameters).sum();
    }

    private int times() {
        return this instanceof Framed frame ? frame.times : 1;
    }

    /** The figures that this one is made of. */
    private List<Figure> insides() {
        if (this instanceof Chain chain) {
            return chain.parts;
        } else if (this instanceof Branches ways) {
            return Stream.concat(ways.branches.stream(), Stream.of(ways.join)).toList();
        } else if (this instanceof Framed frame) {
            return List.of(frame.body);
        } else if (this instanceof Web web) {
            return web.steps.stream().map(Step::figure).toList();
        }
        return List.of();
    }
}
