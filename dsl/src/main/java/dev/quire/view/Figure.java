package dev.quire.view;

import java.util.List;

/** What a diagram of a network is made of: layers, and the ways they hang together. Equal figures are drawn alike. */
public sealed interface Figure {
    /** The shape of what comes out, in words; empty where it says nothing new. */
    String output();

    /**
     * One layer.
     *
     * @param call the call that makes it
     * @param trained whether it has parameters
     */
    record Layer(String call, String output, boolean trained) implements Figure {}

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

    /** Branches from one value, joined again by what the word says. */
    record Branches(String word, List<Figure> branches, String output) implements Figure {
        public Branches {
            branches = List.copyOf(branches);
        }
    }

    /** Figures in a frame with a title. */
    record Framed(String title, Figure body) implements Figure {
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

    /** How many layers there are to draw. */
    default int layers() {
        if (this instanceof Chain chain) {
            return chain.parts.stream().mapToInt(Figure::layers).sum();
        } else if (this instanceof Branches join) {
            return 1 + join.branches.stream().mapToInt(Figure::layers).sum();
        } else if (this instanceof Framed frame) {
            return frame.body.layers();
        } else if (this instanceof Web web) {
            return web.steps.stream().mapToInt(step -> step.figure.layers()).sum();
        }
        return 1;
    }
}
