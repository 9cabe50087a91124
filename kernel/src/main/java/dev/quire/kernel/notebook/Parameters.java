package dev.quire.kernel.notebook;

import dev.quire.QuireException;
import dev.quire.kernel.session.Session;
import dev.quire.kernel.session.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Values for the variables of the cell tagged {@code parameters}. They go into a cell of their own after it, tagged
 * {@code injected-parameters}, as assignments.
 */
final class Parameters {
    private Parameters() {}

    /**
     * Removes the values of an earlier run and puts the given ones in.
     *
     * @param values variable to value, as typed on the command line
     * @throws QuireException if there is no such variable, or a value does not fit its type
     */
    static void inject(Notebook notebook, Map<String, String> values, Session session) throws InterruptedException {
        notebook.removeIf(cell -> cell.hasTag(NotebookCell.INJECTED));
        if (values.isEmpty()) {
            return;
        }
        Optional<NotebookCell> cell = notebook.cells().stream()
                .filter(each -> each.isCode() && each.hasTag(NotebookCell.PARAMETERS))
                .findFirst();
        if (cell.isEmpty()) {
            throw new QuireException("the notebook takes no parameters: none of its code cells is tagged \"parameters\""
                    + " (-p " + String.join(", -p ", values.keySet()) + ")");
        }
        List<Variable> known = session.declarations(cell.get().source());
        List<String> assignments = new ArrayList<>(List.of("// Parameters"));
        for (Map.Entry<String, String> value : values.entrySet()) {
            Variable variable = find(known, value.getKey());
            assignments.add(variable.name() + " = " + literal(variable, value.getValue()) + ";");
        }
        notebook.insertAfter(cell.get(), NotebookCell.code(String.join("\n", assignments), NotebookCell.INJECTED));
    }

    private static Variable find(List<Variable> known, String name) {
        return known.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new QuireException("the notebook has no parameter " + name + "; it has "
                        + known.stream()
                                .map(each -> each.name() + " (" + each.type() + ")")
                                .collect(Collectors.joining(", "))));
    }

    private static String literal(Variable variable, String value) {
        try {
            return switch (variable.type()) {
                case "int", "Integer" -> String.valueOf(Integer.parseInt(value));
                case "long", "Long" -> Long.parseLong(value) + "L";
                case "double", "Double" -> finite(Double.parseDouble(value));
                case "float", "Float" -> finite(Float.parseFloat(value)) + "f";
                case "boolean", "Boolean" -> bool(value);
                case "String" -> quoted(value);
                default ->
                    throw new QuireException("the parameter " + variable.name() + " is a " + variable.type()
                            + ", which cannot be given on the command line: int, long, double, float, boolean and"
                            + " String can");
            };
        } catch (NumberFormatException e) {
            throw new QuireException(
                    "the parameter " + variable.name() + " is of type " + variable.type() + ", and \"" + value
                            + "\" is none",
                    e);
        }
    }

    private static String bool(String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new NumberFormatException(value);
        }
        return value;
    }

    private static String finite(double value) {
        if (!Double.isFinite(value)) {
            throw new NumberFormatException(String.valueOf(value));
        }
        return String.valueOf(value);
    }

    private static String finite(float value) {
        if (!Float.isFinite(value)) {
            throw new NumberFormatException(String.valueOf(value));
        }
        return String.valueOf(value);
    }

    private static String quoted(String value) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
