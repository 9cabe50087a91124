package dev.quire.kernel.interpreter.magic.maven;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Waits for work that an interrupt cannot end, such as a download, so that the wait itself can be ended. */
final class Background {
    private Background() {}

    /**
     * Runs it on a thread of its own, which an interrupt of this thread is passed on to.
     *
     * @throws InterruptedException if this thread is interrupted; the work may go on for a while
     */
    static <T> T run(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "quire-maven");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            task.cancel(true);
        }
    }
}
