package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.server.http.Json;
import dev.quire.server.live.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Too many connections, and WebSockets whose client does not read, or says too much. */
class ConnectionTest {
    private static final int FEW = 4;
    private static final String REFUSED =
            "503 there are more than 4 connections | close some, or try again in a minute";

    @TempDir
    Path folder;

    private TestServer few() {
        return TestServer.in(folder, options -> options.limits(options.limits().connections(FEW)));
    }

    private static Wire.Heard healthz(TestServer server) throws IOException {
        return Wire.send(server.server, Wire.head("GET", "/healthz"), new byte[0]);
    }

    /** What is answered once as many are connected as should be, or no longer are. */
    private static Wire.Heard until(TestServer server, int status) throws Exception {
        Wire.Heard heard = healthz(server);
        for (int i = 0; i < 200 && heard.status() != status; i++) {
            Thread.sleep(50);
            heard = healthz(server);
        }
        return heard;
    }

    private static String problem(Wire.Heard heard) {
        var json = Json.parse(heard.body().getBytes(StandardCharsets.UTF_8));
        return heard.status() + " " + json.path("detail").asText() + " | "
                + json.path("remedy").asText();
    }

    @Test
    void more_connections_than_are_taken_are_refused_until_some_have_gone() throws Exception {
        try (TestServer server = few()) {
            List<Socket> held = new ArrayList<>();
            for (int i = 0; i < FEW; i++) {
                held.add(AccessTest.connect(server));
            }
            assertThat(problem(until(server, 503))).isEqualTo(REFUSED);
            // One that was refused is closed, though it asked to go on: it does not keep the others out.
            try (Socket refused = AccessTest.connect(server)) {
                refused.getOutputStream()
                        .write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                Wire.Heard heard = Wire.hear(refused.getInputStream());
                assertThat(problem(heard)).isEqualTo(REFUSED);
                assertThat(heard.head()).containsIgnoringCase("connection: close");
            }
            held.get(0).close();
            assertThat(until(server, 200).status()).isEqualTo(200);
            for (Socket each : held) {
                each.close();
            }
        }
    }

    @Test
    void those_who_watch_are_counted_too() throws Exception {
        try (TestServer server = few()) {
            List<Talk> watching = new ArrayList<>();
            for (int i = 0; i < FEW; i++) {
                watching.add(new Talk(server, "/v1/live"));
            }
            assertThat(problem(until(server, 503))).isEqualTo(REFUSED);
            assertThat(Wire.send(server.server, Wire.upgrade("/v1/live"), new byte[0])
                            .status())
                    .isEqualTo(503);
            watching.forEach(Talk::close);
            assertThat(until(server, 200).status()).isEqualTo(200);
        }
    }

