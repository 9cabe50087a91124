package dev.quire.train;

import dev.quire.data.Chunk;
import dev.quire.data.Dataset;
import dev.quire.data.Examples;
import dev.quire.data.Field;
import dev.quire.data.InMemory;
import dev.quire.data.Loader;
import dev.quire.data.Split;
import dev.quire.data.Windows;
import dev.quire.engine.Arena;
import dev.quire.engine.Array;
import dev.quire.engine.Program;
import dev.quire.graph.DType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Brings the examples of one split to the device. A set that fits lies there as a whole and is shuffled there; a larger
 * one is read ahead by background threads and comes in chunks.
 */
sealed interface Feed extends AutoCloseable {
    /** Sets up to this size lie on the device as a whole, unless {@code quire.resident.bytes} says otherwise. */
    long RESIDENT_BYTES = 1L << 30;

    /** How many bytes a chunk of a larger set has at the most. */
    long CHUNK_BYTES = 64L << 20;

    /** The number of examples one pass gives. */
    long count();

    /** Begins a pass in an order that follows from the seed. */
    void shuffled(long seed);

    /** Begins a pass in the order of the numbers. */
    void inOrder();

    /** Leaves out the first examples of a pass that has just begun. */
    void skip(long examples);

    /** The next examples of the pass, for so many steps at the most; none when this thread is interrupted. */
    Piece next(int batch, int steps);

    @Override
    void close();

    /**
     * Examples on the device.
     *
     * @param data their order, then one array for each field
     * @param first where in the order they begin
     * @param steps how many steps they are for
     * @param examples how many they are
     */
    record Piece(List<Array> data, long first, int steps, long examples) {}

    /**
     * On the device where the data is small enough, else piece by piece.
     *
     * @param balance how examples are drawn where they are not all taken once
     */
    static Feed of(Dataset data, Split split, Arena arena, Program program, Optional<Balance> balance) {
        Examples examples = Objects.requireNonNull(data.splits().get(split));
        return examples instanceof Windows || data.bytes(split) <= Long.getLong("quire.resident.bytes", RESIDENT_BYTES)
                ? new Resident(data, examples, arena, program, balance)
                : new Streamed(data, examples, arena, balance);
    }

    /** A set that lies on the device. */
    final class Resident implements Feed {
        private final Arena arena;
        private final Arena host;
        private final Program program;
        private final Optional<Balance> balance;
        private final List<Array> arrays;
        private final Array place;
        private final long choices;
        private final long draws;
        private final int stride;
        private @Nullable Array order;
        private long done;

        Resident(Dataset data, Examples examples, Arena parent, Program program, Optional<Balance> balance) {
            this.balance = balance;
            this.arena = parent.child();
            this.host = arena.onHost();
            this.program = program;
            this.arrays = new ArrayList<>();
            this.place = arena.filled(0, 1);
            this.choices = examples.count();
            if (examples instanceof Windows windows) {
                stride = windows.context();
                draws = Math.max(1, choices / stride);
                arrays.add(arena.array(
                        windows.tokens().duplicate(),
                        DType.INT64,
                        windows.tokens().limit() / 8));
            } else {
                stride = 1;
                draws = choices;
                InMemory whole = InMemory.of(examples, data.fields());
                for (int i = 0; i < data.fields().size(); i++) {
                    Field field = data.fields().get(i);
                    long[] sizes = field.shape().batched().sizes();
                    sizes[0] = choices;
                    arrays.add(arena.array(whole.arrays().get(i).duplicate(), field.type(), sizes));
                }
            }
        }

        @Override
        public long count() {
            return draws;
        }

        @Override
        public void shuffled(long seed) {
            if (balance.isPresent()) {
                begin(arena.array(balance.get().draw(seed, draws), draws));
                return;
            }
            try (Array numbers = host.array(new long[] {seed, choices, draws}, 3)) {
                begin(program.call("order", List.of(List.of(numbers, place))).get(0));
            }
        }

