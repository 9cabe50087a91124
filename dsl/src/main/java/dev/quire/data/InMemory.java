package dev.quire.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Examples that lie in memory, one after another: one buffer for each input and the last for the target.
 *
 * @param count the number of examples
 * @param arrays the buffers, little-endian, each holding {@code count} examples from position 0 to its limit
 */
public record InMemory(long count, List<ByteBuffer> arrays) implements Examples {
    @Override
    public void read(long index, List<ByteBuffer> into) {
        for (int i = 0; i < arrays.size(); i++) {
            ByteBuffer array = arrays.get(i);
            int bytes = Math.toIntExact(array.limit() / count);
            into.get(i).put(array.slice(Math.toIntExact(index * bytes), bytes).order(ByteOrder.LITTLE_ENDIAN));
        }
    }
}
