package dev.quire.view.form;

import dev.quire.QuireException;

/**
 * A whole number between two others.
 *
 * @param step the distance of two values
 */
public record IntSlider(String name, int min, int max, int step, int at) implements Control<Integer> {
    public IntSlider {
        if (min >= max) {
            throw new QuireException(
                    "slider \"" + name + "\": from " + min + " to " + max + " is no range: the first must be less");
        }
        if (step < 1) {
            throw new QuireException("slider \"" + name + "\": the step is " + step + ", but must be 1 or more");
        }
        if (at < min || at > max) {
            throw new QuireException("slider \"" + name + "\": " + at + " does not lie between " + min + " and " + max);
        }
    }

    /** A slider that begins in the middle. */
    public static IntSlider of(String name, int min, int max, int step) {
        long half = ((long) max - min) / 2;
        return new IntSlider(name, min, max, step, (int) (min + (step < 1 ? half : half / step * step)));
    }

    @Override
    public Integer value() {
        return at;
    }

    @Override
    public IntSlider value(Integer value) {
        return new IntSlider(name, min, max, step, value);
    }

    @Override
    public String range() {
        return min + " to " + max + (step > 1 ? ", by " + step : "");
    }

    @Override
    public String toString() {
        return "slider(\"" + name + "\", " + min + ", " + max + (step > 1 ? ", " + step : "") + ")";
    }
}
