package dev.quire.kernel.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Time to stop well after Ctrl-C, or a polite kill: the process asks the work to stop, and ends when this is closed.
 * Java then exits with 130, or 143.
 */
final class ControlC implements AutoCloseable {
    /** For code that reacts, and then again for writing down what there is. */
    private static final long PATIENCE_SECONDS = 3;

    private final Runnable request;
    private final Thread hook = new Thread(this::stop, "quire-stop");
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread working;

    private ControlC(Runnable request) {
        this.request = request;
    }

    /**
     * Until it is closed, the process waits for it.
     *
     * @param request asks the work to stop, from any thread
     */
    static ControlC handledBy(Runnable request) {
        ControlC control = new ControlC(request);
        Runtime.getRuntime().addShutdownHook(control.hook);
        return control;
    }

    /** Works. Where a request does not end it, the thread is interrupted. */
    <T> T during(Supplier<T> work) {
        working(Thread.currentThread());
        try {
            return work.get();
        } finally {
            working(null);
            // An interrupt that came late must not disturb what comes after, such as writing a file.
            Thread.interrupted();
        }
    }

    private synchronized void working(@Nullable Thread thread) {
        working = thread;
    }

    private synchronized void interrupt() {
        if (working != null) {
            working.interrupt();
        }
    }

    private void stop() {
        request.run();
        try {
            if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                interrupt();
                closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            // Then the hook has done its work, and ends now.
        }
    }
}
