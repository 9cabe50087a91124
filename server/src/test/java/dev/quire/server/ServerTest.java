package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.QuireException;
import io.javalin.router.ParsedEndpoint;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
    @TempDir
    Path folder;

    @Test
    void it_tells_that_it_is_alive_and_ready() {
        try (TestServer server = TestServer.in(folder)) {
            assertThat(server.get("/healthz").text()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(server.get("/readyz").status()).isEqualTo(200);
        }
    }

    @Test
    void its_figures_are_for_prometheus() {
        try (TestServer server = TestServer.in(folder)) {
            TestServer.Answer answer = server.get("/metrics");
            assertThat(answer.type()).isEqualTo("text/plain");
            assertThat(answer.text()).contains("# TYPE jvm_threads_current gauge");
        }
    }

    @Test
    void the_document_names_the_routes_of_the_router_and_no_others() {
        try (TestServer server = TestServer.in(folder)) {
            Set<String> served = new TreeSet<>();
            for (ParsedEndpoint each :
                    server.server.router().unsafe.internalRouter.allHttpHandlers()) {
                String method = each.endpoint.method.name();
                if (!method.startsWith("BEFORE") && !method.startsWith("AFTER")) {
                    served.add(
                            method + " " + each.endpoint.path.replace('<', '{').replace('>', '}'));
                }
            }
            Set<String> told = new TreeSet<>();
            server.get("/openapi.json")
                    .json()
                    .path("paths")
                    .properties()
                    .forEach(path -> path.getValue()
                            .fieldNames()
                            .forEachRemaining(method ->
                                    told.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
            assertThat(told).isEqualTo(served).hasSizeGreaterThan(5);
        }
    }

    @Test
    void there_is_a_page_to_try_the_routes_that_loads_nothing_from_elsewhere() {
        try (TestServer server = TestServer.in(folder)) {
            String page = server.get("/docs").text();
            assertThat(page).contains("docs/swagger-ui-bundle.js").doesNotContain("http");
            assertThat(server.get("/docs/swagger-ui-bundle.js").bytes()).hasSizeGreaterThan(1_000_000);
            assertThat(server.get("/docs/swagger-ui.css").type()).isEqualTo("text/css");
            assertThat(server.get("/docs/none.js").problem()).isEqualTo("404 the page has no such part | see /docs");
        }
    }

    @Test
    void an_address_that_is_none_is_a_problem() {
        try (TestServer server = TestServer.in(folder)) {
            assertThat(server.get("/nowhere").problem())
                    .isEqualTo("404 there is nothing at this address | see /docs for what there is");
            assertThat(server.delete("/healthz").problem()).startsWith("405 this address does not take this method");
        }
    }

    @Test
    void a_port_that_is_taken_is_an_error_with_a_remedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> Server.start(ServerOptions.in(folder).port(port)))
                    .isInstanceOf(QuireException.class)
                    .hasMessage("port " + port + " of 127.0.0.1 is taken or not allowed: stop what uses it, or choose"
                            + " another, as port(0), which takes any that is free");
        }
    }

    @Test
    void a_server_that_was_stopped_answers_no_more_and_leaves_its_port() throws Exception {
        TestServer server = TestServer.in(folder);
        int port = server.server.address().getPort();
        server.close();
        server.close();
        try (ServerSocket free = new ServerSocket(port)) {
            assertThat(free.isBound()).isTrue();
        }
    }
}
