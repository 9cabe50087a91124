package dev.quire.kernel.jupyter;

import dev.quire.kernel.jupyter.wire.ConnectionFile;
import java.nio.file.Path;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A kernel as a process of its own. */
public final class KernelProcess {
    private KernelProcess() {}

    /**
     * Serves a front end until it says shutdown.
     *
     * @param file where the connection was read from
     */
    public static void serve(Path file, ConnectionFile connection) throws InterruptedException {
        try (ZContext context = new ZContext()) {
            ZMQ.Socket heartbeat = context.createSocket(SocketType.REP);
            heartbeat.bind(connection.address(connection.heartbeat()));
            while (!Thread.currentThread().isInterrupted()) {
                heartbeat.send(heartbeat.recv(0), 0);
            }
        }
    }
}
