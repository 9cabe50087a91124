package dev.quire.server.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A process that asks a server over connections that stay open, each asking again when it was answered, or all together
 * at a rate. One thread; a request is sent as it was given. Prints one line of figures.
 *
 * <p>Arguments: port, connections, requests to warm up, requests to measure, requests a second (0 for as many as are
 * answered), files with one request each, which are sent in turn.
 */
public final class Load {
    private final Selector selector;
    private final List<byte[]> requests;
    private final long[] nanos;
    private final int warm;
    private final double rate;
    private int sent;
    private int answered;
    private int failed;
    private long measuredFrom;
    private long processorFrom;

    /** One connection, and the answer that it waits for. */
    private final class Client {
        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(1 << 16);
        private long began;
        private boolean isBusy;

        Client(SocketChannel channel) {
            this.channel = channel;
        }

        void ask(long due) throws IOException {
            began = due;
            isBusy = true;
            ByteBuffer out = ByteBuffer.wrap(requests.get(sent++ % requests.size()));
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        /** Whether the answer has come whole. */
        boolean read() throws IOException {
            if (channel.read(in) < 0) {
                throw new IOException("the server closed a connection");
            }
            int end = end();
            if (end < 0 || in.position() < end) {
                return false;
            }
            boolean isGood = in.get(9) == '2';
            failed += isGood ? 0 : 1;
            in.clear();
            isBusy = false;
            return true;
        }

        private int end() {
            byte[] bytes = in.array();
            int length = -1;
            for (int i = 0; i + 3 < in.position(); i++) {
                if (bytes[i] == '\n' && (bytes[i + 1] | 0x20) == 'c' && isContentLength(bytes, i + 1)) {
                    length = 0;
                    for (int at = i + 17; bytes[at] != '\r'; at++) {
                        length = length * 10 + bytes[at] - '0';
                    }
                }
                if (bytes[i] == '\r' && bytes[i + 2] == '\r') {
                    if (length < 0) {
                        throw new IllegalStateException("an answer without Content-Length");
                    }
                    return i + 4 + length;
                }
            }
            return -1;
        }

        private boolean isContentLength(byte[] bytes, int at) {
            return in.position() > at + 16
                    && new String(bytes, at, 16, StandardCharsets.ISO_8859_1).equalsIgnoreCase("content-length: ");
        }
    }

    private Load(Selector selector, List<byte[]> requests, int warm, int measured, double rate) {
        this.selector = selector;
        this.requests = requests;
        this.warm = warm;
        this.nanos = new long[measured];
        this.rate = rate;
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        int connections = Integer.parseInt(arguments[1]);
        List<byte[]> requests = new ArrayList<>();
        for (String file : Arrays.copyOfRange(arguments, 5, arguments.length)) {
            requests.add(Files.readAllBytes(Path.of(file)));
        }
        try (Selector selector = Selector.open()) {
            Load load = new Load(
                    selector,
                    requests,
                    Integer.parseInt(arguments[2]),
                    Integer.parseInt(arguments[3]),
                    Double.parseDouble(arguments[4]));
            System.out.println(load.run(port, connections));
        }
    }

    private String run(int port, int connections) throws IOException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            Client client = new Client(channel);
            channel.register(selector, SelectionKey.OP_READ, client);
            clients.add(client);
        }
        int all = warm + nanos.length;
        long start = System.nanoTime();
        measuredFrom = start;
        if (rate == 0) {
            for (Client client : clients) {
                client.ask(System.nanoTime());
            }
        }
        while (answered < all) {
            if (rate > 0) {
                pace(clients, all, start);
            }
            selector.select(rate > 0 ? 1 : 0);
            long now = System.nanoTime();
            for (SelectionKey key : selector.selectedKeys()) {
                Client client = (Client) key.attachment();
                if (client.read()) {
                    note(now - client.began, now);
                    if (rate == 0 && sent < all) {
                        client.ask(System.nanoTime());
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        return figures((System.nanoTime() - measuredFrom) * 1e-9);
    }

    /** A request is late from when it was due, not from when a connection was free. */
    private void pace(List<Client> clients, int all, long start) throws IOException {
        for (Client client : clients) {
            long due = start + (long) (sent * 1e9 / rate);
            if (sent >= all || due > System.nanoTime()) {
                return;
            }
            if (!client.isBusy) {
                client.ask(due);
            }
        }
    }

    private void note(long took, long now) {
        if (answered >= warm && answered - warm < nanos.length) {
            nanos[answered - warm] = took;
        }
        answered++;
        if (answered == warm) {
            measuredFrom = now;
            processorFrom = processorNanos();
        }
    }

    /** Of this process: what the load itself takes from the processors that it shares with the server. */
    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private String figures(double seconds) {
        Arrays.sort(nanos);
        return String.format(
                Locale.ROOT,
                "%.1f %.3f %.3f %.3f %d %.4f",
                nanos.length / seconds,
                nanos[nanos.length / 2] * 1e-6,
                nanos[(int) (nanos.length * 0.99)] * 1e-6,
                nanos[nanos.length - 1] * 1e-6,
                failed,
                (processorNanos() - processorFrom) * 1e-6 / nanos.length);
    }
}
