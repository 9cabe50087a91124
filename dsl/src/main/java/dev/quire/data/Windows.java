package dev.quire.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Windows over one long row of tokens: the input is {@code context} tokens, the target the same window moved on by
 * one. The tokens go to the device once and windows are drawn there.
 *
 * @param tokens 64-bit token numbers, little-endian
 * @param context tokens a window
 */
public record Windows(ByteBuffer tokens, int context) implements Examples {
    /** The number of places a window can start at. */
    @Override
    public long count() {
        return (long) tokens.limit() / Long.BYTES - context;
    }

    @Override
    public void read(long index, List<ByteBuffer> into) {
        for (int i = 0; i < 2; i++) {
            into.get(i)
                    .put(tokens.slice(Math.toIntExact((index + i) * Long.BYTES), context * Long.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN));
        }
    }
}
