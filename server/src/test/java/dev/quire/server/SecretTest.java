package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.server.client.Client;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the token is not to be found. */
class SecretTest {
    private static final String TOKEN = "a-token-of-mine";

    @TempDir
    Path folder;

    @Test
    void no_log_no_answer_and_no_file_holds_the_token() throws Exception {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream error = System.err;
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try (TestServer server = TestServer.in(folder, options -> options.token(TOKEN))) {
            for (String head : List.of(
                    Wire.head("GET", "/healthz?token=" + TOKEN),
                    Wire.head("GET", "/nowhere?token=" + TOKEN),
                    Wire.head("GET", "/v1/runs/none?token=" + TOKEN),
                    Wire.head("GET", "/docs/%2e%2e/x?token=" + TOKEN),
                    Wire.head("POST", "/v1/jobs?token=" + TOKEN, "Content-Type: application/json"),
                    Wire.head("GET", "/healthz?token=" + TOKEN + "&x=%zz"),
                    Wire.head("GET", "/healthz?token=" + TOKEN, "Bad header"),
                    Wire.head("GET", "/healthz?token=" + TOKEN, "Host: two"),
                    Wire.head("GET", "/healthz", "Authorization: Bearer " + TOKEN),
                    Wire.head("GET", "/healthz", "Authorization: Basic " + TOKEN),
                    Wire.upgrade("/v1/jobs/none/live?token=" + TOKEN))) {
                Wire.Heard heard = Wire.send(server.server, head, new byte[0]);
                assertThat(heard.head() + heard.body()).as(head).doesNotContain(TOKEN);
            }
            // A fault of the server's own is logged, without what the address carried.
            server.server.parts().store().close();
            Wire.Heard failed = Wire.send(server.server, Wire.head("GET", "/v1/jobs?token=" + TOKEN), new byte[0]);
            assertThat(failed.status()).isEqualTo(500);
            assertThat(failed.leaks()).isFalse();
        } finally {
            System.setOut(out);
            System.setErr(error);
        }
        String logged = said.toString(StandardCharsets.UTF_8);
        assertThat(logged).contains("GET /v1/jobs failed").doesNotContain(TOKEN);
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(TOKEN);
            }
        }
    }

    @Test
    void a_client_takes_the_token_from_any_link_and_shows_it_in_no_message() throws IOException {
        try (TestServer server = TestServer.in(folder, options -> options.token(TOKEN))) {
            URI page = server.server.address().resolve("/app/runs?run=mine&token=" + TOKEN);
            assertThat(Client.of(page, Optional.empty()).get("/v1/jobs")).isEmpty();
            assertThatThrownBy(
                            () -> Client.of(page, Optional.of("another-token")).get("/v1/jobs"))
                    .isInstanceOf(QuireException.class)
                    .hasMessageStartingWith("the server answers 401: the token is another")
                    .hasMessageNotContaining(TOKEN);
        }
        Client gone = Client.of(URI.create("http://127.0.0.1:1/?token=" + TOKEN), Optional.empty());
        assertThatThrownBy(() -> gone.get("/v1/jobs"))
                .isInstanceOf(QuireException.class)
                .hasMessage("no server answers at http://127.0.0.1:1: start one with ./quire serve, or correct the"
                        + " address");
        assertThatThrownBy(() -> gone.follow("/v1/live", message -> {}))
                .isInstanceOf(QuireException.class)
                .hasMessageNotContaining(TOKEN);
        assertThatThrownBy(() -> Client.of(URI.create("ftp://x/?a=b&token=" + TOKEN), Optional.empty()))
                .hasMessage("'ftp://x/?a=b&token=...' is no address of a server: use one such as"
                        + " http://127.0.0.1:8080");
        assertThat(ServerOptions.in(folder).token(TOKEN).toString()).doesNotContain(TOKEN);
    }
}
