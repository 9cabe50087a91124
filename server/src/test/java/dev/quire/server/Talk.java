package dev.quire.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.server.http.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A conversation over a WebSocket, as a client leads it. */
final class Talk implements WebSocket.Listener, AutoCloseable {
    private final LinkedBlockingQueue<JsonNode> told = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    /** The status and the reason that the server closed it with. */
    final CompletableFuture<String> closed = new CompletableFuture<>();

    private final WebSocket socket;

    Talk(TestServer server, String path) {
        URI address = URI.create(server.at(path).toString().replaceFirst("^http", "ws"));
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, this)
                .join();
    }

    Talk say(String json) {
        socket.sendText(json, true).join();
        return this;
    }

    /** All messages up to one of these types, which is the last. */
    List<JsonNode> until(String... types) throws InterruptedException {
        List<JsonNode> out = new ArrayList<>();
        while (true) {
            JsonNode next = told.poll(60, TimeUnit.SECONDS);
            assertThat(next)
                    .as("none of " + Arrays.toString(types) + " after " + out)
                    .isNotNull();
            out.add(next);
            if (List.of(types).contains(next.path("type").asText())) {
                return out;
            }
        }
    }

    /** The next of this type. */
    JsonNode next(String type) throws InterruptedException {
        List<JsonNode> all = until(type);
        return all.get(all.size() - 1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            told.add(Json.parse(text.toString().getBytes(StandardCharsets.UTF_8)));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    boolean isOpen() {
        return !socket.isInputClosed();
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed.complete(status + " " + reason);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
