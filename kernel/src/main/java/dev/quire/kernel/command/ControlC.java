package dev.quire.kernel.command;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl-C as a request: the first press asks the work to stop; a second one, or {@link #PATIENCE_SECONDS} without an
 * end, interrupts the thread that waits for it.
 */
final class ControlC implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 3;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "quire-control-c");
        thread.setDaemon(true);
        return thread;
    });
    private final Thread waiting = Thread.currentThread();
    private final SignalHandler before;
    private boolean isPressed;

    private ControlC(Runnable request) {
        before = Signal.handle(new Signal("INT"), signal -> press(request));
    }

    /** Until it is closed, Ctrl-C is handled for the thread that calls this. */
    static ControlC handledBy(Runnable request) {
        return new ControlC(request);
    }

    private synchronized void press(Runnable request) {
        if (isPressed) {
            waiting.interrupt();
            return;
        }
        isPressed = true;
        request.run();
        clock.schedule(waiting::interrupt, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void close() {
        Signal.handle(new Signal("INT"), before);
        clock.shutdownNow();
        // A late press must not disturb what comes after, such as writing the notebook.
        Thread.interrupted();
    }
}
