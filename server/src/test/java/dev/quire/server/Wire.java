package dev.quire.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Requests as bytes, for what a well-behaved client would not send, and the routes of the router to send them to. */
final class Wire {
    private static final int PATIENCE = 30_000;

    private Wire() {}

    /**
     * A route as the router has it.
     *
     * @param path with parameters in braces
     */
    record Served(String method, String path) {
        /** Its path with this in place of each parameter. */
        String with(String value) {
            return path.replaceAll("\\{[^}]*\\}|<[^>]*>", java.util.regex.Matcher.quoteReplacement(value));
        }

        boolean isNamed() {
            return path.contains("{") || path.contains("<");
        }
    }

    /**
     * An answer.
     *
     * @param status 0 where there was none
     */
    record Heard(int status, String head, String body) {
        /** Neither a trace nor a name of our own code, nor what lies in a file of the machine. */
        boolean leaks() {
            String all = head + body;
            return all.contains("\tat ")
                    || all.contains("Exception")
                    || all.contains("root:x:")
                    || all.contains("java.lang")
                    || all.contains("org.eclipse.jetty");
        }

        boolean isProblem() {
            return head.contains("application/problem+json") && body.contains("\"remedy\":\"");
        }
    }

    /** All routes for HTTP, from the router itself. */
    static List<Served> routes(Server server) {
        List<Served> out = new ArrayList<>();
        server.router().unsafe.internalRouter.allHttpHandlers().forEach(each -> {
            String method = each.endpoint.method.name();
            if (!method.startsWith("BEFORE") && !method.startsWith("AFTER")) {
                out.add(new Served(method, each.endpoint.path));
            }
        });
        return out;
    }

    /** All routes for WebSockets, from the router itself. */
    static List<Served> sockets(Server server) {
        List<Served> out = new ArrayList<>();
        server.router().unsafe.internalRouter.allWsHandlers().forEach(each -> {
            if (each.getType().name().equals("WEBSOCKET")) {
                out.add(new Served("GET", each.getPath()));
            }
        });
        return out;
    }

    /** The head of a request to this server, as a program sends it. */
    static String head(String method, String path, String... lines) {
        StringBuilder out = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String line : lines) {
            out.append(line).append("\r\n");
        }
        return out.append("Connection: close\r\n\r\n").toString();
    }

    /** The lines that ask for an upgrade. */
    static String upgrade(String path, String... lines) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n"
                + (lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n") + "\r\n";
    }

    static Heard send(Server server, String head, byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return send(server, out.toByteArray());
    }

    /** Sends this and nothing more, and hears all until the server closes. */
    static Heard send(Server server, byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
            socket.setSoTimeout(PATIENCE);
            try {
                socket.getOutputStream().write(request);
                socket.shutdownOutput();
            } catch (IOException closed) {
                // It was refused before all of it was sent; the answer is there to be read.
            }
            return hear(socket.getInputStream());
        }
    }

    static Heard hear(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            in.transferTo(out);
        } catch (java.net.SocketException reset) {
            // What came before is the answer.
        }
        String all = out.toString(StandardCharsets.UTF_8);
        int end = all.indexOf("\r\n\r\n");
        String head = end < 0 ? all : all.substring(0, end);
        String body = end < 0 ? "" : all.substring(end + 4);
        boolean isAnswer = head.toLowerCase(Locale.ROOT).startsWith("http/1.1 ");
        return new Heard(isAnswer ? Integer.parseInt(head.substring(9, 12)) : 0, head, body);
    }
}
