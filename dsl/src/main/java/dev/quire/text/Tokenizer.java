package dev.quire.text;

import dev.quire.QuireException;
import dev.quire.data.Fingerprint;
import dev.quire.data.TextReader;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Grid;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes tokens of text as Hugging Face's tokenizers do, from a {@code tokenizer.json}. It never changes, and may be used
 * from several threads at once. Nothing is ever downloaded.
 */
public final class Tokenizer implements TextReader, Displayable {
    private final Path file;
    private final Settings settings;
    private final Native library;
    private final String fingerprint;
    private final OptionalLong padding;
    private final int most;

    private Tokenizer(
            Path file, Settings settings, Native library, String fingerprint, OptionalLong padding, int most) {
        this.file = file;
        this.settings = settings;
        this.library = library;
        this.fingerprint = fingerprint;
        this.padding = padding;
        this.most = most;
    }

    /**
     * Reads a tokenizer.
     *
     * @param place a {@code tokenizer.json}; or a folder that has one, or BERT's {@code vocab.txt}, or GPT-2's
     *     {@code vocab.json} and {@code merges.txt}
     * @throws QuireException when it is missing or damaged, or the native library is not there for this machine
     */
    public static Tokenizer read(Path place) {
        Path file = Settings.file(place);
        Settings settings = Settings.read(file);
        return new Tokenizer(
                file,
                settings,
                Native.of(file.toString(), settings.json()),
                Fingerprint.of(settings.json()),
                settings.padding(),
                settings.most());
    }

    /** Whether a folder has the files of a tokenizer. */
    public static boolean isIn(Path folder) {
        return Settings.isIn(folder);
    }

    /**
     * The same for a network that has less room, or that says itself what padding is.
     *
     * @param token that fills up; empty for the tokenizer's own
     * @param places the most tokens of a text
     */
    public Tokenizer fitted(OptionalLong token, int places) {
        return new Tokenizer(
                file, settings, library, fingerprint, token.isPresent() ? token : padding, Math.min(most, places));
    }

    /** The tokens of a text, all of them, with those that mark its start and end. */
    public Tokens encode(String text) {
        return library.encode(text);
    }

    /**
     * Texts as rows of one length: longer ones are cut at their end, shorter ones filled up with padding.
     *
     * @param length of the rows, from 1
     * @throws QuireException when there is no padding token and it is needed
     */
    public long[][] encode(List<String> texts, int length) {
        if (length < 1) {
            throw new QuireException("encode: the length must be at least 1, got " + length);
        }
        return texts.stream().map(text -> row(text, length)).toArray(long[][]::new);
    }

    /**
     * The text of tokens, without marks and padding.
     *
     * @throws QuireException when there is no such token
     */
    public String decode(long... ids) {
        for (long id : ids) {
            if (id < 0 || id >= vocabulary()) {
                throw new QuireException("decode: there is no token " + id + ", they go from 0 to " + (vocabulary() - 1)
                        + " in " + file);
            }
        }
        return library.decode(ids);
    }

    @Override
    public long[] tokens(String text) {
        return encode(text).ids();
    }

    @Override
    public long[] row(String text, int length) {
        long[] ids = encode(text).cut(length).ids();
        if (ids.length == length) {
            return ids;
        }
        long[] out = Arrays.copyOf(ids, length);
        Arrays.fill(out, ids.length, length, padding());
        return out;
    }

    @Override
    public String text(long... tokens) {
        return decode(tokens);
    }

    /** Whether it has a token that fills up short texts. */
    public boolean hasPadding() {
        return padding.isPresent();
    }

    @Override
    public long padding() {
        return padding.orElseThrow(() -> new QuireException(file + " has no padding token, which fills up short texts:"
                + " name one as pad_token in tokenizer_config.json"));
    }

    /** How many tokens there are. */
    @Override
    public int vocabulary() {
        return settings.vocabulary();
    }

    @Override
    public int most() {
        return most;
    }

    /** The special tokens, such as {@code [CLS]}, and their numbers. */
    public Map<String, Long> special() {
        return settings.marks();
    }

    /** The SHA-256 of its file, in hexadecimal digits. */
    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public Display display() {
        Grid grid = new Grid(
                List.of(Grid.Column.words("special token"), Grid.Column.numbers("id")),
                special().entrySet().stream()
                        .map(mark -> List.of(mark.getKey(), Long.toString(mark.getValue())))
                        .toList(),
                List.of(),
                toString());
        return special().isEmpty() ? Display.text(toString()) : grid.display();
    }

    /** One line: {@code WordPiece of 30,522 tokens, at most 512 a text, padding 0}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s of %,d tokens%s%s",
                settings.kind(),
                vocabulary(),
                most == Integer.MAX_VALUE ? "" : String.format(Locale.ROOT, ", at most %,d a text", most),
                padding.isPresent() ? ", padding " + padding.getAsLong() : "");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tokenizer tokenizer
                && fingerprint.equals(tokenizer.fingerprint)
                && padding.equals(tokenizer.padding)
                && most == tokenizer.most;
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }
}
