package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that do not fit. */
class BodyTest {
    @TempDir
    Path folder;

    @Test
    void numbers_that_are_none_and_json_too_deep_are_refused() {
        try (TestServer server = TestServer.in(folder)) {
            assertThat(server.post("/v1/jobs", "{\"configuration\": {\"epochs\": NaN}}")
                            .problem())
                    .startsWith("400 the body is no JSON in line 1, column ");
            assertThat(server.post("/v1/jobs", "{\"configuration\": {\"epochs\": 1e999}}")
                            .problem())
                    .isEqualTo(
                            "400 configuration.epochs is beyond the numbers a double can hold | send finite numbers");
            assertThat(server.post("/v1/jobs", "[".repeat(100_000) + "]".repeat(100_000))
                            .problem())
                    .startsWith("400 the body is JSON beyond what is read: ")
                    .endsWith(" | nest no deeper than 200 levels");
            assertThat(server.post("/v1/models", "{\"a\": ".repeat(100_000) + "1" + "}".repeat(100_000))
                            .problem())
                    .startsWith("400 the body is JSON beyond what is read: ");
            assertThat(server.post("/v1/jobs", "[]").problem()).startsWith("400 the body does not fit");
            assertThat(server.post("/v1/models", "[]").problem())
                    .isEqualTo("400 the body is array, expected an object | send a JSON object");
            assertThat(server.post("/v1/jobs", "").problem()).isEqualTo("400 the body is empty | send a JSON object");
            assertThat(server.post("/v1/jobs", "null").problem())
                    .isEqualTo("400 the body is null | send a JSON object");
            assertThat(server.post("/v1/jobs", "{} {}").problem()).startsWith("400 the body is no JSON");
            assertThat(server.post("/v1/jobs", "{\"dataset\": 1, \"dataset\": 2}")
                            .problem())
                    .startsWith("400 the body is no JSON in line 1, column ")
                    .contains("Duplicate");
            assertThat(server.post("/v1/jobs", "{\"dataset\": {\"a\": 1}}").problem())
                    .startsWith("400 the body does not fit: dataset: ");
        }
    }

    @Test
    void what_is_no_json_by_its_type_is_not_looked_at() {
        try (TestServer server = TestServer.in(folder)) {
            byte[] serialized = {(byte) 0xac, (byte) 0xed, 0, 5};
            assertThat(server.ask("POST", "/v1/jobs", serialized, "application/x-java-serialized-object")
                            .problem())
                    .isEqualTo("415 the body is application/x-java-serialized-object, expected application/json"
                            + " | send application/json");
            assertThat(server.ask("POST", "/v1/models", new byte[] {(byte) 0x80, 4}, "application/x-pickle")
                            .problem())
                    .startsWith("415 the body is application/x-pickle");
            assertThat(server.ask("POST", "/v1/jobs", new byte[1], "").problem())
                    .startsWith("415 the body has no Content-Type, expected application/json");
        }
    }

    @Test
    void a_body_that_inflates_past_the_limit_is_refused() throws IOException {
        try (TestServer server = small()) {
            byte[] bomb = gzip("[" + " ".repeat(10_000_000) + "]");
            assertThat(bomb).hasSizeLessThan(20_000);
            assertThat(server.ask("POST", "/v1/jobs", bomb, "application/json", "Content-Encoding", "gzip")
                            .problem())
                    .isEqualTo(
                            "413 the body is larger than 100 kB | send less, or start the server with a larger limit");
            assertThat(server.ask("POST", "/v1/jobs", gzip("{}"), "application/json", "Content-Encoding", "gzip")
                            .problem())
                    .startsWith("400 there is no network");
            assertThat(server.ask(
                                    "POST",
                                    "/v1/jobs",
                                    "{}".getBytes(StandardCharsets.UTF_8),
                                    "application/json",
                                    "Content-Encoding",
                                    "gzip")
                            .problem())
                    .startsWith("400 the body says that it is gzip and is not");
            assertThat(server.ask("POST", "/v1/jobs", new byte[2], "application/json", "Content-Encoding", "br")
                            .problem())
                    .startsWith("415 the body is encoded as br");
        }
    }

    @Test
    void a_body_that_is_too_large_is_refused_by_what_it_says_and_by_what_it_is() throws IOException {
        try (TestServer server = small()) {
            assertThat(server.post("/v1/jobs", "{\"dataset\": \"" + "x".repeat(200_000) + "\"}")
                            .problem())
                    .startsWith("413 the body is larger than 100 kB");
            assertThat(endless(
                            server, "POST /v1/jobs HTTP/1.1\r\nContent-Type: application/json\r\n", "x".repeat(1000)))
                    .startsWith("HTTP/1.1 413")
                    .contains("the body is larger than 100 kB");
        }
    }

    @Test
    void a_form_without_an_end_is_refused() throws IOException {
        try (TestServer server = small()) {
            String head = "POST /v1/datasets HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=x\r\n";
            assertThat(endless(
                            server,
                            head,
                            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.zip\"\r\n\r\n"
                                    + "y".repeat(1000)))
                    .startsWith("HTTP/1.1 413")
                    .contains("remedy");
        }
    }

    @Test
    void a_body_of_one_byte_a_second_is_refused() throws Exception {
        try (TestServer server = TestServer.in(
                        folder, options -> options.limits(options.limits().slow(1, 1000)));
                Socket socket = AccessTest.connect(server)) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            try {
                for (int i = 0; i < 30; i++) {
                    out.write(' ');
                    out.flush();
                    Thread.sleep(100);
                }
            } catch (IOException cut) {
                // The answer has come, and the connection is closed.
            }
            byte[] answer = new byte[2000];
            int count = socket.getInputStream().read(answer);
            assertThat(new String(answer, 0, Math.max(0, count), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 408")
                    .contains("comes with less than 1000 bytes a second");
        }
    }

    private TestServer small() {
        return TestServer.in(
                folder,
                options -> options.limits(options.limits().bodyBytes(100_000).uploadBytes(300_000)));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    /** What is answered to a chunked body that has no end. */
    private static String endless(TestServer server, String head, String chunk) throws IOException {
        try (Socket socket = AccessTest.connect(server)) {
            OutputStream out = socket.getOutputStream();
            out.write((head + "Host: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] framed =
                    (Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n").getBytes(StandardCharsets.US_ASCII);
            try {
                for (int i = 0; i < 2000; i++) {
                    out.write(framed);
                    if (socket.getInputStream().available() > 0) {
                        break;
                    }
                }
            } catch (IOException cut) {
                // The answer is there to be read.
            }
            byte[] answer = new byte[4000];
            int count = socket.getInputStream().read(answer);
            return new String(answer, 0, Math.max(0, count), StandardCharsets.UTF_8);
        }
    }
}
