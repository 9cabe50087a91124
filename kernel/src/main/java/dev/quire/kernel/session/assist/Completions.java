package dev.quire.kernel.session.assist;

import java.util.List;

/**
 * What could stand at a place of a cell.
 *
 * @param start where the text begins that a suggestion replaces, in characters
 * @param end where it ends
 * @param items the most fitting first
 */
public record Completions(int start, int end, List<Completion> items) {
    public Completions {
        items = List.copyOf(items);
    }

    /**
     * One suggestion.
     *
     * @param text what is put in
     * @param kind for the icon in a front end: {@code function}, {@code instance}, {@code class}, {@code keyword}, ...
     * @param signature what it takes and gives; empty where there is nothing to say
     * @param about what it is, in a sentence; empty where nothing is known
     * @param fits whether it has the type that the place takes
     */
    public record Completion(String text, String kind, String signature, String about, boolean fits) {}
}
