package dev.quire.view.form;

import dev.quire.QuireException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of several values.
 *
 * @param values at least one; a person reads their {@code toString}
 * @param value the one it begins with
 */
public record Choice<T>(String name, List<T> values, T value) implements Control<T> {
    public Choice {
        values = List.copyOf(values);
        if (!values.contains(value)) {
            throw new QuireException("choice \"" + name + "\": " + value + " is not one of " + words(values));
        }
    }

    /** A choice that begins with the first value. */
    public static <T> Choice<T> of(String name, List<T> values) {
        if (values.isEmpty()) {
            throw new QuireException("choice \"" + name + "\": there is nothing to choose from");
        }
        return new Choice<>(name, values, values.get(0));
    }

    @Override
    public Choice<T> value(T other) {
        return new Choice<>(name, values, other);
    }

    @Override
    public String range() {
        return words(values);
    }

    @Override
    public String toString() {
        return "choice(\"" + name + "\", "
                + values.stream()
                        .map(each -> each instanceof String ? "\"" + each + "\"" : each.toString())
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static <T> String words(List<T> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
}
