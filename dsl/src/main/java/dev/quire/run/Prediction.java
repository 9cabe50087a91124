package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.data.Example;
import dev.quire.data.Values;
import dev.quire.view.Answer;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a network says of one example.
 *
 * @param example the example
 * @param classes the class names; empty for regression
 * @param values for classes the probability of each; for regression the numbers predicted
 */
public record Prediction(Example example, List<String> classes, float[] values) implements Displayable {
    public Prediction {
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

    /** Whether the likeliest class is the true one; false where nobody knows it. */
    public boolean isRight() {
        return label().equals(example.label());
    }

    /**
     * The prediction as it is drawn.
     *
     * @throws QuireException for regression, which has no classes to choose from
     */
    public Answer answer() {
        if (classes.isEmpty()) {
            throw new QuireException(
                    example.dataset().name() + " has no classes: read values(), the numbers predicted");
        }
        return new Answer(
                example.isImage() ? example.image() : null,
                classes,
                values,
                example.isLabelled() ? example.label() : null);
    }

    @Override
    public Display display() {
        return classes.isEmpty() ? Display.text(toString()) : answer().display();
    }

    @Override
    public String plain() {
        return toString();
    }

    /** {@code 9  98.3 %  (4  1.1 %)}; for regression the numbers. */
    @Override
    public String toString() {
        return classes.isEmpty() ? Values.text(values) : answer().toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Prediction prediction
                && example.equals(prediction.example)
                && Arrays.equals(values, prediction.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
