package dev.quire.kernel;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Work beside a test. Not on the common pool, which may still be busy with what a stopped cell left there: Stop leaves
 * pools alone, and from JDK 25 on a pool of one thread is used where earlier ones started threads.
 */
public final class OwnThread {
    private OwnThread() {}

    /** Begins it, and does not keep the JVM from ending. */
    public static <T> CompletableFuture<T> start(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        run(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private static void run(Runnable task) {
        Executor threads = command -> {
            Thread thread = new Thread(command, "beside-a-test");
            thread.setDaemon(true);
            thread.start();
        };
        threads.execute(task);
    }
}
