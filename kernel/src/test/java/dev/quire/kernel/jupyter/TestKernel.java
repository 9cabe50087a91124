package dev.quire.kernel.jupyter;

import dev.quire.kernel.history.History;
import dev.quire.kernel.history.MemoryHistory;
import dev.quire.kernel.jupyter.wire.ConnectionFile;
import dev.quire.kernel.jupyter.wire.KernelLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A kernel in this process, and a front end; as an extension of a test class it is closed after all of its tests. */
final class TestKernel implements AutoCloseable, AfterAllCallback {
    final ConnectionFile connection;
    final ByteArrayOutputStream told = new ByteArrayOutputStream();
    final JupyterKernel kernel;
    final TestClient client;

    private TestKernel(Path file, ConnectionFile connection, History history) {
        this.connection = connection;
        KernelLog log = new KernelLog(new PrintStream(told, true, StandardCharsets.UTF_8));
        kernel = JupyterKernel.open(file, connection, history, log);
        client = new TestClient(connection);
    }

    static TestKernel open() {
        try {
            return open(Files.createTempDirectory("quire").resolve("kernel.json"), new MemoryHistory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TestKernel open(Path file, History history) throws IOException {
        return new TestKernel(file, connection("secret"), history);
    }

    static ConnectionFile connection(String key) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            int[] ports = new int[5];
            for (int i = 0; i < ports.length; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                ports[i] = held.get(i).getLocalPort();
            }
            return new ConnectionFile("tcp", "127.0.0.1", ports[0], ports[1], ports[2], ports[3], ports[4], key);
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    /** What the kernel wrote to its log. */
    String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public void close() {
        client.close();
        kernel.close();
    }
}
