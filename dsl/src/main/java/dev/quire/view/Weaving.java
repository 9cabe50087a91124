package dev.quire.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds chains and branches in figures that are wired freely (series-parallel reduction: Valdes, Tarjan and Lawler
 * 1982), so that they are drawn and folded as such. What is neither stays a web of fewer steps.
 */
final class Weaving {
    private final Spot source = new Spot(new Figure.Chain(List.of()));
    private final Spot sink = new Spot(new Figure.Chain(List.of()));
    private final List<Spot> spots = new ArrayList<>();

    /** A step, or the one before all inputs or after all outputs. */
    private static final class Spot {
        Figure figure;
        final List<Way> in = new ArrayList<>();
        /** In the order in which they begin; a wide network leaves one place by very many ways. */
        final Set<Way> out = new LinkedHashSet<>();

        Spot(Figure figure) {
            this.figure = figure;
        }
    }

    /** A wire with what stands on it. */
    private static final class Way {
        final Spot from;
        final Spot to;
        final List<Figure> parts;

        Way(Spot from, Spot to, List<Figure> parts) {
            this.from = from;
            this.to = to;
            this.parts = parts;
        }

        Figure figure() {
            return parts.size() == 1 ? parts.get(0) : new Figure.Chain(parts);
        }
    }

    private Weaving(Figure.Web web) {
        for (Figure.Step step : web.steps()) {
            Spot spot = new Spot(of(step.figure()));
            if (step.from().isEmpty()) {
                link(source, spot);
            }
            step.from().forEach(from -> link(spots.get(from), spot));
            spots.add(spot);
        }
        spots.stream().filter(spot -> spot.out.isEmpty()).forEach(spot -> link(spot, sink));
    }

    /** The figure with its webs made chains and branches where they are such. */
    static Figure of(Figure figure) {
        if (figure instanceof Figure.Web web) {
            return new Weaving(web).woven();
        } else if (figure instanceof Figure.Framed frame) {
            return new Figure.Framed(frame.title(), frame.times(), of(frame.body()));
        } else if (figure instanceof Figure.Chain chain) {
            return chain(chain.parts().stream().map(Weaving::of).toList());
        } else if (figure instanceof Figure.Branches ways) {
            List<Figure> branches = ways.branches().stream().map(Weaving::of).toList();
            return new Figure.Branches(of(ways.join()), branches, ways.output(), ways.forked());
        }
        return figure;
    }

    private static Figure.Chain chain(List<Figure> parts) {
        List<Figure> flat = new ArrayList<>();
        for (Figure part : parts) {
            flat.addAll(part instanceof Figure.Chain inner ? inner.parts() : List.of(part));
        }
        return new Figure.Chain(flat);
    }

    private static void link(Spot from, Spot to) {
        Way way = new Way(from, to, new ArrayList<>());
        from.out.add(way);
        to.in.add(way);
    }

    private Figure woven() {
        Deque<Spot> open = new ArrayDeque<>(spots);
        open.add(sink);
        while (!open.isEmpty()) {
            Spot spot = open.poll();
            if (spot == sink) {
                end(open);
            } else if (spot != source && !spot.in.isEmpty()) {
                join(spot, open);
                follow(spot, open);
            }
        }
        return source.out.size() == 1 && sink.in.size() == 1 && source.out.contains(sink.in.get(0))
                ? chain(sink.in.get(0).parts)
                : rest();
    }

    /** Ways that all come from one place, joined here. */
    private void join(Spot spot, Deque<Spot> open) {
        Spot from = spot.in.get(0).from;
        if (spot.in.size() < 2 || spot.in.stream().anyMatch(way -> way.from != from)) {
            return;
        }
        List<Figure> branches = spot.in.stream().map(Way::figure).toList();
        spot.figure = new Figure.Branches(named(spot.figure), branches, spot.figure.output(), from != source);
        spot.in.forEach(from.out::remove);
        spot.in.clear();
        link(from, spot);
        open.add(from);
    }

    /** In a pill the plain word. */
    private static Figure named(Figure join) {
        return join instanceof Figure.Layer layer && layer.kind() == Figure.Kind.JOIN
                ? new Figure.Layer(layer.call().replace("()", ""), layer.output(), 0, Figure.Kind.JOIN)
                : join;
    }

    /** A step with one way in and one way out stands on the way. */
    private static void follow(Spot spot, Deque<Spot> open) {
        if (spot.in.size() != 1 || spot.out.size() != 1) {
            return;
        }
        Way before = spot.in.get(0);
        Way after = spot.out.iterator().next();
        before.parts.addAll(chain(List.of(spot.figure)).parts());
        before.parts.addAll(after.parts);
        Way whole = new Way(before.from, after.to, before.parts);
        before.from.out.remove(before);
        before.from.out.add(whole);
        after.to.in.set(after.to.in.indexOf(after), whole);
        spot.in.clear();
        spot.out.clear();
        open.add(after.to);
    }

    /** Ways from one place that end by themselves. */
    private void end(Deque<Spot> open) {
        Map<Spot, List<Way>> byStart = new LinkedHashMap<>();
        sink.in.forEach(way ->
                byStart.computeIfAbsent(way.from, start -> new ArrayList<>()).add(way));
        byStart.forEach((from, ways) -> {
            if (ways.size() > 1) {
                Figure both = new Figure.Branches(
                        new Figure.Chain(List.of()),
                        ways.stream().map(Way::figure).toList(),
                        "",
                        from != source);
                Way way = new Way(from, sink, new ArrayList<>(List.of(both)));
                sink.in.removeAll(ways);
                ways.forEach(from.out::remove);
                sink.in.add(way);
                from.out.add(way);
                open.add(from);
            }
        });
    }

    /** What is left: steps with several ways in or out, and the ways between them that something stands on. */
    private Figure rest() {
        List<Figure.Step> steps = new ArrayList<>();
        Map<Spot, Integer> places = new LinkedHashMap<>();
        for (Spot spot : spots) {
            if (spot.in.isEmpty()) {
                continue;
            }
            Figure figure = withNext(spot);
            if (spot.in.size() == 1) {
                Way way = spot.in.get(0);
                steps.add(new Figure.Step(chain(List.of(way.figure(), figure)), start(way, places)));
            } else {
                List<Integer> from = new ArrayList<>();
                spot.in.forEach(way -> from.addAll(end(way, steps, places)));
                steps.add(new Figure.Step(figure, from));
            }
            places.put(spot, steps.size() - 1);
        }
        sink.in.stream()
                .sorted(Comparator.comparing(way -> way.from == source))
                .forEach(way -> end(way, steps, places));
        return new Figure.Web(steps);
    }

    /** A step and what stands on the only way out of it. */
    private static Figure withNext(Spot spot) {
        if (spot.out.size() != 1) {
            return spot.figure;
        }
        List<Figure> next = spot.out.iterator().next().parts;
        Figure both = next.isEmpty() ? spot.figure : chain(List.of(spot.figure, new Figure.Chain(next)));
        next.clear();
        return both;
    }

    private List<Integer> start(Way way, Map<Spot, Integer> places) {
        return way.from == source ? List.of() : List.of(places.getOrDefault(way.from, 0));
    }

    /** The number of the step at the end of a way. */
    private List<Integer> end(Way way, List<Figure.Step> steps, Map<Spot, Integer> places) {
        if (way.parts.isEmpty()) {
            return start(way, places);
        }
        steps.add(new Figure.Step(way.figure(), start(way, places)));
        return List.of(steps.size() - 1);
    }
}
