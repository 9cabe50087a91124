package dev.quire.model.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/**
 * The nodes of a draft, each after those it takes values of, in the order in which they were written as far as that
 * allows. A cycle is noted and cut: its nodes become faulty ones that take nothing.
 */
final class Ordering {
    private static final int SHOWN = 12;

    private final Draft draft;
    private final Findings findings;
    private final List<List<Integer>> users = new ArrayList<>();
    private final int[] open;
    private final boolean[] done;

    private Ordering(Draft draft, Findings findings) {
        this.draft = draft;
        this.findings = findings;
        this.open = new int[draft.nodes().size()];
        this.done = new boolean[open.length];
    }

    static List<Integer> of(Draft draft, Findings findings) {
        return new Ordering(draft, findings).order();
    }

    private List<Integer> order() {
        draft.nodes().forEach(node -> users.add(new ArrayList<>()));
        for (int i = 0; i < open.length; i++) {
            int user = i;
            draft.nodes().get(i).from.forEach(source -> users.get(source.node()).add(user));
            open[i] = draft.nodes().get(i).from.size();
        }
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < open.length; i++) {
            if (open[i] == 0) {
                ready.add(i);
            }
        }
        List<Integer> out = new ArrayList<>();
        int first = 0;
        while (out.size() < open.length) {
            if (ready.isEmpty()) {
                while (done[first]) {
                    first++;
                }
                cut(cycle(first), ready);
            }
            int next = ready.remove();
            if (done[next]) {
                continue;
            }
            done[next] = true;
            out.add(next);
            for (int user : users.get(next)) {
                if (--open[user] == 0) {
                    ready.add(user);
                }
            }
        }
        return out;
    }

    /** A cycle that leads to this node, or through it. Whatever is left takes a value of something that is left. */
    private List<Integer> cycle(int start) {
        List<Integer> way = new ArrayList<>();
        int[] at = new int[open.length];
        Arrays.fill(at, -1);
        int node = start;
        while (at[node] < 0) {
            at[node] = way.size();
            way.add(node);
            node = draft.nodes().get(node).from.stream()
                    .map(Draft.Source::node)
                    .filter(source -> !done[source])
                    .findFirst()
                    .orElseThrow();
        }
        List<Integer> cycle = new ArrayList<>(way.subList(at[node], way.size()));
        Collections.reverse(cycle);
        Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
        return cycle;
    }

    private void cut(List<Integer> cycle, PriorityQueue<Integer> ready) {
        String names = cycle.stream()
                .limit(SHOWN)
                .map(node -> draft.nodes().get(node).id)
                .collect(Collectors.joining(" -> "));
        findings.add(
                Problem.Kind.CYCLE,
                draft.nodes().get(cycle.get(0)).id,
                "a cycle: " + names
                        + (cycle.size() > SHOWN ? " -> … " + (cycle.size() - SHOWN) + " more" : "")
                        + " -> " + draft.nodes().get(cycle.get(0)).id,
                "take out one of its edges");
        for (int node : cycle) {
            Draft.Node each = draft.nodes().get(node);
            each.layers = null;
            each.from.forEach(source -> users.get(source.node()).removeIf(user -> user == node));
            each.from.clear();
            open[node] = 0;
            ready.add(node);
        }
    }
}
