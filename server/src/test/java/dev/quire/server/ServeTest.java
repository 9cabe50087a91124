package dev.quire.server;

import static dev.quire.server.Serve.port;
import static dev.quire.server.Serve.serve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import dev.quire.run.Run;
import dev.quire.view.Display;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {
    @TempDir
    Path folder;

    @Test
    void serving_again_replaces_the_server_before() throws Exception {
        ServeOption here = options ->
                ServerOptions.in(folder.resolve("server")).port(options.port()).runs(folder.resolve("runs"));
        Server first = serve(port(0), here);
        int taken = first.address().getPort();
        assertThat(status(first.address())).isEqualTo(200);
        Server second = serve(port(taken), here);
        assertThat(second.address()).isEqualTo(first.address());
        assertThat(status(second.address())).isEqualTo(200);
        assertThat(second).hasToString("serving at " + second.address() + "; server.stop() ends it");
        assertThat(second.display().data().get(Display.HTML)).contains("<a href=\"http://127.0.0.1:" + taken + "\"");
        second.stop();
        assertThatThrownBy(() -> status(second.address())).isInstanceOf(java.net.ConnectException.class);
    }

    @Test
    void the_address_of_a_run_that_is_served_is_its_page() throws Exception {
        Run run = Trained.digits();
        Server server = serve(
                run,
                port(0),
                options -> ServerOptions.in(folder.resolve("server")).port(options.port()));
        assertThat(server.link()).hasToString(server.address() + "/app/runs?run=" + run.name());
        HttpResponse<String> page = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(server.link()).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Quire");
        server.stop();
    }

    @Test
    void a_folder_has_one_server_at_a_time() {
        try (TestServer server = TestServer.in(folder)) {
            assertThatThrownBy(() -> TestServer.in(folder))
                    .isInstanceOf(QuireException.class)
                    .hasMessage("another server works in " + folder.resolve("server")
                            + ": stop that one, or give this one a folder of its own");
            assertThat(server.get("/healthz").status()).isEqualTo(200);
        }
    }

    private static int status(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address.resolve("/healthz")).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
