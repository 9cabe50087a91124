package dev.quire.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.graph.DType;
import dev.quire.graph.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LoaderTest {
    private static final List<Field> FIELDS =
            List.of(new Field("x", DType.FLOAT32, Shape.of(2)), new Field("label", DType.INT64, Shape.of()));

    /** A million examples that know their number, slow at every tenth. */
    private static class Numbered implements Examples {
        final AtomicInteger read = new AtomicInteger();

        @Override
        public long count() {
            return 1_000_000;
        }

        @Override
        public void read(long index, List<ByteBuffer> into) {
            read.incrementAndGet();
            if (index == 666) {
                throw new QuireException("photo 666 is truncated");
            }
            if (index % 10 == 0) {
                Thread.yield();
            }
            into.get(0).putFloat(index).putFloat(-index);
            into.get(1).putLong(index);
        }
    }

    private static List<Long> drain(Loader loader) throws InterruptedException {
        List<Long> out = new ArrayList<>();
        for (Chunk chunk = loader.next(); chunk != null; chunk = loader.next()) {
            assertThat(chunk.arrays().get(0).isDirect()).isTrue();
            assertThat(chunk.arrays().get(0).remaining()).isEqualTo(chunk.count() * 8);
            for (int i = 0; i < chunk.count(); i++) {
                long number = chunk.arrays().get(1).getLong(i * 8);
                assertThat(chunk.arrays().get(0).getFloat(i * 8 + 4)).isEqualTo(-(float) number);
                out.add(number);
            }
        }
        return out;
    }

    @Test
    void chunks_come_in_the_order_asked_for() throws Exception {
        long[] indices = LongStream.range(0, 10_007).map(i -> 700_000 - 3 * i).toArray();
        try (Loader loader = Loader.over(new Numbered(), FIELDS, indices, 64)) {
            assertThat(drain(loader))
                    .containsExactlyElementsOf(LongStream.of(indices).boxed().toList());
            assertThat(loader.next()).isNull();
        }
    }

    @Test
    void only_a_few_chunks_are_read_ahead() throws Exception {
        Numbered examples = new Numbered();
        try (Loader loader =
                Loader.over(examples, FIELDS, LongStream.range(1000, 101_000).toArray(), 10)) {
            loader.next();
            Thread.sleep(50);
            assertThat(examples.read.get()).isLessThanOrEqualTo(10 * 10);
        }
    }

    @Test
    void an_error_of_a_worker_surfaces_when_the_next_chunk_is_asked_for() {
        try (Loader loader =
                Loader.over(new Numbered(), FIELDS, LongStream.range(600, 700).toArray(), 10)) {
            assertThatThrownBy(() -> drain(loader))
                    .isInstanceOf(QuireException.class)
                    .hasMessage("an example could not be read: photo 666 is truncated");
        }
    }

    @Test
    void closing_ends_the_threads() throws Exception {
        Loader loader = Loader.over(
                new Numbered(), FIELDS, LongStream.range(1000, 900_000).toArray(), 100_000);
        loader.close();
        for (int i = 0; i < 100 && loaders() > 0; i++) {
            Thread.sleep(20);
        }
        assertThat(loaders()).isZero();
        assertThat(loader.next()).isNull();
    }

    private static long loaders() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("quire-loader"))
                .count();
    }

    @Test
    void an_interrupt_ends_the_wait() {
        Examples slow = new Examples() {
            @Override
            public long count() {
                return 1;
            }

            @Override
            public void read(long index, List<ByteBuffer> into) {
                java.util.concurrent.locks.LockSupport.parkNanos(10_000_000_000L);
            }
        };
        try (Loader loader = Loader.over(slow, FIELDS, new long[] {0}, 1)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(loader::next).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void all_in_memory_is_read_in_parallel_and_not_copied_twice() {
        Examples some = Selected.of(
                new Numbered(),
                IntStream.range(0, 3000).mapToLong(i -> 7L * i + 2).toArray());
        InMemory memory = InMemory.of(some, FIELDS);
        assertThat(memory.count()).isEqualTo(3000);
        for (int i = 0; i < 3000; i++) {
            assertThat(memory.arrays().get(1).getLong(i * 8)).isEqualTo(7L * i + 2);
        }
        assertThat(InMemory.of(memory, FIELDS)).isSameAs(memory);
    }
}
