package dev.quire.engine;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A thread for programs of very many ops. libtorch goes through a program recursively when it compiles it and when it
 * frees what it computed: a network of thousands of layers uses up the stack of an ordinary thread, which ends the
 * process. Stack that is not used costs no memory.
 */
final class LargeStack {
    /** Bytes. */
    private static final long SIZE = 1L << 30;

    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(null, work, "quire-deep", SIZE);
        thread.setDaemon(true);
        return thread;
    });

    private LargeStack() {}

    /**
     * Does this work, and waits for it. An interrupt is kept for whoever asked, as with work in libtorch itself.
     *
     * @param deep whether it needs the large stack; other work is done here
     */
    static <T> T callIf(boolean deep, Supplier<T> work) {
        if (!deep) {
            return work.get();
        }
        Future<T> done = THREAD.submit(work::get);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return done.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failure(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }
}
