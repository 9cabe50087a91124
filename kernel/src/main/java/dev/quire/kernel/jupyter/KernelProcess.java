package dev.quire.kernel.jupyter;

import dev.quire.kernel.history.History;
import dev.quire.kernel.history.HistoryFile;
import dev.quire.kernel.history.LateHistory;
import dev.quire.kernel.history.MemoryHistory;
import dev.quire.kernel.jupyter.wire.ConnectionFile;
import dev.quire.kernel.jupyter.wire.KernelLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** A kernel as a process of its own. */
public final class KernelProcess {
    /** Where Jupyter says which process has started the kernel. */
    static final String PARENT = "JPY_PARENT_PID";

    static final Signal CONTROL_C = new Signal("INT");

    private KernelProcess() {}

    /**
     * Serves a front end until it says shutdown, or is gone. A cell that does not end then does not hold the process.
     *
     * @param file where the connection was read from
     * @throws dev.quire.QuireException if a port is taken
     */
    public static void serve(Path file, ConnectionFile connection) throws InterruptedException {
        KernelLog log = new KernelLog(System.err);
        try (JupyterKernel kernel = JupyterKernel.open(file, connection, new LateHistory(() -> history(log)), log)) {
            stopWithControlC(kernel);
            watchParent(System.getenv(), kernel, log);
            kernel.await();
            JupyterKernel.endWithin(0);
        }
    }

    /** Control-C stops the cell; what it did before is given back. */
    static SignalHandler stopWithControlC(JupyterKernel kernel) {
        return Signal.handle(CONTROL_C, signal -> kernel.interrupt());
    }

    private static History history(KernelLog log) {
        try {
            return HistoryFile.open(HistoryFile.place());
        } catch (IOException e) {
            log.say("the history of cells is not kept: " + e);
            return new MemoryHistory();
        }
    }

    /** A front end that was killed says no shutdown. */
    static void watchParent(Map<String, String> environment, JupyterKernel kernel, KernelLog log) {
        parent(environment)
                .ifPresent(parent -> parent.onExit().thenRun(() -> {
                    log.say("the front end is gone (process " + parent.pid() + "): the kernel ends");
                    kernel.shutdown();
                }));
    }

    private static Optional<ProcessHandle> parent(Map<String, String> environment) {
        try {
            return Optional.ofNullable(environment.get(PARENT))
                    .map(Long::valueOf)
                    .flatMap(ProcessHandle::of);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
