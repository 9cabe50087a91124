package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.server.Wire.Heard;
import dev.quire.server.Wire.Served;
import dev.quire.server.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every route refuses. The routes are those of the router itself: one that is added later is asked too. */
class RouterRefusalTest {
    private static final byte[] EMPTY = {};
    private static final String JSON = "Content-Type: application/json";
    /** In the place of a name in a path. */
    private static final List<String> PATH_TRICKS = List.of(
            "../../etc/passwd",
            "%2e%2e/%2e%2e/etc/passwd",
            "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "..%5c..%5cetc%5cpasswd",
            "%252e%252e%252fetc%252fpasswd",
            "%2fetc%2fpasswd",
            "%3f/../etc/passwd",
            "%23/../etc/passwd",
            "#/../etc/passwd",
            "x%00.json",
            "..;/etc/passwd");
    /** In the place of a text in a body. */
    private static final List<String> NAME_TRICKS = List.of(
            "../../etc/passwd",
            "%2e%2e/%2e%2e/etc/passwd",
            "/etc/passwd",
            "?/../../etc/passwd",
            "#/../../etc/passwd",
            "..\\..\\etc\\passwd",
            "file:///etc/passwd",
            "http://169.254.169.254/latest/meta-data",
            "jdbc:h2:mem:x;INIT=RUNSCRIPT FROM 'http://169.254.169.254/x'");

    @TempDir
    Path folder;

    @Test
    void off_loopback_no_route_answers_without_the_token() throws IOException {
        try (TestServer server = TestServer.in(folder, options -> options.host("0.0.0.0"))) {
            Server bound = server.server;
            assertThat(bound.token())
                    .hasValueSatisfying(token -> assertThat(token).hasSize(48));
            List<Served> routes = Wire.routes(bound);
            assertThat(routes).hasSizeGreaterThan(30);
            Set<String> before = files();
            for (Served route : routes) {
                String path = route.with("digits");
                for (String[] lines : new String[][] {
                    {JSON}, {JSON, "Authorization: Bearer 0123456789abcdef"}, {JSON, "Cookie: quire-1=x"}
                }) {
                    Heard heard = Wire.send(bound, Wire.head(route.method(), path, lines), EMPTY);
                    assertThat(heard.status()).as("%s", route).isEqualTo(401);
                    assertThat(heard.leaks()).as("%s", heard).isFalse();
                    if (!route.method().equals("HEAD")) {
                        assertThat(heard.body())
                                .contains("and this server asks for one", "\"remedy\":\"send Authorization: Bearer");
                    }
                }
            }
            List<Served> sockets = Wire.sockets(bound);
            assertThat(sockets).hasSizeGreaterThan(2);
            for (Served socket : sockets) {
                Heard heard = Wire.send(bound, Wire.upgrade(socket.with("digits")), EMPTY);
                assertThat(heard.status()).as("%s", socket).isEqualTo(403);
                assertThat(heard.body()).contains("there is no token", "remedy");
            }
            assertThat(files()).isEqualTo(before);
        }
    }

    @Test
    void a_cookie_alone_changes_nothing_on_any_route() throws IOException {
        try (TestServer server = TestServer.in(folder, options -> options.token("a-token-of-mine"))) {
            int port = server.server.address().getPort();
            String cookie = "Cookie: quire-" + port + "=a-token-of-mine; quire-" + port + "-xsrf=abc";
            for (Served route : Wire.routes(server.server)) {
                if (route.method().equals("GET") || route.method().equals("HEAD")) {
                    continue;
                }
                String path = route.with("digits");
                Heard bare = Wire.send(server.server, Wire.head(route.method(), path, cookie, JSON), EMPTY);
                assertThat(bare.status()).as("%s", route).isEqualTo(403);
                assertThat(bare.body()).contains("without the header X-XSRF-Token", "remedy");
                Heard wrong = Wire.send(
                        server.server, Wire.head(route.method(), path, cookie, JSON, "X-XSRF-Token: abd"), EMPTY);
                assertThat(wrong.status()).as("%s", route).isEqualTo(403);
            }
        }
    }

