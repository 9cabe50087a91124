package dev.quire.data;

/** Makes tokens of text, and text of tokens. It never changes, and may be used from several threads at once. */
public interface TextReader {
    /** The tokens of a text, all of them, with those that mark its start and end where there are such. */
    long[] tokens(String text);

    /**
     * The tokens of a text as a row of a batch: cut where there are more, filled up with padding where there are fewer.
     *
     * @param length of the row, at least 1
     */
    long[] row(String text, int length);

    /** The text of tokens, without those that are marks or padding. */
    String text(long... tokens);

    /**
     * The token that fills up short texts.
     *
     * @throws dev.quire.QuireException when there is none
     */
    long padding();

    /** How many tokens there are: every one is less. */
    int vocabulary();

    /** The most tokens of a text that its network has places for; {@link Integer#MAX_VALUE} where nobody says. */
    int most();

    /** The SHA-256 of the file it was read from, in hexadecimal digits. */
    String fingerprint();
}
