package dev.quire.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a reader of a record should know of its cells: which ran out of order, and which again. */
final class Remarks {
    private Remarks() {}

    /**
     * A cell that ran.
     *
     * @param name what tells it from others: its id in the notebook, or else its number
     * @param number as it was shown
     */
    private record Ran(String name, int number, String source) {}

    /** Of cells as a record holds them, in the order in which they ran. */
    static List<String> of(JsonNode cells) {
        List<Ran> ran = new ArrayList<>();
        cells.path("before").forEach(cell -> ran.add(ran(cell)));
        if (cells.has("now")) {
            ran.add(ran(cells.path("now")));
        }
        List<String> out = new ArrayList<>(order(ran));
        out.addAll(repeated(ran));
        return out;
    }

    private static Ran ran(JsonNode cell) {
        int number = cell.path("number").asInt();
        String id = cell.path("id").asText();
        return new Ran(
                id.isEmpty() ? "#" + number : id, number, cell.path("source").asText());
    }

    /** Cells that ran before one with a smaller number; each is named once, with the first it ran before. */
    private static List<String> order(List<Ran> ran) {
        Set<String> out = new LinkedHashSet<>();
        Set<Integer> told = new LinkedHashSet<>();
        for (int i = 0; i < ran.size(); i++) {
            for (int j = i + 1; j < ran.size(); j++) {
                boolean isFirst = firstOf(ran, ran.get(j).name()) == j;
                if (ran.get(j).number() < ran.get(i).number()
                        && isFirst
                        && told.add(ran.get(i).number())) {
                    out.add("cell " + ran.get(i).number() + " ran before cell "
                            + ran.get(j).number());
                }
            }
        }
        return List.copyOf(out);
    }

    private static int firstOf(List<Ran> ran, String name) {
        for (int i = 0; i < ran.size(); i++) {
            if (ran.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static List<String> repeated(List<Ran> ran) {
        Map<String, List<Ran>> byName = new LinkedHashMap<>();
        ran.forEach(cell ->
                byName.computeIfAbsent(cell.name(), any -> new ArrayList<>()).add(cell));
        return byName.values().stream()
                .filter(all -> all.size() > 1)
                .map(all -> "cell " + all.get(0).number() + " ran "
                        + (all.size() == 2 ? "twice" : all.size() + " times")
                        + (all.stream().map(Ran::source).distinct().count() > 1 ? ", with another text" : ""))
                .toList();
    }
}
