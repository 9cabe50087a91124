package dev.quire.data;

import dev.quire.QuireException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads examples ahead in background threads, for sets that do not fit in memory. Chunks come in the order of the
 * numbers, whichever thread is first; no more than a fixed number of them is in memory.
 */
public final class Loader implements AutoCloseable {
    private static final int MOST_THREADS = 8;

    private final Examples examples;
    private final long[] indices;
    private final int chunkSize;
    private final ExecutorService threads;
    private final Deque<Future<Chunk>> ahead = new ArrayDeque<>();
    private @Nullable Chunk handedOut;
    private int started;

    private Loader(Examples examples, List<Field> fields, long[] indices, int chunkSize) {
        this.examples = examples;
        this.indices = indices.clone();
        this.chunkSize = chunkSize;
        int chunks = (indices.length + chunkSize - 1) / chunkSize;
        int workers = Math.max(
                1, Math.min(chunks, Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors())));
        this.threads = Executors.newFixedThreadPool(workers, task -> {
            Thread thread = new Thread(task, "quire-loader");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < Math.min(chunks, workers + 1); i++) {
            start(buffers(fields, Math.min(chunkSize, indices.length)));
        }
    }

    /**
     * Starts reading.
     *
     * @param fields the inputs, then the target
     * @param indices the numbers of the examples, in the order wanted
     * @param chunkSize examples a chunk
     */
    public static Loader over(Examples examples, List<Field> fields, long[] indices, int chunkSize) {
        if (chunkSize < 1) {
            throw new IllegalArgumentException("a chunk of " + chunkSize + " examples: must be at least 1");
        }
        return new Loader(examples, fields, indices, chunkSize);
    }

    private static List<ByteBuffer> buffers(List<Field> fields, int count) {
        return fields.stream()
                .map(field -> ByteBuffer.allocateDirect(Math.multiplyExact(count, field.bytes()))
                        .order(ByteOrder.LITTLE_ENDIAN))
                .toList();
    }

    /** Starts to read the next chunk into buffers that nobody reads any more. */
    private void start(List<ByteBuffer> into) {
        int first = started;
        int last = Math.min(indices.length, first + chunkSize);
        if (first < last) {
            started = last;
            ahead.add(threads.submit(() -> read(first, last, into)));
        }
    }

    private Chunk read(int first, int last, List<ByteBuffer> into) throws InterruptedException {
        into.forEach(ByteBuffer::clear);
        for (int i = first; i < last; i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            examples.read(indices[i], into);
        }
        into.forEach(ByteBuffer::flip);
        return new Chunk(last - first, into);
    }

    /**
     * The next chunk, or null after the last. The buffers of the chunk before are filled again from now on.
     *
     * @throws QuireException when an example cannot be read
     * @throws InterruptedException when this thread is interrupted while it waits
     */
    public @Nullable Chunk next() throws InterruptedException {
        if (handedOut != null) {
            start(new ArrayList<>(handedOut.arrays()));
            handedOut = null;
        }
        Future<Chunk> first = ahead.peek();
        if (first == null) {
            return null;
        }
        try {
            handedOut = first.get();
            ahead.remove();
            return handedOut;
        } catch (ExecutionException e) {
            close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String message = cause instanceof QuireException ? String.valueOf(cause.getMessage()) : cause.toString();
            throw new QuireException("an example could not be read: " + message, cause);
        }
    }

    /** Stops reading and ends the threads. */
    @Override
    public void close() {
        threads.shutdownNow();
        ahead.clear();
        handedOut = null;
        started = indices.length;
    }
}