    @Test
    void a_page_of_another_origin_reaches_no_route_that_changes_and_no_socket() throws IOException {
        try (TestServer server = TestServer.in(folder)) {
            for (Served route : Wire.routes(server.server)) {
                if (!route.method().equals("GET") && !route.method().equals("HEAD")) {
                    Heard heard = Wire.send(
                            server.server,
                            Wire.head(route.method(), route.with("digits"), "Origin: http://evil.example", JSON),
                            EMPTY);
                    assertThat(heard.status()).as("%s", route).isEqualTo(403);
                    assertThat(heard.isProblem()).as("%s", heard).isTrue();
                }
            }
            for (Served socket : Wire.sockets(server.server)) {
                Heard heard = Wire.send(
                        server.server, Wire.upgrade(socket.with("digits"), "Origin: http://evil.example"), EMPTY);
                assertThat(heard.status()).as("%s", socket).isEqualTo(403);
                assertThat(heard.body()).contains("a page of another origin");
            }
        }
    }

    @Test
    void a_path_in_the_place_of_a_name_is_refused_by_every_route() throws IOException {
        try (TestServer server = TestServer.in(folder)) {
            Set<String> before = files();
            SoftAssertions softly = new SoftAssertions();
            for (Served route : Wire.routes(server.server)) {
                for (String trick : route.isNamed() ? PATH_TRICKS : List.<String>of()) {
                    String head = Wire.head(route.method(), route.with(trick), JSON, "Content-Length: 2");
                    Heard heard = Wire.send(server.server, head, "{}".getBytes(StandardCharsets.UTF_8));
                    softly.assertThat(heard.status())
                            .as("%s %s %s", route.method(), route.with(trick), heard)
                            .isEqualTo(400);
                    softly.assertThat(heard.isProblem()).as("%s", heard).isTrue();
                    softly.assertThat(heard.leaks()).as("%s", heard).isFalse();
                }
            }
            for (Served socket : Wire.sockets(server.server)) {
                for (String trick : socket.isNamed() ? PATH_TRICKS : List.<String>of()) {
                    Heard heard = Wire.send(server.server, Wire.upgrade(socket.with(trick)), EMPTY);
                    softly.assertThat(heard.status()).as("%s %s", socket, trick).isEqualTo(400);
                }
            }
            softly.assertAll();
            assertThat(files()).isEqualTo(before);
        }
    }

    @Test
    void a_path_or_an_address_in_the_place_of_a_name_is_refused_in_every_field_of_every_body() {
        try (TestServer server = TestServer.in(folder)) {
            Set<String> before = files();
            SoftAssertions softly = new SoftAssertions();
            JsonNode paths = server.get("/openapi.json").json().path("paths");
            int[] asked = {0};
            paths.properties()
                    .forEach(path -> path.getValue().properties().forEach(operation -> {
                        JsonNode fields = operation
                                .getValue()
                                .path("requestBody")
                                .path("content")
                                .path("application/json")
                                .path("schema")
                                .path("properties");
                        fields.properties().forEach(field -> {
                            if (!field.getValue().path("type").asText().equals("string")) {
                                return;
                            }
                            for (String trick : NAME_TRICKS) {
                                asked[0]++;
                                String body = "{" + Json.text(field.getKey()) + ":" + Json.text(trick) + "}";
                                TestServer.Answer answer = server.ask(
                                        operation.getKey().toUpperCase(java.util.Locale.ROOT),
                                        path.getKey().replaceAll("\\{[^}]*\\}", "digits"),
                                        body.getBytes(StandardCharsets.UTF_8),
                                        "application/json");
                                softly.assertThat(answer.status())
                                        .as("%s %s %s", path.getKey(), body, answer.text())
                                        .isBetween(400, 422);
                                softly.assertThat(answer.text()).doesNotContain("root:x:", "\tat ", "Exception");
                            }
                        });
                    }));
            softly.assertAll();
            assertThat(asked[0]).isGreaterThan(50);
            assertThat(files()).isEqualTo(before);
        }
    }

    /** All files below the folder of the server but those of its store, by name and size. */
    private Set<String> files() {
        Set<String> out = new TreeSet<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : new ArrayList<>(all.toList())) {
                if (Files.isRegularFile(each) && !each.toString().contains(".db")) {
                    out.add(folder.relativize(each) + " " + Files.size(each));
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out;
    }
}
