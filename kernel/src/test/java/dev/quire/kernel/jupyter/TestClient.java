package dev.quire.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.kernel.jupyter.wire.BadMessage;
import dev.quire.kernel.jupyter.wire.Codec;
import dev.quire.kernel.jupyter.wire.ConnectionFile;
import dev.quire.kernel.jupyter.wire.Headers;
import dev.quire.kernel.jupyter.wire.Message;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** A front end as small as can be. One thread uses it. */
final class TestClient implements AutoCloseable {
    static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final ZMQ.Context context = ZMQ.context(1);
    final ZMQ.Socket shell;
    final ZMQ.Socket control;
    final ZMQ.Socket stdin;
    final ZMQ.Socket heartbeat;
    final ZMQ.Socket iopub;
    final Codec codec;
    final Headers headers = new Headers();
    private final List<Message> heard = new ArrayList<>();

    TestClient(ConnectionFile connection) {
        codec = new Codec(connection.key());
        String identity = UUID.randomUUID().toString();
        shell = socket(SocketType.DEALER, identity, connection.address(connection.shell()));
        control = socket(SocketType.DEALER, identity, connection.address(connection.control()));
        stdin = socket(SocketType.DEALER, identity, connection.address(connection.stdin()));
        heartbeat = socket(SocketType.REQ, identity, connection.address(connection.heartbeat()));
        iopub = socket(SocketType.SUB, identity, connection.address(connection.iopub()));
        iopub.subscribe(new byte[0]);
        heard(message -> message.type().equals("iopub_welcome"));
    }

    private ZMQ.Socket socket(SocketType type, String identity, String address) {
        ZMQ.Socket socket = context.socket(type);
        socket.setRcvHWM(0);
        socket.setSndHWM(0);
        socket.setLinger(0);
        socket.setIdentity(identity.getBytes(StandardCharsets.US_ASCII));
        socket.connect(address);
        return socket;
    }

    static ObjectNode code(String source) {
        return JSON.objectNode().put("code", source);
    }

    Message request(String type, ObjectNode content) {
        return new Message(List.of(), headers.of(type), JSON.objectNode(), JSON.objectNode(), content, List.of());
    }

    /** Sends a request and gives its id. */
    String send(ZMQ.Socket socket, String type, ObjectNode content) {
        Message request = request(type, content);
        send(socket, codec.encode(request));
        return request.id();
    }

    static void send(ZMQ.Socket socket, List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    String execute(String source) {
        return send(shell, "execute_request", code(source));
    }

    /** Runs a cell and gives its reply; what it published is read with {@link #outputs}. */
    Message run(String source) {
        return reply(shell, execute(source));
    }

    Message ask(ZMQ.Socket socket, String type, ObjectNode content) {
        return reply(socket, send(socket, type, content));
    }

    /** The answer to a request; those to others are passed over. */
    Message reply(ZMQ.Socket socket, String id) {
        while (true) {
            Message message = receive(socket, PATIENCE);
            assertThat(message).as("reply to " + id).isNotNull();
            if (parent(message).equals(id)) {
                return message;
            }
        }
    }

    static String parent(Message message) {
        return message.parent().path("msg_id").asText();
    }

    @SuppressWarnings("NullAway")
    Message receive(ZMQ.Socket socket, Duration patience) {
        socket.setReceiveTimeOut((int) patience.toMillis());
        byte[] first = socket.recv();
        if (first == null) {
            return null;
        }
        List<byte[]> frames = new ArrayList<>();
        frames.add(first);
        while (socket.hasReceiveMore()) {
            frames.add(socket.recv());
        }
        try {
            return codec.decode(frames);
        } catch (BadMessage e) {
            throw new AssertionError(e);
        }
    }

    /** The next published message that fits, among those that were passed over before too. */
    Message heard(Predicate<Message> wanted) {
        for (Iterator<Message> earlier = heard.iterator(); earlier.hasNext(); ) {
            Message message = earlier.next();
            if (wanted.test(message)) {
                earlier.remove();
                return message;
            }
        }
        while (true) {
            Message message = receive(iopub, PATIENCE);
            assertThat(message).as("a published message").isNotNull();
            if (wanted.test(message)) {
                return message;
            }
            heard.add(message);
        }
    }

    /** Everything that was published for a request, from busy to idle. */
    List<Message> published(String id) {
        List<Message> out = new ArrayList<>();
        do {
            out.add(heard(message -> parent(message).equals(id)));
        } while (!isStatus(out.get(out.size() - 1), "idle"));
        return out;
    }

    static boolean isStatus(Message message, String state) {
        return message.type().equals("status")
                && message.field("execution_state").asText().equals(state);
    }

    /** What a cell put out: without states and the repetition of its source. */
    List<Message> outputs(String id) {
        return published(id).stream()
                .filter(message ->
                        !message.type().equals("status") && !message.type().equals("execute_input"))
                .toList();
    }

    /** Runs a cell and gives what it put out. */
    List<Message> outputsOf(String source) {
        Message reply = run(source);
        return outputs(parent(reply));
    }

    /** Runs a cell and gives what it printed to a stream. */
    String printed(String stream, String source) {
        return text(stream, outputsOf(source));
    }

    static String text(String stream, List<Message> outputs) {
        StringBuilder text = new StringBuilder();
        outputs.stream()
                .filter(message -> message.type().equals("stream")
                        && message.field("name").asText().equals(stream))
                .forEach(message -> text.append(message.field("text").asText()));
        return text.toString();
    }

    /** Runs a cell and gives the text of its value. */
    String value(String source) {
        return outputsOf(source).stream()
                .filter(message -> message.type().equals("execute_result"))
                .map(message -> message.field("data").path("text/plain").asText())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        List.of(shell, control, stdin, heartbeat, iopub).forEach(ZMQ.Socket::close);
        context.close();
    }
}
