package dev.quire.data.known;

import dev.quire.QuireException;
import dev.quire.data.Dataset;
import dev.quire.data.Field;
import dev.quire.data.Split;
import dev.quire.data.Windows;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Text as characters: the vocabulary is every character that occurs, in the order of Unicode. */
final class Text {
    /** Tokens a window, when nothing is said. */
    static final int CONTEXT = 64;

    private Text() {}

    static Dataset read(Manifest manifest, Fetcher fetcher, int context) {
        byte[][] all = new byte[1][];
        fetcher.read(manifest.files().get(0), (name, bytes) -> all[0] = bytes);
        return of(manifest.name(), new String(all[0], StandardCharsets.UTF_8), context);
    }

    static Dataset of(String name, String text, int context) {
        int[] characters = text.codePoints().toArray();
        if (context < 1 || context >= characters.length) {
            throw new QuireException("a context of %,d for the %,d characters of %s: must be from 1 to %,d"
                    .formatted(context, characters.length, name, characters.length - 1));
        }
        int[] vocabulary = Arrays.stream(characters).distinct().sorted().toArray();
        ByteBuffer tokens = ByteBuffer.allocate(characters.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int character : characters) {
            tokens.putLong(Arrays.binarySearch(vocabulary, character));
        }
        return Dataset.of(
                name,
                List.of(new Field("tokens", DType.INT64, Shape.of(context))),
                new Field("next", DType.INT64, Shape.of(context)),
                Arrays.stream(vocabulary).mapToObj(Character::toString).toList(),
                Map.of(Split.TRAIN, new Windows(tokens.flip(), context)));
    }
}
