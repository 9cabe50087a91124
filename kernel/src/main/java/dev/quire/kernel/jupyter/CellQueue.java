package dev.quire.kernel.jupyter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.jupyter.Cells.Outcome;
import dev.quire.kernel.jupyter.wire.Headers;
import dev.quire.kernel.jupyter.wire.KernelLog;
import dev.quire.kernel.jupyter.wire.Message;
import dev.quire.kernel.jupyter.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The cells that wait, and the thread that runs one after the other. */
final class CellQueue implements AutoCloseable {
    /** Cells that were sent together with one that fails at once may still be on their way, milliseconds. */
    private static final long LATECOMERS_MILLIS = 15;

    private final Wire wire;
    private final Publisher publisher;
    private final Origins origins;
    private final Cells cells;
    private final KernelLog log;
    private final BlockingQueue<Message> waiting = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::serve, "quire-execute");
    private final Object lock = new Object();
    private @Nullable Origin running;
    private boolean isInterrupted;

    CellQueue(Wire wire, Publisher publisher, Origins origins, Cells cells, KernelLog log) {
        this.wire = wire;
        this.publisher = publisher;
        this.origins = origins;
        this.cells = cells;
        this.log = log;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Runs the cell of this request after those that wait. */
    void add(Message request) {
        waiting.add(request);
    }

    /** Calls an action that stops the cell which runs, if one does; cells that wait are aborted. */
    void interrupt(Runnable stop) {
        synchronized (lock) {
            if (running == null) {
                return;
            }
            isInterrupted = true;
        }
        stop.run();
    }

    private boolean isInterrupted() {
        synchronized (lock) {
            return isInterrupted;
        }
    }

    /** While a cell runs, its request; not called otherwise. The cell does not end meanwhile. */
    void ifRunning(Consumer<Origin> action) {
        synchronized (lock) {
            if (running != null) {
                action.accept(running);
            }
        }
    }

    private void serve() {
        origins.enterKernel();
        try {
            while (true) {
                Message request = waiting.take();
                try {
                    execute(request);
                } catch (InterruptedException e) {
                    throw e;
                } catch (Throwable fault) {
                    log.fault("a cell failed", fault);
                }
            }
        } catch (InterruptedException e) {
            // The kernel ends.
        }
    }

    private void execute(Message request) throws InterruptedException {
        Origin origin = Origin.ofCell(request);
        String started = Headers.now();
        synchronized (lock) {
            running = origin;
            isInterrupted = false;
        }
        origins.begin(origin);
        publisher.status(origin, "busy");
        Outcome outcome = outcome(request, origin);
        boolean isAborting = isInterrupted()
                || (outcome.isFailed() && request.field("stop_on_error").asBoolean(true));
        List<Message> aborted = isAborting ? takeWaiting() : List.of();
        wire.reply(
                Wire.Port.SHELL,
                request,
                "execute_reply",
                outcome.reply(),
                JsonNodeFactory.instance.objectNode().put("started", started));
        synchronized (lock) {
            running = null;
            publisher.status(origin, "idle");
        }
        aborted.forEach(this::abort);
    }

    private Outcome outcome(Message request, Origin origin) throws InterruptedException {
        try {
            return cells.run(request, origin, this::isInterrupted);
        } catch (InterruptedException e) {
            throw e;
        } catch (Throwable fault) {
            log.fault("a cell failed", fault);
            Publisher.Fault told = Faults.of(fault);
            publisher.error(origin, told);
            return new Outcome(told.json().put("status", "error").put("execution_count", cells.next()), true);
        }
    }

    /** What waits now and what was sent before anyone could know that a cell failed: its reply is not out yet. */
    private List<Message> takeWaiting() throws InterruptedException {
        List<Message> taken = new ArrayList<>();
        TimeUnit.MILLISECONDS.sleep(LATECOMERS_MILLIS);
        waiting.drainTo(taken);
        return taken;
    }

    private void abort(Message request) {
        Origin origin = Origin.of(request);
        publisher.status(origin, "busy");
        ObjectNode reply =
                JsonNodeFactory.instance.objectNode().put("status", "aborted").put("execution_count", cells.next());
        wire.reply(Wire.Port.SHELL, request, "execute_reply", reply, JsonNodeFactory.instance.objectNode());
        publisher.status(origin, "idle");
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
