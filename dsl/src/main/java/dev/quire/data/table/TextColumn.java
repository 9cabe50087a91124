package dev.quire.data.table;

import dev.quire.QuireException;
import dev.quire.data.TextReader;

/**
 * A column of a CSV file that is text.
 *
 * @param column its name
 * @param reader what makes tokens of it
 * @param length tokens of each row; 0 for those of the longest text, as far as the network has places
 */
public record TextColumn(String column, TextReader reader, int length) {
    public TextColumn {
        if (length < 0) {
            throw new QuireException("text: the length must be at least 0, got " + length);
        }
        if (length > reader.most()) {
            throw new QuireException("text: a length of " + length + " tokens, the network has places for "
                    + reader.most() + ": take at most those");
        }
    }
}
