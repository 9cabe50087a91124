package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Off loopback nothing is answered without the token. */
class TokenTest {
    @TempDir
    Path folder;

    @Test
    void off_loopback_a_token_is_made_and_every_route_of_the_router_asks_for_it() throws Exception {
        try (TestServer server = TestServer.in(folder, options -> options.host("0.0.0.0"))) {
            String token = server.server.token().orElseThrow();
            assertThat(token).hasSize(48);
            assertThat(server.server.link().toString()).endsWith("/?token=" + token);
            List<Wire.Served> routes = Wire.routes(server.server);
            assertThat(routes).hasSizeGreaterThan(20);
            for (Wire.Served each : routes) {
                String path = each.path().replaceAll("[{<]\\w+[}>]", "x");
                String method = each.method();
                assertThat(AccessTest.raw(server, method + " " + path + " HTTP/1.1\r\nHost: 10.0.0.1\r\n"))
                        .as(method + " " + path)
                        .startsWith("HTTP/1.1 401")
                        .contains("there is no token, and this server asks for one")
                        .contains("WWW-Authenticate: Bearer");
            }
            server.server.router().unsafe.internalRouter.allWsHandlers();
            assertThat(AccessTest.raw(
                            server,
                            "GET /v1/live HTTP/1.1\r\nHost: 10.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(AccessTest.raw(server, "GET /nowhere HTTP/1.1\r\nHost: 10.0.0.1\r\n"))
                    .startsWith("HTTP/1.1 401");
        }
    }

    @Test
    void the_token_is_shown_in_a_header_in_the_address_or_by_a_cookie() throws Exception {
        try (TestServer server = TestServer.in(folder, options -> options.token("a-token-of-mine"))) {
            assertThat(server.ask("GET", "/healthz", null, "", "Authorization", "Bearer a-token-of-mine")
                            .status())
                    .isEqualTo(200);
            assertThat(server.get("/healthz?token=a-token-of-mine").status()).isEqualTo(200);
            assertThat(server.get("/healthz?token=another-token").problem())
                    .startsWith("401 the token is another, and this server asks for one | send Authorization: Bearer");
            TestServer.Answer page = server.ask("GET", "/docs?token=a-token-of-mine", null, "", "Accept", "text/html");
            List<String> cookies = page.raw().headers().allValues("set-cookie");
            assertThat(cookies).hasSize(2);
            assertThat(cookies.get(0)).contains("HttpOnly", "SameSite=Strict");
            String shown = cookies.stream()
                    .map(each -> each.replaceAll(";.*", ""))
                    .reduce((a, b) -> a + "; " + b)
                    .orElseThrow();
            assertThat(server.ask("GET", "/healthz", null, "", "Cookie", shown).status())
                    .isEqualTo(200);
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            assertThat(server.ask("POST", "/v1/jobs", body, "application/json", "Cookie", shown)
                            .problem())
                    .startsWith("403 the request shows its token by a cookie, without the header X-XSRF-Token");
            String xsrf = shown.replaceAll(".*-xsrf=", "");
            assertThat(server.ask("POST", "/v1/jobs", body, "application/json", "Cookie", shown, "X-XSRF-Token", xsrf)
                            .problem())
                    .startsWith("400 there is no network");
            assertThat(server.post("/v1/jobs", "{}").problem()).startsWith("401 there is no token");
        }
    }
}
