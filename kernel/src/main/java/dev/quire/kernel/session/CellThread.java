package dev.quire.kernel.session;

import dev.quire.kernel.session.weave.Checkpoint;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jdk.jshell.spi.ExecutionControl.StoppedException;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that code of cells runs on, however many cells there are: libraries keep things by thread. It alone is
 * interrupted; threads that a cell started, and pools that it uses, go on.
 */
final class CellThread implements AutoCloseable {
    /** Presses that follow so closely are one: a double click. */
    private static final long ONE_PRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** What a second press leaves the code for ending by itself. */
    private static final long PATIENCE_MILLIS = 100;

    /** What an interrupt does. */
    enum Press {
        /** The code of the cell is told to stop. */
        STOP,
        /** It is told again, and left behind where it does not react. */
        ABANDON,
        /** Everything has been tried. */
        FURTHER,
        /** It belongs to the press before it. */
        SAME
    }

    private final Object lock = new Object();
    private final ThreadGroup group;
    private @Nullable Worker worker;
    private @Nullable Job<?> running;
    private @Nullable ClassLoader loader;
    private boolean isStopping;
    private boolean isAbandoned;
    private int presses;
    private long lastPress;

    /**
     * @param group that of the threads which cells start
     */
    CellThread(ThreadGroup group) {
        this.group = group;
    }

    /** Where libraries that a cell calls look for classes and resources. */
    void loader(ClassLoader classes) {
        synchronized (lock) {
            loader = classes;
        }
    }

    /** Begins a cell: an earlier interrupt is forgotten. */
    void begin() {
        synchronized (lock) {
            isStopping = false;
            isAbandoned = false;
            presses = 0;
        }
    }

    /** Whether the cell has been interrupted. */
    boolean isStopping() {
        synchronized (lock) {
            return isStopping;
        }
    }

    /** Whether code of the cell was left behind, as it did not react. */
    boolean isAbandoned() {
        synchronized (lock) {
            return isAbandoned;
        }
    }

    /**
     * Runs code of a cell, and waits.
     *
     * @throws StoppedException if the cell has been interrupted before, or its code was left behind
     */
    <T extends @Nullable Object> T call(Callable<T> code) throws Exception {
        Job<T> job = new Job<>(code, new CompletableFuture<>());
        synchronized (lock) {
            if (isStopping) {
                throw new StoppedException();
            }
            if (worker == null) {
                worker = new Worker();
                worker.start();
            }
            worker.setContextClassLoader(loader);
            running = job;
            worker.jobs.add(job);
        }
        try {
            return job.result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception exception ? exception : e;
        }
    }

    /**
     * Interrupts the code of the cell. The compiler is not interrupted: an interrupt would close the files it reads for
     * good.
     */
    Press interrupt() {
        synchronized (lock) {
            long now = System.nanoTime();
            if (presses > 0 && now - lastPress < ONE_PRESS_NANOS) {
                return Press.SAME;
            }
            lastPress = now;
            presses++;
            isStopping = true;
            Press press = presses == 1 ? Press.STOP : presses == 2 ? Press.ABANDON : Press.FURTHER;
            if (worker != null && running != null) {
                // Checkpoints first: a loop that catches the interrupt must find them closed.
                if (press == Press.STOP) {
                    Checkpoint.stop(worker);
                    worker.interrupt();
                } else {
                    Checkpoint.stopAtOnce(worker);
                    worker.interrupt();
                    Job<?> job = running;
                    CompletableFuture.delayedExecutor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
                            .execute(() -> abandon(job));
                }
            }
            return press;
        }
    }

    /** The thread stays told to stop: it ends where its code reaches a loop or a method of a cell. */
    private void abandon(Job<?> job) {
        synchronized (lock) {
            if (running == job) {
                running = null;
                worker = null;
                isAbandoned = true;
                job.result.completeExceptionally(new StoppedException());
            }
        }
    }

    /** Ends the thread, after what runs on it. */
    @Override
    public void close() {
        synchronized (lock) {
            if (worker != null) {
                worker.jobs.add(new Job<>(() -> false, new CompletableFuture<>()));
                worker = null;
            }
        }
    }

    private record Job<T extends @Nullable Object>(Callable<T> code, CompletableFuture<T> result) {}

    private final class Worker extends Thread {
        private final BlockingQueue<Job<?>> jobs = new LinkedBlockingQueue<>();

        Worker() {
            super(group, "quire-cells");
            setDaemon(true);
        }

        @Override
        public void run() {
            boolean goesOn = true;
            while (goesOn) {
                try {
                    goesOn = run(jobs.take());
                } catch (InterruptedException e) {
                    // Code of a cell may have interrupted its own thread; that cell is over.
                    goesOn = isCurrent();
                }
            }
        }

        /** False where another thread has taken the place of this one. */
        private <T extends @Nullable Object> boolean run(Job<T> job) {
            T value;
            try {
                value = job.code.call();
            } catch (Throwable e) {
                boolean goesOn = leave(job);
                job.result.completeExceptionally(e);
                return goesOn;
            }
            boolean goesOn = leave(job);
            job.result.complete(value);
            return goesOn;
        }

        private boolean leave(Job<?> job) {
            synchronized (lock) {
                if (running == job) {
                    running = null;
                }
                Checkpoint.release(this);
                Thread.interrupted();
                return isCurrent();
            }
        }

        private boolean isCurrent() {
            synchronized (lock) {
                return worker == this;
            }
        }
    }
}
