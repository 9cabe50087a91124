package dev.quire.kernel.jupyter;

import dev.quire.view.Display;
import dev.quire.view.Screen;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows below the cell that a thread works for, during the cell and after it. What is redrawn is sent at most ten times
 * a second; the last state always.
 */
final class JupyterScreen implements Screen {
    private static final long BETWEEN_NANOS = 100_000_000;

    private final Publisher publisher;
    private final Origins origins;
    private final Runnable flush;
    private final ScheduledExecutorService timer;
    private final Input input;
    private final Set<Shown> open = ConcurrentHashMap.newKeySet();

    /**
     * @param flush sends what was printed before
     */
    JupyterScreen(Publisher publisher, Origins origins, Runnable flush, ScheduledExecutorService timer, Input input) {
        this.publisher = publisher;
        this.origins = origins;
        this.flush = flush;
        this.timer = timer;
        this.input = input;
    }

    @Override
    public Live show(Display display) {
        Origin origin = origins.current();
        Shown shown = new Shown(origin);
        flush.run();
        publisher.show(origin, display, shown.id);
        open.add(shown);
        return shown;
    }

    @Override
    public void print(Display display) {
        flush.run();
        publisher.show(origins.current(), display);
    }

    @Override
    public void clear(boolean wait) {
        flush.run();
        publisher.clear(origins.current(), wait);
    }

    @Override
    public String ask(String prompt, boolean secret) {
        return input.ask(prompt, secret);
    }

    @Override
    public boolean isInteractive() {
        return true;
    }

    /** Sends every update that still waits for its time. */
    void flush() {
        open.forEach(Shown::push);
    }

    private final class Shown implements Live {
        private final String id = UUID.randomUUID().toString();
        private final Origin origin;
        private @Nullable Display pending;
        private long sent = System.nanoTime();
        private boolean isScheduled;
        private boolean isClosed;

        Shown(Origin origin) {
            this.origin = origin;
        }

        @Override
        public synchronized void update(Display display) {
            if (isClosed) {
                return;
            }
            pending = display;
            long wait = sent + BETWEEN_NANOS - System.nanoTime();
            if (wait <= 0) {
                push();
            } else if (!isScheduled) {
                isScheduled = true;
                timer.schedule(this::push, wait, TimeUnit.NANOSECONDS);
            }
        }

        private synchronized void push() {
            isScheduled = false;
            if (pending != null) {
                publisher.update(origin, pending, id);
                pending = null;
                sent = System.nanoTime();
            }
        }

        @Override
        public synchronized void close() {
            push();
            isClosed = true;
            open.remove(this);
        }
    }
}
