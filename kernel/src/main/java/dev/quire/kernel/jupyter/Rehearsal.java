package dev.quire.kernel.jupyter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.history.History;
import dev.quire.kernel.history.HistoryFile;
import dev.quire.kernel.history.LateHistory;
import dev.quire.kernel.jupyter.wire.BadMessage;
import dev.quire.kernel.jupyter.wire.Codec;
import dev.quire.kernel.jupyter.wire.ConnectionFile;
import dev.quire.kernel.jupyter.wire.Headers;
import dev.quire.kernel.jupyter.wire.KernelLog;
import dev.quire.kernel.jupyter.wire.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * A kernel and a front end in this process, for as long as it takes to load the classes that a session needs. What loads
 * libtorch is left out: it may not be there yet.
 */
public final class Rehearsal {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int PATIENCE_MILLIS = 60_000;
    private static final List<String> CELLS = List.of(
            "int epochs = 3;",
            "System.out.println(epochs); \"text\"",
            "var data = digits(); show(data);",
            "var net = sequential(conv(16, 3), relu(), flatten(), dense(10)); net.summary(data);",
            "int half(int x) { return x / 2; } half(epochs)",
            "for (int i = 0; i < 3; i++) { epochs++; }",
            "nowhere()",
            "throw new IllegalStateException(\"meant\");");

    private final ZMQ.Socket shell;
    private final Codec codec;
    private final Headers headers = new Headers();

    private Rehearsal(ZMQ.Socket shell, Codec codec) {
        this.shell = shell;
        this.codec = codec;
    }

    /**
     * Plays it through.
     *
     * @throws IOException if there is no port or no folder for temporary files
     * @throws BadMessage if the kernel answers what is not a message
     */
    public static void play() throws IOException, BadMessage {
        ConnectionFile connection = connection();
        Path folder = Files.createTempDirectory("quire-rehearsal");
        KernelLog silent =
                new KernelLog(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try (JupyterKernel kernel = JupyterKernel.open(
                        folder.resolve("connection.json"), connection, new LateHistory(() -> history(folder)), silent);
                ZContext context = new ZContext()) {
            SignalHandler before = KernelProcess.stopWithControlC(kernel);
            KernelProcess.watchParent(parent(), kernel, silent);
            ZMQ.Socket iopub = context.createSocket(SocketType.SUB);
            iopub.connect(connection.address(connection.iopub()));
            iopub.subscribe(ZMQ.SUBSCRIPTION_ALL);
            ZMQ.Socket shell = context.createSocket(SocketType.DEALER);
            shell.setReceiveTimeOut(PATIENCE_MILLIS);
            shell.connect(connection.address(connection.shell()));
            try {
                new Rehearsal(shell, new Codec(connection.key())).play(CELLS);
            } finally {
                Signal.handle(KernelProcess.CONTROL_C, before);
            }
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /** In that folder, but found as a kernel finds its own. */
    private static History history(Path folder) {
        try {
            return HistoryFile.open(
                    folder.resolve(String.valueOf(HistoryFile.place().getFileName())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> parent() {
        return ProcessHandle.current()
                .parent()
                .map(parent -> Map.of(KernelProcess.PARENT, String.valueOf(parent.pid())))
                .orElse(Map.of());
    }

    private void play(List<String> cells) throws BadMessage {
        ask("kernel_info_request", JSON.objectNode());
        for (String cell : cells) {
            ask("execute_request", JSON.objectNode().put("code", cell));
        }
        for (String question : List.of("complete_request", "inspect_request", "is_complete_request")) {
            ask(question, JSON.objectNode().put("code", "sequential(conv(").put("cursor_pos", 16));
        }
        ask("history_request", JSON.objectNode().put("hist_access_type", "tail").put("n", 3));
    }

    /** Sends a request and waits for its reply. */
    private void ask(String type, ObjectNode content) throws BadMessage {
        Message request =
                new Message(List.of(), headers.of(type), JSON.objectNode(), JSON.objectNode(), content, List.of());
        for (Iterator<byte[]> frames = codec.encode(request).iterator(); frames.hasNext(); ) {
            byte[] frame = frames.next();
            shell.send(frame, frames.hasNext() ? ZMQ.SNDMORE : 0);
        }
        List<byte[]> reply = new ArrayList<>();
        do {
            byte[] frame = shell.recv();
            if (frame == null) {
                throw new BadMessage("there is none: no reply to " + type);
            }
            reply.add(frame);
        } while (shell.hasReceiveMore());
        codec.decode(reply);
    }

    private static ConnectionFile connection() throws IOException {
        List<ServerSocket> free = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                free.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            int[] ports = free.stream().mapToInt(ServerSocket::getLocalPort).toArray();
            return new ConnectionFile(
                    "tcp",
                    "127.0.0.1",
                    ports[0],
                    ports[1],
                    ports[2],
                    ports[3],
                    ports[4],
                    UUID.randomUUID().toString());
        } finally {
            for (ServerSocket socket : free) {
                socket.close();
            }
        }
    }
}
