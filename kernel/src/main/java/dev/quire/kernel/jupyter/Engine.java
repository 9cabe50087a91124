package dev.quire.kernel.jupyter;

import dev.quire.kernel.interpreter.Interpreter;
import dev.quire.kernel.jupyter.wire.KernelLog;
import dev.quire.kernel.session.CellResult;
import dev.quire.kernel.session.CellResult.Interrupted;
import dev.quire.kernel.session.assist.Assistant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The interpreter, which starts in the background: what needs it waits until it is there. */
final class Engine implements AutoCloseable {
    private static final long QUIET_MILLIS = 800;

    private final CompletableFuture<Interpreter> interpreter = new CompletableFuture<>();
    private final Thread opening;
    private final Thread warming;
    private final AtomicBoolean isWarm = new AtomicBoolean();
    private volatile boolean isBusy;

    Engine(Origins origins, KernelLog log) {
        opening = new Thread(
                () -> {
                    origins.enterKernel();
                    open(log);
                },
                "quire-opening");
        opening.setDaemon(true);
        warming = new Thread(
                () -> {
                    origins.enterKernel();
                    warm(log);
                },
                "quire-warming");
        warming.setDaemon(true);
    }

    void start() {
        opening.start();
    }

    private void open(KernelLog log) {
        try {
            interpreter.complete(Interpreter.open());
        } catch (InterruptedException e) {
            // The kernel ended before it was there.
            interpreter.completeExceptionally(e);
        } catch (Throwable fault) {
            log.fault("the Java session does not start", fault);
            interpreter.completeExceptionally(fault);
        }
    }

    /**
     * Runs a cell and waits for its end.
     *
     * @param id what the notebook calls it; empty where it has no name for it
     * @param isStopped whether it was interrupted before it began
     */
    CellResult run(int cell, String source, String id, BooleanSupplier isStopped) throws InterruptedException {
        Interpreter ready = ready();
        isBusy = true;
        try {
            return isStopped.getAsBoolean() ? new Interrupted() : ready.run(cell, source, id);
        } finally {
            isBusy = false;
            if (isWarm.compareAndSet(false, true)) {
                warming.start();
            }
        }
    }

    /** Runs an expression that comes along with a cell. */
    CellResult evaluate(int cell, String source, BooleanSupplier isStopped) throws InterruptedException {
        Interpreter ready = ready();
        return isStopped.getAsBoolean() ? new Interrupted() : ready.evaluate(cell, source);
    }

    /** The first completion of a session takes several times as long as the next: better before somebody waits. */
    private void warm(KernelLog log) {
        try {
            do {
                Thread.sleep(QUIET_MILLIS);
            } while (isBusy);
            assist(assistant -> assistant.complete("seq", 3));
        } catch (InterruptedException e) {
            // The kernel ends.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.fault("completion could not be prepared", e);
        }
    }

    /** Asks for help with a text that is being written. */
    <T> T assist(Function<Assistant, T> question) throws InterruptedException {
        return ready().session().assist(question);
    }

    private Interpreter ready() throws InterruptedException {
        try {
            return interpreter.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the Java session did not start: " + e.getCause(), e.getCause());
        }
    }

    /** Stops the cell that runs. */
    void interrupt() {
        Interpreter ready = now();
        if (ready != null) {
            ready.interrupt();
        }
    }

    private @Nullable Interpreter now() {
        return interpreter.isDone() && !interpreter.isCompletedExceptionally() ? interpreter.join() : null;
    }

    @Override
    public void close() {
        opening.interrupt();
        warming.interrupt();
        interpreter.thenAccept(Interpreter::close);
    }
}
