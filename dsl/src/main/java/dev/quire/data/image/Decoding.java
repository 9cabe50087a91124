package dev.quire.data.image;

import dev.quire.QuireException;
import dev.quire.data.Fingerprint;
import dev.quire.data.Progress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes all images of a catalogue: one thread reads, others decode, and no more than a fixed number of bytes waits
 * between them.
 */
final class Decoding {
    private static final int BYTES_IN_FLIGHT = 256 << 20;

    private final Source source;
    private final List<Item> items;
    private final ImageSpec spec;
    private final Progress progress;
    private final Semaphore inFlight = new Semaphore(BYTES_IN_FLIGHT);
    private final List<Failure> failures = new ArrayList<>();
    private final AtomicLong decoded = new AtomicLong();
    private final byte[][] hashes;
    private @Nullable First first;
    private int order;

    Decoding(Source source, List<Item> items, ImageSpec spec, Progress progress) {
        this.source = source;
        this.items = items;
        this.spec = spec;
        this.progress = progress;
        this.hashes = new byte[items.size()][0];
    }

    /** Opens the store for images of the size of the first. */
    interface Opening {
        PixelStore.Writer open(Decoder.Size size) throws IOException;
    }

    /**
     * What came of it.
     *
     * @param hashes the SHA-256 of each file; empty where it is broken
     */
    record Result(Decoder.Size size, PixelStore pixels, byte[][] hashes) {
        /** The numbers of the files that are broken. */
        BitSet broken() {
            BitSet out = new BitSet();
            IntStream.range(0, hashes.length).filter(i -> hashes[i].length == 0).forEach(out::set);
            return out;
        }
    }

    private record First(String name, Decoder.Size size, PixelStore.Writer writer) {}

    private record Failure(int order, String message, boolean broken) {
        boolean fails(ImageSpec spec) {
            return !broken || !spec.skipBroken();
        }
    }

    /**
     * Decodes all.
     *
     * @throws QuireException naming the first file, in the order in which they lie, that is broken or has another size
     */
    Result run(Opening opening) throws IOException {
        boolean done = false;
        try {
            decodeAll(opening);
            Result result = result();
            done = true;
            return result;
        } finally {
            if (!done && first != null) {
                first.writer().abandon();
            }
        }
    }

    private void decodeAll(Opening opening) throws IOException {
        Map<String, Integer> numbers = new HashMap<>();
        items.forEach(item -> numbers.put(item.name(), numbers.size()));
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors())), task -> {
                    Thread thread = new Thread(task, "quire-decoder");
                    thread.setDaemon(true);
                    return thread;
                });
        List<Future<?>> work = new ArrayList<>();
        try {
            source.read(numbers.keySet(), (name, bytes) -> {
                int index = numbers.getOrDefault(name, -1);
                int place = order++;
                if (first == null) {
                    begin(place, name, bytes, index, opening);
                } else {
                    First begun = first;
                    acquire(bytes);
                    work.add(threads.submit(() -> {
                        try {
                            decode(place, name, bytes, index, begun);
                        } finally {
                            inFlight.release(Math.max(1, bytes.length));
                        }
                        return null;
                    }));
                }
                return !failedBefore(order);
            });
            for (Future<?> task : work) {
                task.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        } finally {
            threads.shutdownNow();
            progress.close();
        }
    }

    private Result result() throws IOException {
        synchronized (failures) {
            failures.stream()
                    .filter(failure -> failure.fails(spec))
                    .min(Comparator.comparingInt(Failure::order))
                    .ifPresent(failure -> {
                        throw new QuireException(failure.message());
                    });
        }
        First begun = first;
        if (begun == null) {
            throw new QuireException(
                    source.path() + " holds no image that can be read: all " + items.size() + " files are broken");
        }
        return new Result(begun.size(), begun.writer().finished(), hashes);
    }

    /** Whether an earlier file fails the whole: what comes after need not be decoded, what came before must. */
    private boolean failedBefore(int place) {
        synchronized (failures) {
            return failures.stream().anyMatch(failure -> failure.order() < place && failure.fails(spec));
        }
    }

    private void acquire(byte[] bytes) throws InterruptedIOException {
        try {
            inFlight.acquire(Math.max(1, bytes.length));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** The first image that can be decoded says the size of all. */
    private void begin(int place, String name, byte[] bytes, int index, Opening opening) throws IOException {
        try {
            Pixels pixels = pixels(bytes);
            Decoder.Size size = new Decoder.Size(pixels.height(), pixels.width());
            first = new First(name, size, opening.open(size));
            keep(index, bytes, pixels, first);
        } catch (BrokenImage e) {
            fail(new Failure(place, path(name) + " " + e.getMessage() + ImageFolder.REMEDY, true));
        }
    }

    private void decode(int place, String name, byte[] bytes, int index, First begun) throws IOException {
        if (failedBefore(place)) {
            return;
        }
        try {
            Pixels pixels = pixels(bytes);
            Decoder.Size size = new Decoder.Size(pixels.height(), pixels.width());
            if (size.equals(begun.size())) {
                keep(index, bytes, pixels, begun);
            } else {
                fail(new Failure(place, ImageFolder.differ(path(begun.name()), begun.size(), path(name), size), false));
            }
        } catch (BrokenImage e) {
            fail(new Failure(place, path(name) + " " + e.getMessage() + ImageFolder.REMEDY, true));
        }
    }

    private Pixels pixels(byte[] bytes) throws BrokenImage {
        Pixels pixels = Decoder.decode(bytes, spec.channels());
        return spec.resizes() ? pixels.resized(spec.height(), spec.width()) : pixels;
    }

    private void keep(int index, byte[] bytes, Pixels pixels, First begun) throws IOException {
        begun.writer().put(index, pixels.planes());
        hashes[index] = Fingerprint.sha256().digest(bytes);
        progress.update(
                source.path().getFileName() + ": decoded",
                decoded.incrementAndGet(),
                items.size(),
                Progress.Unit.IMAGES);
    }

    private void fail(Failure failure) {
        synchronized (failures) {
            failures.add(failure);
        }
    }

    private Path path(String name) {
        return source.path().resolve(name);
    }
}
