package dev.quire.inference;

import dev.quire.QuireException;
import dev.quire.data.Values;
import dev.quire.view.Answer;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of one example.
 *
 * @param image the example as a picture, if it is one
 * @param classes the class names; empty where the model has none
 * @param values for classes the probability of each, 0 to 1; else the numbers of its output
 */
public record Estimate(@Nullable BufferedImage image, List<String> classes, float[] values) implements Displayable {
    public Estimate {
        classes = List.copyOf(classes);
        values = values.clone();
    }

    @Override
    public float[] values() {
        return values.clone();
    }

    /** The name of the likeliest class. */
    public String label() {
        return answer().label();
    }

    /** The probability of the likeliest class, 0 to 1. */
    public double probability() {
        return answer().probability();
    }

    /** The number of the likeliest class. */
    public int classNumber() {
        return classes.indexOf(label());
    }

    Estimate of(BufferedImage picture) {
        return new Estimate(picture, classes, values);
    }

    private Answer answer() {
        if (classes.isEmpty()) {
            throw new QuireException("the model has no class names: read values(), or load it with classNames(...)");
        }
        return new Answer(image, classes, values, null);
    }

    @Override
    public Display display() {
        return classes.isEmpty() ? Display.text(toString()) : answer().display();
    }

    @Override
    public String plain() {
        return toString();
    }

    /** {@code 9  98.3 %  (4  1.1 %)}; without classes the numbers. */
    @Override
    public String toString() {
        return classes.isEmpty() ? Values.text(values) : answer().toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Estimate estimate
                && classes.equals(estimate.classes)
                && Arrays.equals(values, estimate.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
