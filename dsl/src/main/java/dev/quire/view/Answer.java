package dev.quire.view;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a network says of one example, ready to be drawn.
 *
 * @param image the example as a picture, if it is one
 * @param classes the class names
 * @param probabilities of each class, 0 to 1
 * @param truth the true class, if it is known
 */
public record Answer(
        @Nullable BufferedImage image,
        List<String> classes,
        float[] probabilities,
        @Nullable String truth) implements Displayable {
    /** A second class is worth a word from this probability on. */
    private static final double WORTH_A_WORD = 0.01;

    public Answer {
        classes = List.copyOf(classes);
        probabilities = probabilities.clone();
    }

    @Override
    public float[] probabilities() {
        return probabilities.clone();
    }

    /** The likeliest class. */
    public String label() {
        return classes.get(ranked().get(0));
    }

    /** The probability of the likeliest class. */
    public double probability() {
        return probability(ranked().get(0));
    }

    double probability(int number) {
        return probabilities[number];
    }

    /** The class numbers, likeliest first. */
    List<Integer> ranked() {
        return IntStream.range(0, classes.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
                .toList();
    }

    /** The colour of the answer: green when it is right, red when it is wrong, else neither. */
    Color color() {
        return truth == null ? Palette.INK : truth.equals(label()) ? Palette.GREEN : Palette.ORANGE;
    }

    boolean isWrong() {
        return truth != null && !truth.equals(label());
    }

    /** {@code 9  98.3 %  (4  1.1 %)}, and what it is where that is wrong. */
    public String text() {
        List<Integer> order = ranked();
        String first = share(order.get(0));
        boolean doubt = order.size() > 1 && probability(order.get(1)) >= WORTH_A_WORD;
        return first + (doubt ? "  (" + share(order.get(1)) + ")" : "") + (isWrong() ? "  but it is " + truth : "");
    }

    private String share(int number) {
        return classes.get(number) + "  " + Numbers.percent(probability(number));
    }

    /** The picture beside bars for the likeliest classes; the text alone in a terminal. */
    @Override
    public Display display() {
        return new Chart(List.of(new AnswerPanel(this)), text()).display();
    }

    @Override
    public String plain() {
        return text();
    }

    @Override
    public String toString() {
        return text();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Answer answer
                && classes.equals(answer.classes)
                && Arrays.equals(probabilities, answer.probabilities)
                && Objects.equals(truth, answer.truth)
                && image == answer.image;
    }

    @Override
    public int hashCode() {
        return 31 * classes.hashCode() + Arrays.hashCode(probabilities);
    }
}
