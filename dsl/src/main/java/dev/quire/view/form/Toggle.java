package dev.quire.view.form;

/**
 * Yes or no.
 *
 * @param isOn what it begins with
 */
public record Toggle(String name, boolean isOn) implements Control<Boolean> {
    @Override
    public Boolean value() {
        return isOn;
    }

    @Override
    public Toggle value(Boolean value) {
        return new Toggle(name, value);
    }

    @Override
    public String range() {
        return "true, false";
    }

    @Override
    public String toString() {
        return "toggle(\"" + name + "\")";
    }
}
