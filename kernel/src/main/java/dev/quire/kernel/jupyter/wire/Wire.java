package dev.quire.kernel.jupyter.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.QuireException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** The five sockets of a kernel. Any thread may send. */
public final class Wire implements AutoCloseable {
    /** A single frame beyond this ends the connection of its sender before it takes memory, bytes. */
    private static final long FRAME_LIMIT = 4 * Codec.LIMIT;

    /** How long the last messages may take, milliseconds. */
    private static final int LINGER = 1000;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ConnectionFile connection;
    private final Codec codec;
    private final KernelLog log;
    private final Headers headers = new Headers();
    private final ZMQ.Context context = ZMQ.context(1);
    private final List<Channel> open = new ArrayList<>();
    private final Channel shell;
    private final Channel control;
    private final Channel stdin;
    private final Channel iopub;

    /** What takes the messages of each socket, on the thread of that socket: it returns soon. */
    public interface Receiver {
        void shell(Message message);

        void control(Message message);

        void stdin(Message message);
    }

    /** Where a request came in, which is where its reply goes. */
    public enum Port {
        SHELL,
        CONTROL
    }

    private Wire(ConnectionFile connection, Receiver receiver, KernelLog log) {
        this.connection = connection;
        this.log = log;
        this.codec = new Codec(connection.key());
        try {
            channel("heartbeat", SocketType.ROUTER, connection.heartbeat(), this::echo);
            iopub = channel("iopub", SocketType.XPUB, connection.iopub(), this::subscribed);
            control = channel("control", SocketType.ROUTER, connection.control(), decoded(receiver::control));
            stdin = channel("stdin", SocketType.ROUTER, connection.stdin(), decoded(receiver::stdin));
            shell = channel("shell", SocketType.ROUTER, connection.shell(), decoded(receiver::shell));
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /**
     * Listens at the ports of a connection.
     *
     * @throws QuireException if a port is taken
     */
    public static Wire open(ConnectionFile connection, Receiver receiver, KernelLog log) {
        return new Wire(connection, receiver, log);
    }

    /** Takes messages from now on. */
    public void start() {
        open.forEach(Channel::start);
    }

    private Channel channel(String name, SocketType type, int port, Channel.Received received) {
        ZMQ.Socket socket = context.socket(type);
        // Without this, ZeroMQ drops what a slow front end has not read yet.
        socket.setSndHWM(0);
        socket.setRcvHWM(0);
        socket.setMaxMsgSize(FRAME_LIMIT);
        socket.setLinger(LINGER);
        if (type == SocketType.ROUTER) {
            // A front end that comes back under its old name gets its messages.
            socket.setRouterHandover(true);
        } else {
            // Each subscription is seen, not only the first one.
            socket.setXpubVerbose(true);
        }
        String address = connection.address(port);
        try {
            socket.bind(address);
        } catch (ZMQException e) {
            socket.close();
            open.forEach(Channel::close);
            throw new QuireException("the kernel cannot listen at " + address + " (" + name + "): " + e.getMessage()
                    + ". Another kernel may use the same connection file.");
        }
        Channel channel = new Channel(name, context, socket, received, log);
        open.add(channel);
        return channel;
    }

    private Channel.Received decoded(Consumer<Message> receiver) {
        return frames -> receiver.accept(codec.decode(frames));
    }

    private void echo(List<byte[]> frames) {
        open.get(0).send(frames);
    }

    /** A subscription begins with 1, its end with 0. */
    private void subscribed(List<byte[]> frames) {
        byte[] first = frames.get(0);
        if (first.length > 0 && first[0] == 1) {
            String topic = new String(first, 1, first.length - 1, StandardCharsets.UTF_8);
            ObjectNode content = JSON.objectNode().put("subscription", topic);
            Message welcome = message(List.of(bytes(topic)), "iopub_welcome", JSON.objectNode(), content);
            iopub.sendFirst(codec.encode(welcome));
        }
    }

    /** Answers a request, at the socket where it came in. */
    public void reply(Port port, Message request, String type, ObjectNode content, ObjectNode metadata) {
        Message reply =
                new Message(request.identities(), headers.of(type), request.header(), metadata, content, List.of());
        send(port == Port.SHELL ? shell : control, reply);
    }

    /** Asks the front end that sent a request. */
    public void ask(List<byte[]> identities, String type, ObjectNode parent, ObjectNode content) {
        send(stdin, message(identities, type, parent, content));
    }

    /** Tells every front end. */
    public void publish(String type, ObjectNode parent, ObjectNode metadata, ObjectNode content, List<byte[]> buffers) {
        List<byte[]> topic = List.of(bytes(type));
        send(iopub, new Message(topic, headers.of(type), parent, metadata, content, buffers));
    }

    private Message message(List<byte[]> identities, String type, ObjectNode parent, ObjectNode content) {
        return new Message(identities, headers.of(type), parent, JSON.objectNode(), content, List.of());
    }

    private static byte[] bytes(String topic) {
        return topic.getBytes(StandardCharsets.UTF_8);
    }

    private void send(Channel channel, Message message) {
        channel.send(codec.encode(message));
    }

    /** Sends what is left and closes all sockets. */
    @Override
    public void close() {
        open.forEach(Channel::close);
        context.close();
    }
}
