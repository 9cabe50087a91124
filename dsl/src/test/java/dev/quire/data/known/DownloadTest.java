package dev.quire.data.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.quire.QuireException;
import dev.quire.data.DataFolders;
import dev.quire.data.Fingerprint;
import dev.quire.data.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest {
    private static final byte[] CONTENT = content();

    @TempDir
    Path cache;

    private HttpServer server;
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    private static byte[] content() {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] good = gzip(CONTENT);
        route("/good", exchange -> send(exchange, good, good.length));
        route("/cut", exchange -> send(exchange, good, requests.size() <= 2 ? 100_000 : good.length));
        route("/dead", exchange -> send(exchange, good, 0));
        route("/other", exchange -> send(exchange, gzip(new byte[300_000]), Integer.MAX_VALUE));
        route("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = new byte[1 << 16];
            for (int i = 0; i < 1000; i++) {
                exchange.getResponseBody().write(block);
            }
        });
        route("/bomb", exchange -> send(exchange, gzip(new byte[50_000_000]), Integer.MAX_VALUE));
        route("/moved", exchange -> move(exchange, "/good"));
        route("/round", exchange -> move(exchange, "/round"));
        route("/file", exchange -> move(exchange, "file:///etc/passwd"));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private void route(String path, Answer answer) {
        server.createContext(path, exchange -> {
            requests.add(path + " " + exchange.getRequestHeaders().getFirst("Range"));
            try (exchange) {
                answer.to(exchange);
            }
        });
    }

    private static void move(HttpExchange exchange, String to) throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(302, -1);
    }

    /** Sends the range asked for, but at most so many bytes of the length promised. */
    private static void send(HttpExchange exchange, byte[] all, int most) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (from >= all.length) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (all.length - 1) + "/" + all.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, all.length - from);
        OutputStream body = exchange.getResponseBody();
        body.write(all, from, Math.min(most, all.length - from));
        body.flush();
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private Manifest.Resource resource(String... paths) {
        String hash = Fingerprint.hex(Fingerprint.sha256().digest(CONTENT));
        return new Manifest.Resource(
                "data.gz",
                Stream.of(paths).map(this::at).toList(),
                List.of(new Manifest.Content("data", CONTENT.length, hash)));
    }

    private byte[] fetch(Manifest.Resource resource, Progress progress) {
        Manifest manifest;
        try {
            manifest = new ObjectMapper()
                    .readValue("{\"name\": \"numbers\", \"format\": \"TEXT\", \"type\": \"UINT8\"}", Manifest.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        byte[][] out = new byte[1][];
        new Fetcher(manifest, new DataFolders(Optional.of(cache.resolve("own")), cache), progress)
                .read(resource, (name, bytes) -> out[0] = bytes);
        return out[0];
    }

    private void fetched(String... paths) {
        assertThat(fetch(resource(paths), Progress.silent())).isEqualTo(CONTENT);
        assertThat(cache.resolve("datasets/numbers/data.gz")).exists();
        assertThat(leftovers()).isEmpty();
    }

    private List<String> leftovers() {
        try (Stream<Path> files = Files.list(cache.resolve("datasets/numbers"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".part"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void refused(String path, String... words) {
        assertThatThrownBy(() -> fetch(resource(path), Progress.silent()))
                .isInstanceOf(QuireException.class)
                .hasMessageContainingAll(
                        "numbers is not on this machine: there is no data.gz in " + cache.resolve("own/numbers"),
                        "nor in " + cache.resolve("datasets/numbers"),
                        at(path).toString(),
                        "Connect to the network, or put the file there (QUIRE_DATASETS names a folder")
                .hasMessageContainingAll(words);
        assertThat(cache.resolve("datasets/numbers/data.gz")).doesNotExist();
    }

    @Test
    void a_file_is_downloaded_once() {
        List<Long> told = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void update(String what, long done, long total, Unit unit) {
                assertThat(what).isEqualTo("numbers: data.gz");
                assertThat(total).isEqualTo(gzip(CONTENT).length);
                told.add(done);
            }

            @Override
            public void close() {
                told.add(-1L);
            }
        };
        assertThat(fetch(resource("/good"), progress)).isEqualTo(CONTENT);
        assertThat(told).hasSizeGreaterThan(3).endsWith((long) gzip(CONTENT).length, -1L);
        fetched("/good");
        assertThat(requests).containsExactly("/good null");
    }

    @Test
    void a_cut_connection_is_resumed_where_it_broke_off() {
        fetched("/cut");
        assertThat(requests).containsExactly("/cut null", "/cut bytes=100000-", "/cut bytes=200000-");
    }

    @Test
    void the_next_mirror_is_tried() {
        fetched("/missing", "/dead", "/other", "/good");
        assertThat(requests).endsWith("/good null");
    }

    @Test
    void a_part_of_something_else_is_thrown_away_and_fetched_anew() throws IOException {
        Path folder = Files.createDirectories(cache.resolve("datasets/numbers"));
        String mark = Fingerprint.hex(
                        Fingerprint.sha256().digest(at("/good").toString().getBytes(StandardCharsets.UTF_8)))
                .substring(0, 8);
        Path part = folder.resolve("data.gz." + mark + ".part");
        Files.write(part, Arrays.copyOf(new byte[] {0x1f, (byte) 0x8b, 8}, 1000));
        fetched("/good");
        assertThat(requests).containsExactly("/good bytes=1000-", "/good null");
        Files.delete(folder.resolve("data.gz"));
        Files.write(part, new byte[400_000]);
        fetched("/good");
        assertThat(requests).endsWith("/good bytes=400000-", "/good null");
    }

    @Test
    void another_hash_is_refused_with_both_and_the_file_is_not_kept() {
        refused(
                "/other",
                "the SHA-256 of data, decompressed, is "
                        + Fingerprint.hex(Fingerprint.sha256().digest(new byte[300_000])),
                "expected " + Fingerprint.hex(Fingerprint.sha256().digest(CONTENT)));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void an_answer_that_is_no_file_is_named() {
        refused("/missing", "HTTP 404");
        refused("/round", "more than 5 redirects");
        refused("/file", "the address file:///etc/passwd is not one of http or https");
    }

    @Test
    void a_server_that_cuts_every_time_is_named_and_what_came_is_kept() {
        refused("/dead", "the connection was cut");
    }

    @Test
    void redirects_are_followed() {
        fetched("/moved");
        assertThat(requests).containsExactly("/moved null", "/good null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:PORT/good",
                "http://localhost:PORT/good",
                "http://169.254.169.254/latest/meta-data",
                "http://10.0.0.1/",
                "http://172.16.0.1/",
                "http://192.168.1.1/",
                "http://100.64.0.1/",
                "http://0.0.0.0:PORT/good",
                "http://224.0.0.1/",
                "http://[::1]:PORT/good",
                "http://[::ffff:127.0.0.1]:PORT/good",
                "http://[fd00::1]/",
                "http://[fe80::1]/"
            })
    void a_redirect_into_a_private_network_is_not_followed(String address) {
        String inside = address.replace("PORT", "" + server.getAddress().getPort());
        route("/inside", exchange -> move(exchange, inside));
        // Through a proxy, so that the first address is none of this machine.
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", "" + server.getAddress().getPort());
        try {
            Manifest.Resource outside = new Manifest.Resource(
                    "data.gz",
                    List.of(URI.create("http://quire.invalid/inside")),
                    resource().contents());
            assertThatThrownBy(() -> fetch(outside, Progress.silent()))
                    .isInstanceOf(QuireException.class)
                    .hasMessageContaining("http://quire.invalid/inside: it redirects to " + inside
                            + ", which is in a private network")
                    .hasMessageContaining("put the file there");
        } finally {
            System.clearProperty("http.proxyHost");
            System.clearProperty("http.proxyPort");
        }
        assertThat(requests).containsExactly("/inside null");
    }

    @Test
    void more_than_the_file_can_have_is_not_read() {
        refused("/endless", "more than 1,378,576 bytes: it is not the file expected");
        refused("/bomb", "more than 300,000 bytes");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void without_a_network_the_message_says_where_it_looked() {
        Manifest.Resource nowhere = new Manifest.Resource(
                "data.gz",
                List.of(URI.create("http://quire.invalid/data.gz")),
                resource().contents());
        assertThatThrownBy(() -> fetch(nowhere, Progress.silent()))
                .isInstanceOf(QuireException.class)
                .hasMessageContaining("http://quire.invalid/data.gz: the host is not known, or there is no network");
    }

    @Test
    void a_damaged_file_of_the_cache_is_fetched_anew_and_one_of_the_user_is_not_touched() throws IOException {
        Path cached = Files.createDirectories(cache.resolve("datasets/numbers")).resolve("data.gz");
        Files.write(cached, Arrays.copyOf(gzip(CONTENT), 1000));
        fetched("/good");
        Path own = Files.createDirectories(cache.resolve("own/numbers")).resolve("data");
        Files.write(own, CONTENT);
        assertThat(fetch(resource("/missing"), Progress.silent())).isEqualTo(CONTENT);
        Files.write(own, new byte[10]);
        assertThatThrownBy(() -> fetch(resource("/good"), Progress.silent()))
                .isInstanceOf(QuireException.class)
                .hasMessageStartingWith(own + " is not the published file: the SHA-256 of data, decompressed, is ")
                .hasMessageEndingWith(": replace it, or take it away");
        assertThat(own).exists();
    }
}
