package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.QuireException;
import dev.quire.server.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server over TLS, with a key store that the JDK's own tool has made. */
class TlsTest {
    private static final String PASSWORD = "secret-of-mine";

    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private static Path store;

    @BeforeAll
    static void makeKeys() throws Exception {
        store = keys.resolve("server.p12");
        keytool(
                List.of("-genkeypair", "-alias", "quire", "-keyalg", "EC", "-dname", "CN=localhost", "-validity", "2"),
                List.of(
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString()),
                List.of("-storepass", PASSWORD));
    }

    @SafeVarargs
    private static void keytool(List<String>... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        List.of(arguments).forEach(command::addAll);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private TestServer start() {
        return TestServer.in(folder, options -> options.tls(new Tls(store, PASSWORD)));
    }

    /** That of a client which trusts this server's certificate, and no other. */
    private static SSLContext trusting() throws Exception {
        KeyStore mine = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            mine.load(in, PASSWORD.toCharArray());
        }
        Certificate certificate = mine.getCertificate("quire");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("quire", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static HttpClient client() throws Exception {
        return HttpClient.newBuilder()
                .sslContext(trusting())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static HttpResponse<String> get(HttpClient client, URI address) throws Exception {
        return client.send(
                HttpRequest.newBuilder(address).header("Accept", "text/html").build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void it_answers_over_tls_and_tells_browsers_to_come_no_other_way() throws Exception {
        try (TestServer server = start()) {
            assertThat(server.server.address().getScheme()).isEqualTo("https");
            assertThat(server.server.link().toString()).startsWith("https://127.0.0.1:");
            HttpResponse<String> answer = get(client(), server.at("/healthz"));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("strict-transport-security")).hasValue("max-age=31536000");
            assertThat(answer.sslSession().orElseThrow().getProtocol()).isIn("TLSv1.2", "TLSv1.3");
            assertThatThrownBy(() -> get(HttpClient.newHttpClient(), server.at("/healthz")))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void off_loopback_the_cookie_of_the_token_goes_over_tls_alone() throws Exception {
        try (TestServer server = TestServer.in(
                folder,
                options -> options.host("0.0.0.0").token("a-token-of-mine").tls(new Tls(store, PASSWORD)))) {
            String base = "https://localhost:" + server.server.address().getPort();
            HttpClient client = client();
            assertThat(get(client, URI.create(base + "/healthz")).statusCode()).isEqualTo(401);
            HttpResponse<String> page = get(client, URI.create(base + "/app/train?token=a-token-of-mine"));
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().allValues("set-cookie"))
                    .hasSize(2)
                    .allSatisfy(cookie -> assertThat(cookie).contains("Secure", "SameSite=Strict"));
        }
    }

    @Test
    void a_socket_opens_over_tls_for_a_page_of_the_server_and_for_no_other() throws Exception {
        try (TestServer server = start()) {
            URI address = URI.create(server.at("/v1/live").toString().replaceFirst("^https", "wss"));
            WebSocket open = client().newWebSocketBuilder()
                    .header("Origin", server.server.address().toString())
                    .buildAsync(address, new WebSocket.Listener() {})
                    .get(20, TimeUnit.SECONDS);
            assertThat(open.isInputClosed()).isFalse();
            open.abort();
            // The same host without TLS is another origin.
            String plain = server.server.address().toString().replaceFirst("^https", "http");
            assertThatThrownBy(() -> client().newWebSocketBuilder()
                            .header("Origin", plain)
                            .buildAsync(address, new WebSocket.Listener() {})
                            .get(20, TimeUnit.SECONDS))
                    .hasStackTraceContaining("WebSocketHandshakeException");
        }
    }

    @Test
    void what_comes_without_tls_is_told_so_and_reaches_no_route() throws Exception {
        try (TestServer server = TestServer.in(
                folder, options -> options.token("a-token-of-mine").tls(new Tls(store, PASSWORD)))) {
            for (String token : new String[] {"", "?token=a-token-of-mine"}) {
                Wire.Heard heard = Wire.send(
                        server.server, Wire.head("GET", "/healthz" + token, "Accept: text/html"), new byte[0]);
                assertThat(heard.status()).isEqualTo(400);
                JsonNode problem = Json.parse(heard.body().getBytes(StandardCharsets.UTF_8));
                assertThat(problem.path("detail").asText())
                        .isEqualTo("this port speaks TLS, and the request came without");
                assertThat(problem.path("remedy").asText()).isEqualTo("ask at https:// instead of http://");
                assertThat(heard.head()).doesNotContainIgnoringCase("set-cookie");
            }
            Wire.Heard socket = Wire.send(server.server, Wire.upgrade("/v1/live?token=a-token-of-mine"), new byte[0]);
            assertThat(socket.status()).isEqualTo(400);
            // Neither HTTP nor TLS.
            Wire.Heard noise = Wire.send(server.server, "\u0000\u0001\u0002nonsense\r\n\r\n", new byte[0]);
            assertThat(noise.status()).isIn(0, 400);
            assertThat(noise.leaks()).isFalse();
            assertThat(get(client(), server.at("/healthz?token=a-token-of-mine"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private void refused(Path file, String password, String words) {
        assertThatThrownBy(() -> TestServer.in(folder, options -> options.tls(new Tls(file, password))))
                .isInstanceOf(QuireException.class)
                .hasMessage(words.replace("FILE", file.toString()))
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(PASSWORD));
    }

    @Test
    void a_key_store_that_does_not_open_is_told_in_words() throws Exception {
        refused(
                keys.resolve("none.p12"),
                PASSWORD,
                "there is no key store FILE: correct its name, or make one: keytool -genkeypair -keyalg EC -storetype"
                        + " PKCS12 -keystore server.p12");
        String another = "the key store FILE does not open with the password that was given: correct it"
                + " (QUIRE_TLS_PASSWORD)";
        refused(store, "another", another);
        refused(store, "", another);
        Path text = Files.writeString(keys.resolve("text.p12"), "this is no key store");
        String none = "FILE is no PKCS12 key store: make one of key and certificates with openssl pkcs12 -export";
        refused(text, PASSWORD, none);
        refused(Files.write(keys.resolve("empty.p12"), new byte[0]), PASSWORD, none);
        refused(keys, PASSWORD, none);
        Path certificate = keys.resolve("only.p12");
        keytool(
                List.of("-exportcert", "-alias", "quire", "-keystore", store.toString(), "-storepass", PASSWORD),
                List.of("-file", keys.resolve("only.crt").toString()));
        keytool(
                List.of(
                        "-importcert",
                        "-noprompt",
                        "-alias",
                        "quire",
                        "-file",
                        keys.resolve("only.crt").toString()),
                List.of("-storetype", "PKCS12", "-keystore", certificate.toString(), "-storepass", PASSWORD));
        refused(
                certificate,
                PASSWORD,
                "the key store FILE holds certificates and no key: put the key in too, or name the file that has it");
        // The folder is free again for one that starts.
        try (TestServer server = start()) {
            assertThat(get(client(), server.at("/healthz")).statusCode()).isEqualTo(200);
        }
        assertThat(new Tls(store, PASSWORD).toString()).doesNotContain(PASSWORD);
    }

    @Test
    void a_client_counts_once_among_the_connections() throws Exception {
        try (TestServer server = TestServer.in(
                folder,
                options -> options.tls(new Tls(store, PASSWORD))
                        .limits(options.limits().connections(1)))) {
            assertThat(get(client(), server.at("/healthz")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_handshake_of_one_byte_a_second_is_cut_off() throws Exception {
        try (TestServer server = TestServer.in(
                        folder,
                        options -> options.tls(new Tls(store, PASSWORD))
                                .limits(options.limits().slow(1, 1000)));
                Socket socket = AccessTest.connect(server)) {
            // The beginning of a record that announces a greeting of 512 bytes, which never ends.
            byte[] greeting = new byte[517];
            System.arraycopy(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3}, 0, greeting, 0, 11);
            OutputStream out = socket.getOutputStream();
            long began = System.nanoTime();
            boolean isCut = false;
            for (int i = 0; i < 100 && !isCut; i++) {
                try {
                    out.write(greeting, i, 1);
                    out.flush();
                    Thread.sleep(200);
                } catch (IOException cut) {
                    isCut = true;
                }
            }
            assertThat(isCut).isTrue();
            assertThat((System.nanoTime() - began) * 1e-9).isLessThan(15);
            assertThat(get(client(), server.at("/healthz")).statusCode()).isEqualTo(200);
        }
    }
}
