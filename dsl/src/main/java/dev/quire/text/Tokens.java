package dev.quire.text;

import dev.quire.QuireException;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Grid;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A text as a tokenizer has it.
 *
 * @param text the text
 * @param pieces its tokens in order
 */
public record Tokens(String text, List<Piece> pieces) implements Displayable {
    /**
     * One token.
     *
     * @param id its number, which a network is given
     * @param word how the vocabulary spells it
     * @param from where in the text it starts, in characters as {@link String#substring} counts them
     * @param to where it ends; equal to from for a mark that is not in the text
     * @param isMark whether it was added, as those of start and end are
     */
    public record Piece(long id, String word, int from, int to, boolean isMark) {}

    public Tokens {
        pieces = List.copyOf(pieces);
    }

    /** How many there are. */
    public int count() {
        return pieces.size();
    }

    /** The numbers, which a network is given. */
    public long[] ids() {
        return pieces.stream().mapToLong(Piece::id).toArray();
    }

    /** How the vocabulary spells them. */
    public List<String> words() {
        return pieces.stream().map(Piece::word).toList();
    }

    /** The characters of the text that a token stands for; empty for a mark. */
    public String characters(int token) {
        if (token < 0 || token >= pieces.size()) {
            throw new QuireException("token " + token + " of " + pieces.size() + ": tokens are counted from 0");
        }
        return text.substring(pieces.get(token).from, pieces.get(token).to);
    }

    /** At most so many: what is cut off is the end of the text, and not the mark behind it. */
    Tokens cut(int length) {
        if (length >= pieces.size()) {
            return this;
        }
        int marks = 0;
        while (marks < pieces.size() && pieces.get(pieces.size() - 1 - marks).isMark) {
            marks++;
        }
        int kept = Math.max(0, length - marks);
        List<Piece> out = new ArrayList<>(pieces.subList(0, kept));
        out.addAll(pieces.subList(pieces.size() - (length - kept), pieces.size()));
        return new Tokens(text, out);
    }

    private Grid grid() {
        List<List<String>> rows = IntStream.range(0, pieces.size())
                .mapToObj(i -> List.of(
                        Integer.toString(i),
                        pieces.get(i).word,
                        Long.toString(pieces.get(i).id),
                        pieces.get(i).isMark ? "" : pieces.get(i).from + " to " + pieces.get(i).to,
                        characters(i)))
                .toList();
        return new Grid(
                List.of(
                        Grid.Column.numbers("token"),
                        Grid.Column.words("word"),
                        Grid.Column.numbers("id"),
                        Grid.Column.words("characters"),
                        Grid.Column.words("text")),
                rows,
                List.of(),
                "");
    }

    @Override
    public Display display() {
        return grid().display();
    }

    @Override
    public String plain() {
        return grid().text();
    }

    /** The words in one line, with a bar between them. */
    @Override
    public String toString() {
        return String.join(" | ", words());
    }
}
