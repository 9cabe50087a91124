package dev.quire.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.QuireException;
import dev.quire.metric.History;
import dev.quire.view.Chart;
import dev.quire.view.Charts;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Grid;
import dev.quire.view.Html;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two runs side by side: what differed, and the curves of both. */
public final class RunComparison implements Displayable {
    private static final int LINES = 20;
    private static final int LONGEST = 60;

    private final ComparedRun one;
    private final ComparedRun other;
    private final Map<String, List<String>> differences = new LinkedHashMap<>();

    RunComparison(ComparedRun one, ComparedRun other) {
        this.one = one;
        this.other = other;
        differences.put("code", TextDifference.lines(one.code(), other.code()));
        differences.put("network", json(one.model(), other.model()));
        differences.put("specification", json(one.spec(), other.spec()));
        differences.put("data", json(one.data(), other.data()));
        differences.put("environment", json(one.environment(), other.environment()));
        String first = Repetition.difference(one.history(), other.history());
        differences.put("figures", first.isEmpty() ? List.of() : List.of(first));
    }

    /**
     * What differed: a line for each difference, by {@code code}, {@code network}, {@code specification}, {@code data},
     * {@code environment} and {@code figures}; of figures the first. Nothing where all is equal.
     */
    public Map<String, List<String>> differences() {
        return Map.copyOf(differences);
    }

    /**
     * The curves of both runs.
     *
     * @throws QuireException when neither has finished an epoch
     */
    public Chart plot() {
        Map<String, History> runs = new LinkedHashMap<>();
        runs.put(one.name(), one.history());
        runs.put(one.name().equals(other.name()) ? other.name() + " (again)" : other.name(), other.history());
        return Charts.beside(runs);
    }

    private static List<String> json(JsonNode one, JsonNode other) {
        Map<String, String> before = new LinkedHashMap<>();
        Map<String, String> after = new LinkedHashMap<>();
        flatten("", one, before);
        flatten("", other, after);
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        List<String> out = new ArrayList<>();
        for (String name : names) {
            String left = before.getOrDefault(name, "-");
            String right = after.getOrDefault(name, "-");
            if (!left.equals(right)) {
                out.add((name.isEmpty() ? "" : name + ": ") + cut(left) + " | " + cut(right));
            }
        }
        return out;
    }

    private static void flatten(String name, JsonNode node, Map<String, String> out) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> flatten(
                            name.isEmpty() ? field.getKey() : name + "." + field.getKey(), field.getValue(), out));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(name + "[" + i + "]", node.get(i), out);
            }
        } else {
            out.put(name, node.asText());
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    private Grid figures() {
        List<List<String>> rows = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>(one.history().columns());
        columns.addAll(other.history().columns());
        columns.forEach(
                column -> rows.add(List.of(column, last(one.history(), column), last(other.history(), column))));
        return new Grid(
                List.of(
                        Grid.Column.words("after the last epoch"),
                        Grid.Column.numbers(one.name()),
                        Grid.Column.numbers(other.name())),
                rows,
                List.of(),
                "");
    }

    private static String last(History history, String column) {
        if (history.isEmpty() || !history.has(column) || Double.isNaN(history.last(column))) {
            return "";
        }
        double value = history.last(column);
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.5g", value);
    }

    /** What is different in words: a heading, and lines; one line where nothing is. */
    private List<String> lines(String part, List<String> said) {
        List<String> out = new ArrayList<>();
        if (said.isEmpty()) {
            out.add(part + ": the same");
            return out;
        }
        out.add(part + ":");
        said.stream().limit(LINES).forEach(line -> out.add("  " + line));
        if (said.size() > LINES) {
            out.add("  … and " + (said.size() - LINES) + " more");
        }
        return out;
    }

    private List<String> remarks() {
        List<String> out = new ArrayList<>();
        for (ComparedRun run : List.of(one, other)) {
            run.remarks().forEach(remark -> out.add(run.name() + ": " + remark));
        }
        return out;
    }

    private Optional<Chart> chart() {
        try {
            return Optional.of(plot());
        } catch (QuireException nothingYet) {
            return Optional.empty();
        }
    }

    private String words() {
        List<String> out = new ArrayList<>();
        out.add(one.name() + " | " + other.name());
        differences.forEach((part, said) -> out.addAll(lines(part, said)));
        out.addAll(remarks());
        return String.join("\n", out);
    }

    @Override
    public Display display() {
        StringBuilder html = new StringBuilder("<div><pre style=\"line-height:1.4\">")
                .append(Html.escape(words()))
                .append("</pre>")
                .append(figures().html());
        chart().map(Chart::display)
                .map(drawn -> drawn.data().getOrDefault(Display.SVG, ""))
                .ifPresent(html::append);
        return Display.text(plain()).with(Display.HTML, html.append("</div>").toString());
    }

    @Override
    public String plain() {
        return words() + "\n\n" + figures().text()
                + chart().map(drawn -> "\n\n" + drawn.text()).orElse("");
    }

    @Override
    public String toString() {
        return words();
    }
}
