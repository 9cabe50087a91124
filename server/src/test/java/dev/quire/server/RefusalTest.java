package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.server.Wire.Heard;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are too large, too slow, too deep or of another kind; each is answered with what to do. */
class RefusalTest {
    private static final int GZIPPED = Boolean.getBoolean("quire.test.huge") ? 10_000 : 400;
    private static final int LIMIT = 1_000_000;

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.in(
                folder,
                options -> options.limits(options.limits().bodyBytes(LIMIT).slow(2, 1000)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String refused(String path, String body) {
        return server.post(path, body).problem();
    }

    private static TestServer.Answer gzipped(byte[] content) {
        return server.ask("POST", "/v1/models/validate", gzip(content), "application/json", "Content-Encoding", "gzip");
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write(content);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Test
    void numbers_that_are_none_and_nesting_without_end_are_refused() {
        for (String path : List.of("/v1/jobs", "/v1/models", "/v1/models/validate", "/v1/find", "/v1/deployments")) {
            assertThat(refused(path, "{\"epochs\":NaN}"))
                    .as(path)
                    .startsWith("400 the body is no JSON in line 1, column ")
                    .endsWith("send valid JSON");
            assertThat(refused(path, "{\"epochs\":1e999}"))
                    .as(path)
                    .isEqualTo("400 epochs is beyond the numbers a double can hold | send finite numbers");
            assertThat(refused(path, "{\"epochs\":" + "[".repeat(100_000) + "}"))
                    .as(path)
                    .startsWith("400 the body is JSON beyond what is read: ")
                    .endsWith(" | nest no deeper than 200 levels");
            assertThat(refused(path, "{\"a\":".repeat(100_000))).as(path).endsWith(" | nest no deeper than 200 levels");
            assertThat(refused(path, "[1]")).as(path).startsWith("400 ");
            assertThat(refused(path, "{\"a\":1,\"a\":2}")).as(path).startsWith("400 the body is no JSON");
            assertThat(refused(path, "")).as(path).isEqualTo("400 the body is empty | send a JSON object");
        }
        assertThat(refused("/v1/jobs", "{\"network\":7}")).startsWith("400 the body does not fit: network: ");
        assertThat(refused("/v1/find", "{}"))
                .isEqualTo("400 there is no configuration | send it; /openapi.json says what is expected");
    }

    @Test
    void pickles_and_serialised_objects_are_refused_by_their_type_and_not_read() throws IOException {
        ByteArrayOutputStream java = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(java)) {
            out.writeObject(new java.util.ArrayList<>(List.of("a")));
        }
        Path made = folder.resolve("made-by-a-pickle");
        byte[] pickle = ("cos\nsystem\n(S'touch " + made + "'\ntR.").getBytes(StandardCharsets.US_ASCII);
        for (String path : List.of("/v1/jobs", "/v1/models", "/v1/deployments", "/v1/find", "/v1/runs/none/infer")) {
            for (String type : List.of(
                    "application/x-pickle",
                    "application/python-pickle",
                    "application/x-java-serialized-object",
                    "application/vnd.python.pickle",
                    "text/xml")) {
                byte[] body = type.contains("java") ? java.toByteArray() : pickle;
                TestServer.Answer answer = server.ask("POST", path, body, type);
                boolean isUnknown = path.contains("/none/") && answer.status() == 404;
                assertThat(isUnknown ? 415 : answer.status())
                        .as("%s %s %s", path, type, answer.text())
                        .isEqualTo(415);
                assertThat(answer.problem()).contains(isUnknown ? "there is no run none" : "the body is " + type);
            }
            assertThat(server.ask("POST", path, pickle, "application/json").status())
                    .isIn(400, 404);
        }
        assertThat(made).doesNotExist();
    }

    @Test
    void a_character_set_that_nobody_knows_is_refused_before_the_body_is_read() {
        for (String said : List.of("nothing", "\"nothing\"", "%00", "x y")) {
            TestServer.Answer answer = server.ask(
                    "POST",
                    "/v1/models",
                    JobTest.NETWORK.getBytes(StandardCharsets.UTF_8),
                    "application/json; charset=" + said);
            assertThat(answer.problem())
                    .as(said)
                    .startsWith("415 the body is in characters '")
                    .endsWith("| send UTF-8");
        }
    }

    @Test
    void a_body_that_inflates_beyond_the_limit_is_refused() {
        byte[] zeros = new byte[50_000_000];
        assertThat(gzip(zeros).length).isLessThan(100_000);
        assertThat(gzipped(zeros).problem())
                .isEqualTo("413 the body is larger than 1,000 kB | send less, or start the server with a larger limit");
        assertThat(server.ask(
                                "POST",
                                "/v1/models/validate",
                                "no gzip".getBytes(StandardCharsets.UTF_8),
                                "application/json",
                                "Content-Encoding",
                                "gzip")
                        .problem())
                .isEqualTo("400 the body says that it is gzip and is not | compress it again, or send it as it is");
        byte[] whole = gzip(JobTest.NETWORK.getBytes(StandardCharsets.UTF_8));
        assertThat(server.ask(
                                "POST",
                                "/v1/models/validate",
                                java.util.Arrays.copyOf(whole, whole.length / 2),
                                "application/json",
                                "Content-Encoding",
                                "gzip")
                        .problem())
                .startsWith("400 the body says that it is gzip and is not");
    }

    @Test
    void many_gzip_bodies_leave_memory_as_it_was() throws InterruptedException {
        byte[] network = JobTest.NETWORK.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 100; i++) {
            gzipped(network);
        }
        long before = Memory.heap() + Memory.direct();
        for (int i = 0; i < GZIPPED; i++) {
            assertThat(gzipped(network).status()).isEqualTo(200);
        }
        assertThat(Memory.heap() + Memory.direct() - before).isLessThan(16_000_000);
    }

    @Test
    void a_form_without_end_is_cut_off_at_the_limit() throws IOException {
        String id = JobTest.submitted(server, JobTest.job(1, 1));
        String run = JobTest.ended(server, id).path("run").asText();
        for (String type : List.of("multipart/form-data; boundary=XX", "application/json", "image/png")) {
            Heard heard = endless("/v1/runs/" + run + "/infer", type);
            assertThat(heard.status()).as(type).isEqualTo(413);
            assertThat(heard.body()).contains("the body is larger than 1,000 kB", "remedy");
        }
        assertThat(endless("/v1/models", "application/json").status()).isEqualTo(413);
        assertThat(endless("/v1/models", "multipart/form-data; boundary=XX").status())
                .isEqualTo(415);
        Heard declared = Wire.send(
                server.server,
                Wire.head("POST", "/v1/jobs", "Content-Type: application/json", "Content-Length: 9000000000"),
                new byte[0]);
        assertThat(declared.status()).isEqualTo(413);
        assertThat(declared.body()).contains("the body is larger than 1,000 kB", "remedy");
    }

    /** Sends chunk after chunk of a part that does not end, until the server has had enough. */
    private static Heard endless(String path, String type) throws IOException {
        try (Socket socket = AccessTest.connect(server)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("2710\r\n" + "x".repeat(10_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            int sent = 0;
            try {
                for (; sent < 100_000_000; sent += chunk.length) {
                    out.write(chunk);
                }
            } catch (IOException closed) {
                // It answered and closed before all of it was sent.
            }
            assertThat(sent).as(path).isLessThan(100_000_000);
            return Wire.hear(socket.getInputStream());
        }
    }

    @Test
    void a_body_of_one_byte_a_second_is_cut_off() throws Exception {
        try (Socket socket = AccessTest.connect(server)) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/models HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 1000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(500);
            long began = System.nanoTime();
            StringBuilder heard = new StringBuilder();
            while (heard.indexOf("\r\n\r\n") < 0 && (System.nanoTime() - began) < 20_000_000_000L) {
                try {
                    out.write(' ');
                    int next = socket.getInputStream().read();
                    while (next >= 0) {
                        heard.append((char) next);
                        next = socket.getInputStream().read();
                    }
                    break;
                } catch (SocketTimeoutException nothingYet) {
                    // The next byte.
                }
            }
            assertThat((System.nanoTime() - began) * 1e-9).isLessThan(15);
            assertThat(heard.toString())
                    .startsWith("HTTP/1.1 408")
                    .contains("less than 1000 bytes a second", "send it faster");
        }
    }

    @Test
    void no_connection_is_made_to_an_address_from_a_client() throws Exception {
        try (ServerSocket trap = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            trap.setSoTimeout(1);
            String url = "http://127.0.0.1:" + trap.getLocalPort() + "/model.onnx";
            for (String body : List.of(
                    "{\"file\":\"" + url + "\"}",
                    "{\"run\":\"" + url + "\"}",
                    "{\"name\":\"a\",\"file\":\"" + url + "\"}")) {
                assertThat(refused("/v1/deployments", body)).startsWith("400 ").contains(" | use letters, digits");
            }
            for (String dataset :
                    List.of(url, "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM '" + url + "'", "file:///etc/passwd")) {
                assertThat(refused("/v1/jobs", "{\"dataset\":\"" + dataset + "\",\"network\":" + JobTest.NETWORK + "}"))
                        .startsWith("400 the name of the dataset cannot be '")
                        .contains(" | use letters, digits");
            }
            assertThat(refused("/v1/jobs", "{\"jdbc\":\"jdbc:h2:mem:x\"}")).startsWith("400 there is no field 'jdbc'");
            Thread.sleep(50);
            assertThat(hasCaller(trap)).isFalse();
        }
    }

    private static boolean hasCaller(ServerSocket trap) throws IOException {
        try (Socket caller = trap.accept()) {
            return caller.isConnected();
        } catch (SocketTimeoutException none) {
            return false;
        }
    }

    @Test
    void a_script_in_a_name_comes_back_as_text_under_a_strict_policy() {
        String script = "<script>alert(1)</script><img src=x onerror=alert(2)>";
        String graph = JobTest.NETWORK.replaceFirst("\\{", "{\"name\": \"" + script + "\", ");
        TestServer.Answer made = server.post("/v1/models", graph);
        String path = made.status() == 201
                ? "/v1/models/" + made.json().path("id").asText()
                : "/v1/models/"
                        + script.replace("<", "%3C")
                                .replace(">", "%3E")
                                .replace("/", "")
                                .replace(" ", "%20");
        for (TestServer.Answer each : List.of(made, server.get(path))) {
            assertThat(each.type()).isIn("application/json", "application/problem+json");
            assertThat(each.raw().headers().firstValue("x-content-type-options"))
                    .hasValue("nosniff");
            assertThat(each.raw().headers().firstValue("content-security-policy"))
                    .hasValueSatisfying(policy ->
                            assertThat(policy).contains("script-src 'self'").doesNotContain("unsafe-eval"));
        }
        assertThat(refused(
                        "/v1/jobs",
                        "{\"dataset\":\"iris\",\"network\":" + JobTest.NETWORK + ",\"name\":\"" + script + "\"}"))
                .startsWith("400 the name of the run cannot be '<script>");
    }

    @Test
    void a_link_in_the_data_root_leads_nowhere() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside/secret/train/a"));
        Files.createDirectories(outside.resolveSibling("b"));
        Files.writeString(folder.resolve("outside/secret.onnx"), "secret");
        Path data = Files.createDirectories(folder.resolve("server/data"));
        Files.createSymbolicLink(data.resolve("linked.onnx"), folder.resolve("outside/secret.onnx"));
        assertThat(refused("/v1/deployments", "{\"file\":\"linked.onnx\"}"))
                .isEqualTo("404 there is no file linked.onnx in the data root | copy it there");
    }
}
