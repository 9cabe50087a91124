package dev.quire.model.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Html;
import java.util.AbstractList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong with a described network; empty when nothing is. Shown as a table. */
public final class Problems extends AbstractList<Problem> implements Displayable {
    private static final int SHOWN = 200;

    private final List<Problem> list;

    public Problems(Collection<Problem> list) {
        this.list = List.copyOf(list);
    }

    @Override
    public Problem get(int index) {
        return list.get(index);
    }

    @Override
    public int size() {
        return list.size();
    }

    /** A JSON list of {@code {"kind", "node", "message", "remedy"}}; the node is null where the network is meant. */
    public String json() {
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        for (Problem problem : list) {
            out.addObject()
                    .put("kind", problem.kind().word())
                    .put("node", problem.node().isEmpty() ? null : problem.node())
                    .put("message", problem.message())
                    .put("remedy", problem.remedy());
        }
        return out.toString();
    }

    @Override
    public Display display() {
        if (list.isEmpty()) {
            return Display.text(plain());
        }
        String rows = list.stream()
                .limit(SHOWN)
                .map(problem -> row("td", problem.node(), problem.message(), problem.remedy()))
                .collect(Collectors.joining());
        return Display.text(plain())
                .with(
                        Display.HTML,
                        "<table>" + row("th", "node", "what is wrong", "remedy") + rows + "</table>"
                                + Html.escape(rest()));
    }

    private static String row(String cell, String... texts) {
        return List.of(texts).stream()
                .map(text -> "<" + cell + " style=\"text-align:left\">" + Html.escape(text) + "</" + cell + ">")
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private String rest() {
        return list.size() > SHOWN ? "and " + (list.size() - SHOWN) + " more" : "";
    }

    /** A line for each. */
    @Override
    public String plain() {
        if (list.isEmpty()) {
            return "no problems";
        }
        String lines = list.stream().limit(SHOWN).map(Problem::toString).collect(Collectors.joining("\n"));
        return rest().isEmpty() ? lines : lines + "\n" + rest();
    }

    @Override
    public String toString() {
        return plain();
    }
}
