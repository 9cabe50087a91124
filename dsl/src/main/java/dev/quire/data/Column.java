package dev.quire.data;

import java.util.List;

/**
 * A column of a table that is learned from: a number, or one of a few texts.
 *
 * @param name its head in the table
 * @param categories the texts, each of which is an element of the input, 1 where the row has it and else 0; empty for a
 *     number
 */
public record Column(String name, List<String> categories) {
    public Column {
        categories = List.copyOf(categories);
    }

    /** How many elements of the input it takes. */
    public int width() {
        return Math.max(1, categories.size());
    }

    /** {@code city: Bonn, Kiel, Ulm}; for a number its name. */
    @Override
    public String toString() {
        return categories.isEmpty() ? name : name + ": " + String.join(", ", categories);
    }
}