        @Override
        public void inOrder() {
            begin(arena.array(LongStream.range(0, draws).map(i -> i * stride).toArray(), draws));
        }

        @Override
        public void skip(long examples) {
            done = examples;
        }

        private void begin(Array next) {
            if (order != null) {
                order.close();
            }
            order = next;
            done = 0;
        }

        @Override
        public Piece next(int batch, int steps) {
            long examples = Math.min((long) batch * steps, draws - done);
            List<Array> data = new ArrayList<>();
            data.add(Objects.requireNonNull(order));
            data.addAll(arrays);
            Piece piece = new Piece(data, done, Math.toIntExact((examples + batch - 1) / batch), examples);
            done += examples;
            return piece;
        }

        @Override
        public void close() {
            if (order != null) {
                order.close();
            }
            arena.close();
        }
    }

    /** A set that is read as it is needed. */
    final class Streamed implements Feed {
        private final Dataset data;
        private final Examples examples;
        private final Arena parent;
        private final Optional<Balance> balance;
        private @Nullable Arena arena;
        private @Nullable Loader loader;
        private long[] order = new long[0];
        private List<Array> arrays = List.of();
        private long held;
        private long used;
        private int chunk;

        Streamed(Dataset data, Examples examples, Arena parent, Optional<Balance> balance) {
            this.balance = balance;
            this.data = data;
            this.examples = examples;
            this.parent = parent;
        }

        @Override
        public long count() {
            return examples.count();
        }

        @Override
        public void shuffled(long seed) {
            if (balance.isPresent()) {
                begin(balance.get().draw(seed, count()));
                return;
            }
            long[] numbers = LongStream.range(0, count()).toArray();
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = numbers.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                long swap = numbers[i];
                numbers[i] = numbers[j];
                numbers[j] = swap;
            }
            begin(numbers);
        }

        @Override
        public void inOrder() {
            begin(LongStream.range(0, count()).toArray());
        }

        @Override
        public void skip(long examples) {
            order = Arrays.copyOfRange(order, Math.toIntExact(examples), order.length);
        }

        private void begin(long[] numbers) {
            close();
            order = numbers;
        }

        @Override
        public Piece next(int batch, int steps) {
            if (loader == null) {
                long bytes = data.fields().stream().mapToLong(Field::bytes).sum();
                long batches = Math.max(1, Math.min(CHUNK_BYTES / (bytes * batch), order.length / batch + 1));
                chunk = Math.toIntExact(batches * batch);
                loader = Loader.over(examples, data.fields(), order, chunk);
            }
            if (used == held && !load(loader)) {
                return new Piece(arrays, used, 0, 0);
            }
            long taken = Math.min((long) batch * steps, held - used);
            Piece piece = new Piece(arrays, used, Math.toIntExact((taken + batch - 1) / batch), taken);
            used += taken;
            return piece;
        }

        /** Brings the next chunk to the device; false when this thread is interrupted. */
        private boolean load(Loader from) {
            Chunk next;
            try {
                next = Objects.requireNonNull(from.next(), "the pass is over");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            if (arena != null) {
                arena.close();
            }
            arena = parent.child();
            held = next.count();
            used = 0;
            List<Array> out = new ArrayList<>();
            out.add(arena.array(LongStream.range(0, held).toArray(), held));
            for (int i = 0; i < data.fields().size(); i++) {
                Field field = data.fields().get(i);
                long[] sizes = field.shape().batched().sizes();
                sizes[0] = held;
                ByteBuffer content = next.arrays().get(i);
                out.add(arena.array(content, field.type(), sizes));
            }
            arrays = List.copyOf(out);
            return true;
        }

        @Override
        public void close() {
            if (loader != null) {
                loader.close();
                loader = null;
            }
            if (arena != null) {
                arena.close();
                arena = null;
            }
            held = 0;
            used = 0;
        }
    }
}
