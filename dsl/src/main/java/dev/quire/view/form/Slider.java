package dev.quire.view.form;

import dev.quire.QuireException;

/**
 * A number between two others.
 *
 * @param step the distance of two values; of a logarithmic slider the factor between them, as a power of ten
 * @param isLog whether equal ways multiply by equal factors
 */
public record Slider(String name, double min, double max, double step, double at, boolean isLog)
        implements Control<Double> {
    private static final int STEPS = 100;

    public Slider {
        if (!(min < max) || Double.isInfinite(max - min)) {
            throw new QuireException(
                    "slider \"" + name + "\": from " + min + " to " + max + " is no range: the first must be less");
        }
        if (isLog && min <= 0) {
            throw new QuireException(
                    "logSlider \"" + name + "\": it begins at " + min + ", but factors need a start above 0");
        }
        if (!(step > 0)) {
            throw new QuireException("slider \"" + name + "\": the step is " + step + ", but must be above 0");
        }
        if (!(at >= min && at <= max)) {
            throw new QuireException("slider \"" + name + "\": " + at + " does not lie between " + min + " and " + max);
        }
    }

    /** A slider in 100 steps that begins in the middle. */
    public static Slider linear(String name, double min, double max) {
        return linear(name, min, max, max > min ? (max - min) / STEPS : 1);
    }

    /** A slider that begins in the middle. */
    public static Slider linear(String name, double min, double max, double step) {
        return new Slider(name, min, max, step, min + (max - min) / 2, false);
    }

    /** A slider whose 100 steps are factors, and which begins at the geometric mean. */
    public static Slider logarithmic(String name, double min, double max) {
        if (!(min > 0 && min < max)) {
            return new Slider(name, min, max, 1, min, true);
        }
        double mean = Math.min(max, Math.max(min, Math.sqrt(min) * Math.sqrt(max)));
        return new Slider(name, min, max, (Math.log10(max) - Math.log10(min)) / STEPS, mean, true);
    }

    @Override
    public Double value() {
        return at;
    }

    @Override
    public Slider value(Double value) {
        return new Slider(name, min, max, step, value, isLog);
    }

    @Override
    public String range() {
        return min + " to " + max + (isLog ? ", by factors" : "");
    }

    @Override
    public String toString() {
        return (isLog ? "logSlider" : "slider") + "(\"" + name + "\", " + min + ", " + max + ")";
    }
}
