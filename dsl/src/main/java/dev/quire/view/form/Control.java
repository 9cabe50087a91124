package dev.quire.view.form;

/**
 * Something that a person sets. Its text is the call that makes it.
 *
 * @param <T> the type of its value
 */
public sealed interface Control<T> permits Choice, IntSlider, Slider, TextField, Toggle {
    /** What stands beside it. */
    String name();

    /** The value it begins with. */
    T value();

    /**
     * This control beginning with another value.
     *
     * @throws dev.quire.QuireException if it cannot have that value
     */
    Control<T> value(T value);

    /** Which values it takes, in words. */
    String range();
}
