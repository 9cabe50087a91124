package dev.quire.view.form;

/**
 * A line of text.
 *
 * @param value what it begins with
 */
public record TextField(String name, String value) implements Control<String> {
    @Override
    public TextField value(String other) {
        return new TextField(name, other);
    }

    @Override
    public String range() {
        return "text";
    }

    @Override
    public String toString() {
        return "textField(\"" + name + "\", \"" + value + "\")";
    }
}
