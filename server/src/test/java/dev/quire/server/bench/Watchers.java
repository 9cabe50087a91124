package dev.quire.server.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A process that holds many WebSockets open and reads what comes, on one thread, until it is ended. It says {@code ready}
 * once all are open, and at the end of its input how many bytes came.
 *
 * <p>Arguments: port, path, how many.
 */
public final class Watchers {
    private Watchers() {}

    public static void main(String[] arguments) throws IOException {
        int count = Integer.parseInt(arguments[2]);
        byte[] upgrade = ("GET " + arguments[1] + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        Selector selector = Selector.open();
        ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
        for (int i = 0; i < count; i++) {
            SocketChannel channel =
                    SocketChannel.open(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])));
            channel.write(ByteBuffer.wrap(upgrade));
            in.clear();
            channel.read(in);
            String head = StandardCharsets.US_ASCII.decode(in.flip()).toString();
            if (!head.startsWith("HTTP/1.1 101")) {
                throw new IOException("no upgrade but " + head);
            }
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
        System.out.println("ready");
        long bytes = 0;
        int gone = 0;
        while (System.in.available() == 0) {
            selector.select(200);
            for (SelectionKey key : selector.selectedKeys()) {
                in.clear();
                int read = ((SocketChannel) key.channel()).read(in);
                if (read < 0) {
                    key.cancel();
                    gone++;
                } else {
                    bytes += read;
                }
            }
            selector.selectedKeys().clear();
        }
        System.out.println(bytes + " " + gone);
    }
}
