package dev.quire.kernel.shell;

import dev.quire.kernel.interpreter.Interpreter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** An interpreter that starts in the background: the prompt is there before it. */
final class Opening implements AutoCloseable {
    private final CompletableFuture<Interpreter> interpreter = new CompletableFuture<>();

    Opening() {
        Thread opening = new Thread(this::open, "quire-opening");
        opening.setDaemon(true);
        opening.start();
    }

    private void open() {
        try {
            interpreter.complete(Interpreter.open());
        } catch (Throwable fault) {
            interpreter.completeExceptionally(fault);
        }
    }

    Interpreter ready() throws InterruptedException {
        try {
            return interpreter.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the Java session did not start: " + e.getCause(), e.getCause());
        }
    }

    boolean isReady() {
        return interpreter.isDone();
    }

    @Override
    public void close() {
        interpreter.thenAccept(Interpreter::close);
    }
}
