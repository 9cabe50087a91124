package dev.quire.run;

import dev.quire.QuireException;
import dev.quire.train.Keeper;
import dev.quire.train.Plan;
import dev.quire.train.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes checkpoints on a thread of its own: {@code last}, {@code best}, and every epoch where asked. Where snapshots
 * come faster than they can be written, the newest of each kind is.
 */
final class Checkpoints implements Keeper {
    /** How often a long epoch is kept, in seconds. */
    private static final String BETWEEN = "quire.checkpoint.seconds";

    private static final double USUAL_SECONDS = 30;

    /** Called before each checkpoint is written. */
    @FunctionalInterface
    interface Before {
        void write();
    }

    private final double seconds = Double.parseDouble(System.getProperty(BETWEEN, "" + USUAL_SECONDS));

    private final RunFolder folder;
    private final Plan plan;
    private final boolean everyEpoch;
    private final Before before;
    private final Map<Path, Snapshot> waiting = new LinkedHashMap<>();
    private final Thread writer;
    private long kept = System.nanoTime();
    private boolean closed;
    private @Nullable Throwable failure;
    private @Nullable Path failed;
    private boolean isTold;

    /**
     * @param before writes the rows of the steps before: a checkpoint never tells of steps that the record lacks
     */
    Checkpoints(RunFolder folder, Plan plan, boolean everyEpoch, Before before) {
        this.folder = folder;
        this.plan = plan;
        this.everyEpoch = everyEpoch;
        this.before = before;
        this.writer = new Thread(this::write, "quire-checkpoints");
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public boolean isDue() {
        return (System.nanoTime() - kept) * 1e-9 > seconds;
    }

    @Override
    public synchronized void keep(Snapshot snapshot, boolean isBest) {
        check();
        kept = System.nanoTime();
        if (isBest) {
            waiting.put(folder.best(), snapshot);
        }
        waiting.put(folder.last(), snapshot);
        if (everyEpoch && snapshot.isBetweenEpochs()) {
            waiting.put(folder.checkpoint(String.format(Locale.ROOT, "epoch-%03d", snapshot.epoch() - 1)), snapshot);
        }
        notifyAll();
    }

    private void write() {
        try {
            for (Map.Entry<Path, Snapshot> next = next(); next != null; next = next()) {
                try {
                    before.write();
                    Checkpoint.write(next.getKey(), plan, next.getValue());
                } catch (IOException | RuntimeException | Error e) {
                    failed(next.getKey(), e);
                }
            }
        } catch (InterruptedException e) {
            failed(folder.last(), new IOException("interrupted", e));
        }
    }

    private synchronized Map.@Nullable Entry<Path, Snapshot> next() throws InterruptedException {
        while (waiting.isEmpty()) {
            if (closed) {
                return null;
            }
            wait();
        }
        // The best first: what is told as last knows which epoch was the best, and finds it.
        Path first = waiting.containsKey(folder.best())
                ? folder.best()
                : waiting.keySet().iterator().next();
        return Map.entry(first, Objects.requireNonNull(waiting.remove(first)));
    }

    private synchronized void failed(Path file, Throwable e) {
        if (failure == null) {
            failure = e;
            failed = file;
        }
        waiting.clear();
    }

    private synchronized void check() {
        if (failure != null && failed != null && !isTold) {
            isTold = true;
            throw new QuireException(
                    "the checkpoint " + failed + " cannot be written: " + failure.getMessage()
                            + (Files.exists(failed) ? "; the one before is kept" : "")
                            + ": make room, or set QUIRE_RUNS to another folder",
                    failure);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        check();
    }
}
