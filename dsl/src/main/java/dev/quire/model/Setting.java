package dev.quire.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An option of whole numbers, or of none where its presence says all.
 *
 * @param word the function that made it
 * @param values its arguments
 */
public record Setting(String word, List<Integer> values) implements LayerOption {
    public Setting {
        values = List.copyOf(values);
    }

    static Setting of(String word, int... values) {
        return new Setting(word, java.util.stream.IntStream.of(values).boxed().toList());
    }

    @Override
    public String toString() {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", ", word + "(", ")"));
    }
}
