package dev.quire.data;

import dev.quire.QuireException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Examples that lie in memory, one after another: one buffer for each input and the last for the target.
 *
 * @param count the number of examples
 * @param arrays the buffers, little-endian, each holding {@code count} examples from position 0 to its limit
 */
public record InMemory(long count, List<ByteBuffer> arrays) implements Examples {
    private static final int EXAMPLES_A_TASK = 256;

    /**
     * All examples in memory, read by several threads; those that lie in memory already are not copied.
     *
     * @param fields the inputs, then the target
     * @throws QuireException when an array would be larger than 2 GB, or an example cannot be read
     */
    public static InMemory of(Examples examples, List<Field> fields) {
        return examples.inMemory().orElseGet(() -> copy(examples, fields));
    }

    private static InMemory copy(Examples examples, List<Field> fields) {
        long count = examples.count();
        List<ByteBuffer> arrays = new ArrayList<>();
        for (Field field : fields) {
            arrays.add(allocate(count, field));
        }
        int tasks = Math.toIntExact((count + EXAMPLES_A_TASK - 1) / EXAMPLES_A_TASK);
        IntStream.range(0, tasks).parallel().forEach(task -> {
            long first = (long) task * EXAMPLES_A_TASK;
            List<ByteBuffer> into = new ArrayList<>();
            for (int i = 0; i < arrays.size(); i++) {
                into.add(arrays.get(i)
                        .duplicate()
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .position(Math.toIntExact(first * fields.get(i).bytes())));
            }
            for (long index = first; index < Math.min(count, first + EXAMPLES_A_TASK); index++) {
                examples.read(index, into);
            }
        });
        return new InMemory(count, List.copyOf(arrays));
    }

    /** A zeroed buffer for so many examples of a field. */
    static ByteBuffer allocate(long count, Field field) {
        long bytes = Math.multiplyExact(count, (long) field.bytes());
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new QuireException("%,d examples of %s %s take %,d MB, one array in memory holds at most 2,147 MB: "
                            .formatted(count, field.name(), field.shape(), bytes / 1_000_000)
                    + "stream them, or take fewer with limit(n) or perClass(n)");
        }
        return ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void read(long index, List<ByteBuffer> into) {
        for (int i = 0; i < arrays.size(); i++) {
            ByteBuffer array = arrays.get(i);
            int bytes = Math.toIntExact(array.limit() / count);
            into.get(i).put(array.slice(Math.toIntExact(index * bytes), bytes));
        }
    }

    @Override
    public Optional<InMemory> inMemory() {
        return Optional.of(this);
    }
}
