package dev.quire.manual;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One word of the language, one method of a type, or a type.
 *
 * @param owner the simple name of the type it belongs to
 * @param name as it is written in Java
 * @param result the type it gives; empty for a type
 * @param parameters in order; none for a type
 * @param description what its Javadoc says
 */
public record Entry(
        String owner, String name, String result, List<Parameter> parameters, boolean isCall, Description description) {
    public Entry {
        parameters = List.copyOf(parameters);
    }

    /**
     * What a call is given.
     *
     * @param type as written in the source, with {@code ...} where any number can follow
     */
    public record Parameter(String type, String name) {
        public boolean isRepeated() {
            return type.endsWith("...");
        }

        @Override
        public String toString() {
            return type + " " + name;
        }
    }

    /** As {@code conv(int filters, int kernel, LayerOption... options) → Layer}. */
    public String signature() {
        if (!isCall) {
            return name;
        }
        return name
                + parameters.stream().map(Parameter::toString).collect(Collectors.joining(", ", "(", ")"))
                + (result.isEmpty() ? "" : " → " + result);
    }

    /** Whether it can have an argument at this place, counted from 0. */
    public boolean takes(int argument) {
        return argument < parameters.size()
                || (!parameters.isEmpty()
                        && parameters.get(parameters.size() - 1).isRepeated());
    }

    /** Whether it can be called with so many arguments. */
    public boolean accepts(int arguments) {
        boolean isOpen =
                !parameters.isEmpty() && parameters.get(parameters.size() - 1).isRepeated();
        return isOpen ? arguments >= parameters.size() - 1 : arguments == parameters.size();
    }
}