    private static Socket upgraded(TestServer server, String path) throws IOException {
        Socket socket = new Socket();
        // As little as may be waits in the buffers of the system.
        socket.setReceiveBufferSize(2048);
        socket.connect(new java.net.InetSocketAddress(
                "127.0.0.1", server.server.address().getPort()));
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(Wire.upgrade(path).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void a_body_that_nobody_wants_and_that_comes_late_leaves_the_connection_as_it_is() throws Exception {
        try (TestServer server = TestServer.in(folder);
                Socket socket = AccessTest.connect(server)) {
            String head = "POST /v1/deployments/none/stop HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n";
            String next = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(300);
            out.write("{}".getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(300);
            out.write(next.getBytes(StandardCharsets.US_ASCII));
            String said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).startsWith("HTTP/1.1 404").contains("HTTP/1.1 200");
        }
    }

    private static int connected(TestServer server) {
        return server.server
                .router()
                .jettyServer()
                .server()
                .getConnectors()[0]
                .getConnectedEndPoints()
                .size();
    }

    @Test
    void a_watcher_that_reads_nothing_is_let_go_and_costs_no_memory() throws Exception {
        try (TestServer server = TestServer.in(folder);
                Socket deaf = upgraded(server, "/v1/live");
                Talk other = new Talk(server, "/v1/live")) {
            assertThat(deaf.getInputStream().read()).isEqualTo('H');
            assertThat(connected(server)).isEqualTo(2);
            long before = Memory.heap() + Memory.direct();
            String text = "x".repeat(3000);
            // Of so many topics the past is not kept: what waits for the deaf one would be 48 MB.
            for (int i = 0; i < 32; i++) {
                for (int j = 0; j < 500; j++) {
                    Message message = Message.of("topic-" + i + "-" + j, "log");
                    message.content().put("message", text);
                    server.server.parts().live().tell(message);
                }
                // One who reads gets them; the wait keeps what nobody has been told yet small.
                Message mark = Message.of("topic", "mark-" + i);
                server.server.parts().live().tell(mark);
                other.next("mark-" + i);
            }
            assertThat(Memory.heap() + Memory.direct() - before).isLessThan(24_000_000);
            for (int i = 0; i < 200 && connected(server) > 1; i++) {
                Thread.sleep(50);
            }
            assertThat(connected(server)).isEqualTo(1);
            assertThat(other.isOpen()).isTrue();
        }
    }

    /** A frame as a client sends it, with a mask of zeros. */
    private static byte[] frame(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[6 + content.length];
        out[0] = (byte) 0x81;
        out[1] = (byte) (0x80 | content.length);
        System.arraycopy(content, 0, out, 6, content.length);
        return out;
    }

    @Test
    void a_client_that_asks_and_reads_nothing_is_let_go_and_costs_no_memory() throws Exception {
        try (TestServer server = TestServer.in(folder);
                Socket deaf = upgraded(server, "/v1/session")) {
            assertThat(deaf.getInputStream().read()).isEqualTo('H');
            long before = Memory.heap() + Memory.direct();
            byte[] some = frame("nonsense");
            byte[] many = new byte[some.length * 1000];
            for (int i = 0; i < 1000; i++) {
                System.arraycopy(some, 0, many, i * some.length, some.length);
            }
            boolean isCut = false;
            OutputStream out = deaf.getOutputStream();
            long began = System.nanoTime();
            while (!isCut && (System.nanoTime() - began) * 1e-9 < 60) {
                try {
                    out.write(many);
                } catch (IOException cut) {
                    isCut = true;
                }
            }
            assertThat(isCut).isTrue();
            assertThat(Memory.heap() + Memory.direct() - before).isLessThan(24_000_000);
            assertThat(server.get("/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void a_message_larger_than_a_body_may_be_closes_the_socket_with_the_reason() throws Exception {
        try (TestServer server = TestServer.in(
                        folder, options -> options.limits(options.limits().bodyBytes(10_000)));
                Talk talk = new Talk(server, "/v1/session")) {
            assertThat(talk.say("{\"a\":\"" + "x".repeat(5_000) + "\"}")
                            .next("error")
                            .path("message")
                            .asText())
                    .startsWith("there is no field 'a'");
            talk.say("{\"a\":\"" + "x".repeat(20_000) + "\"}");
            assertThat(talk.closed.get(60, TimeUnit.SECONDS)).startsWith("1009 ");
        }
    }

    @Test
    void a_message_of_one_byte_a_second_holds_nobody_else_up() throws Exception {
        try (TestServer server = TestServer.in(folder);
                Socket slow = upgraded(server, "/v1/session");
                Talk other = new Talk(server, "/v1/session")) {
            byte[] frame = frame("nonsense");
            slow.getOutputStream().write(frame, 0, 7);
            slow.getOutputStream().flush();
            assertThat(other.say("[1]").next("error").path("message").asText())
                    .isEqualTo("the message is no JSON object: send an object");
            slow.getOutputStream().write(frame, 7, frame.length - 7);
            StringBuilder heard = new StringBuilder();
            try {
                while (heard.indexOf("the body is no JSON") < 0) {
                    heard.append((char) slow.getInputStream().read());
                }
            } catch (SocketTimeoutException none) {
                // What was heard says it.
            }
            assertThat(heard.toString()).contains("\"type\":\"error\"", "the body is no JSON");
        }
    }
}
