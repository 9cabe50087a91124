package dev.quire.inference;

import dev.quire.data.HostTensor;
import dev.quire.data.TextReader;
import java.util.List;

/**
 * How a text becomes the input of a model.
 *
 * @param reader what makes tokens of it
 * @param length of a row: longer texts are cut, shorter ones filled up
 */
public record TextInput(TextReader reader, int length) {
    /** Texts as a batch, a row each. */
    public HostTensor tensor(List<String> texts) {
        long[] out = new long[Math.multiplyExact(texts.size(), length)];
        for (int i = 0; i < texts.size(); i++) {
            System.arraycopy(reader.row(texts.get(i), length), 0, out, i * length, length);
        }
        return HostTensor.of(out, texts.size(), length);
    }

    /** {@code WordPiece of 30,522 tokens, padding 0; 64 a text}. */
    @Override
    public String toString() {
        return length + " tokens of " + reader;
    }
}
