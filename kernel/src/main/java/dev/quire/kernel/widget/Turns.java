package dev.quire.kernel.widget;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Functions of forms run one at a time, beside the cells. */
final class Turns {
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Object lock = new Object();
    private @Nullable Thread running;

    /** Something that may throw anything. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** Does it as a part of the cell that this thread runs. */
    void inCell(Work work) throws Exception {
        turn.lockInterruptibly();
        try {
            work.run();
        } finally {
            turn.unlock();
        }
    }

    /** Does it beside the cells, where {@link #interrupt} reaches it. */
    void beside(Runnable work) {
        turn.lock();
        try {
            mark(Thread.currentThread());
            work.run();
        } finally {
            mark(null);
            turn.unlock();
        }
    }

    private void mark(@Nullable Thread thread) {
        synchronized (lock) {
            running = thread;
            if (thread == null) {
                // An interrupt that came too late must not end what comes next.
                Thread.interrupted();
            }
        }
    }

    /** Ends what runs beside the cells, if it heeds an interrupt. */
    void interrupt() {
        synchronized (lock) {
            if (running != null) {
                running.interrupt();
            }
        }
    }
}
