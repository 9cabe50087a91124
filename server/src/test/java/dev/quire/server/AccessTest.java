package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests as they go over the wire, which a well-behaved client would not send. */
class AccessTest {
    @TempDir
    Path folder;

    @Test
    void a_foreign_host_is_refused_while_bound_to_loopback() throws IOException {
        try (TestServer server = TestServer.in(folder)) {
            assertThat(raw(server, "GET /healthz HTTP/1.1\r\nHost: evil.example\r\n"))
                    .startsWith("HTTP/1.1 403")
                    .contains("this server answers to localhost, not to the Host that was asked for")
                    .doesNotContain("\tat ");
            assertThat(raw(server, "GET /healthz HTTP/1.1\r\nHost: localhost:1234\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(raw(server, "GET /healthz HTTP/1.1\r\nHost: [::1]\r\n")).startsWith("HTTP/1.1 200");
            // Names that begin, end or hide like this machine's own, and none at all.
            for (String host : new String[] {
                "localhost.evil.example",
                "evil-localhost",
                "127.0.0.1.evil.example",
                "127.0.0.1.evil.example:80",
                "169.254.169.254",
                "0.0.0.0",
                "[::ffff:1]",
                ""
            }) {
                assertThat(raw(server, "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n"))
                        .as(host)
                        .containsPattern("\\AHTTP/1.1 40[03]")
                        .contains("remedy");
            }
            assertThat(raw(server, "GET /healthz HTTP/1.0\r\n")).startsWith("HTTP/1.1 403");
            assertThat(raw(server, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n"))
                    .startsWith("HTTP/1.1 400");
            assertThat(raw(server, "GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\n"))
                    .startsWith("HTTP/1.1 40");
            assertThat(raw(server, "GET /healthz HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(raw(
                            server,
                            "GET /v1/live HTTP/1.1\r\nHost: evil.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n"))
                    .startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void a_page_of_another_origin_can_change_nothing() throws IOException {
        try (TestServer server = TestServer.in(folder)) {
            String host =
                    "POST /healthz HTTP/1.1\r\nHost: " + server.server.address().getAuthority() + "\r\n";
            String words = "the request comes from a page of another origin";
            assertThat(raw(server, host + "Origin: http://evil.example\r\n"))
                    .startsWith("HTTP/1.1 403")
                    .contains(words);
            assertThat(raw(server, host + "Origin: null\r\n")).startsWith("HTTP/1.1 403");
            assertThat(raw(server, host + "Sec-Fetch-Site: cross-site\r\n")).startsWith("HTTP/1.1 403");
            // That of the server itself comes as far as the router.
            assertThat(raw(server, host + "Origin: " + server.server.address() + "\r\n"))
                    .startsWith("HTTP/1.1 405");
        }
    }

    @Test
    void an_upgrade_from_a_foreign_origin_is_refused_before_it_happens() throws IOException {
        try (TestServer server = TestServer.in(folder)) {
            String upgrade =
                    "GET /v1/live HTTP/1.1\r\nHost: " + server.server.address().getAuthority()
                            + "\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n";
            String own = server.server.address().toString();
            for (String origin : new String[] {
                "https://evil.example",
                "http://evil.example",
                "null",
                own + ".evil.example",
                own.replace("http:", "https:"),
                own.replaceFirst(":\\d+$", ""),
                own.replaceFirst("127.0.0.1", "localhost"),
                "file://"
            }) {
                assertThat(raw(server, upgrade + "Connection: Upgrade\r\nOrigin: " + origin + "\r\n"))
                        .as(origin)
                        .startsWith("HTTP/1.1 403")
                        .contains("the request comes from a page of another origin");
            }
            assertThat(raw(server, upgrade + "Connection: Upgrade\r\nOrigin: " + own + "\r\n"))
                    .startsWith("HTTP/1.1 101");
        }
    }

    @Test
    void a_path_that_leads_out_of_its_place_is_refused_in_every_spelling() throws IOException {
        try (TestServer server = TestServer.in(folder)) {
            for (String path : new String[] {
                "/docs/../../etc/passwd",
                "/docs/%2e%2e/%2e%2e/etc/passwd",
                "/docs/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                "/docs/..%2f..%2fetc%2fpasswd",
                "/docs/..%5c..%5cetc",
                "/docs/%252e%252e/etc/passwd",
                "//etc/passwd/..",
                "/docs/..;/etc/passwd"
            }) {
                assertThat(raw(server, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n"))
                        .as(path)
                        .startsWith("HTTP/1.1 400")
                        .contains("application/problem+json")
                        .contains("remedy");
            }
        }
    }

    @Test
    void what_is_no_http_is_a_problem_too() throws IOException {
        try (TestServer server = TestServer.in(folder)) {
            assertThat(raw(server, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nBad Header\r\n"))
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json");
            assertThat(raw(server, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n"))
                    .startsWith("HTTP/1.1 431")
                    .contains("the headers are too large");
        }
    }

    @Test
    void every_answer_tells_a_browser_to_be_careful() {
        try (TestServer server = TestServer.in(folder)) {
            for (String path : new String[] {"/healthz", "/nowhere", "/docs", "/docs/swagger-ui.css"}) {
                var headers = server.get(path).raw().headers();
                assertThat(headers.firstValue("content-security-policy"))
                        .hasValueSatisfying(policy -> assertThat(policy)
                                .contains("default-src 'self'", "script-src 'self'", "object-src 'none'")
                                .doesNotContain("unsafe-eval"));
                assertThat(headers.firstValue("x-content-type-options")).hasValue("nosniff");
                assertThat(headers.firstValue("referrer-policy")).hasValue("no-referrer");
                assertThat(headers.firstValue("server")).isEmpty();
            }
        }
    }

    @Test
    void one_byte_a_second_is_cut_off() throws Exception {
        try (TestServer server = TestServer.in(
                        folder, options -> options.limits(options.limits().slow(1, 1000)));
                Socket socket = connect(server)) {
            OutputStream out = socket.getOutputStream();
            long began = System.nanoTime();
            try {
                for (byte each : "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: xxxxxxxxxxxxxxxxxxxxxxxx"
                        .getBytes(StandardCharsets.US_ASCII)) {
                    out.write(each);
                    out.flush();
                    Thread.sleep(200);
                }
            } catch (IOException cut) {
                // As it should be.
            }
            assertThat(System.nanoTime() - began).isLessThan(12_000_000_000L);
            assertThat(server.get("/healthz").status()).isEqualTo(200);
        }
    }

    static Socket connect(TestServer server) throws IOException {
        Socket socket = new Socket("127.0.0.1", server.server.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Everything the server answers until it closes. */
    static String raw(TestServer server, String head) throws IOException {
        try (Socket socket = connect(server)) {
            String closing = head.contains("Connection:") ? head : head + "Connection: close\r\n";
            socket.getOutputStream().write((closing + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            InputStream in = socket.getInputStream();
            byte[] some = new byte[8192];
            int count = in.read(some);
            while (count >= 0) {
                out.write(some, 0, count);
                if (head.contains("Upgrade:")
                        && out.toString(StandardCharsets.ISO_8859_1).contains("\r\n\r\n")) {
                    break;
                }
                count = in.read(some);
            }
            return out.toString(StandardCharsets.UTF_8);
        }
    }
}
