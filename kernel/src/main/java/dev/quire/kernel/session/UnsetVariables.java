package dev.quire.kernel.session;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Variables that were declared by a line that failed, and so have no value. */
final class UnsetVariables {
    private final Map<String, Place> declared = new LinkedHashMap<>();

    void failed(String variable, Place where) {
        declared.put(variable, where);
    }

    void succeeded(String variable) {
        declared.remove(variable);
    }

    /**
     * What the user of a cell should know of those it names.
     *
     * @param value what a variable holds now
     */
    List<String> namedIn(int cell, String source, Function<String, @Nullable Object> value) {
        declared.keySet().removeIf(name -> !isUnset(value.apply(name)));
        return declared.entrySet().stream()
                .filter(entry -> Pattern.compile("(?<![\\w.])" + Pattern.quote(entry.getKey()) + "\\b")
                        .matcher(source)
                        .find())
                .filter(entry -> entry.getValue().cell() != cell || value.apply(entry.getKey()) == null)
                .map(entry -> sentence(cell, entry.getKey(), entry.getValue(), value.apply(entry.getKey())))
                .toList();
    }

    private static String sentence(int cell, String variable, Place where, @Nullable Object value) {
        String line = where.cell() == cell ? "line " + where.line() : where.toString();
        return variable + " is " + value + ": " + line + " declared it and failed before it had a value";
    }

    private static boolean isUnset(@Nullable Object value) {
        return value == null
                || (value instanceof Number number && number.doubleValue() == 0)
                || value.equals(false)
                || value.equals('\0');
    }
}
