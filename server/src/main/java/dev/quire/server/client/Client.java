package dev.quire.server.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.quire.QuireException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A client of a server. What the server refuses is a {@link QuireException} in its words.
 *
 * <p>Example: {@code Client.of(URI.create("http://127.0.0.1:8080"), Optional.empty()).get("/v1/jobs?num=5")}
 */
public final class Client {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI address;
    private final Optional<String> token;

    private Client(URI address, Optional<String> token) {
        this.address = address;
        this.token = token;
    }

    /**
     * A client of the server at an address.
     *
     * @param address such as {@code http://127.0.0.1:8080}; the link that the server prints will do, with its token
     * @param token that the server asks for, if it does; one in the address counts where it is empty
     * @throws QuireException when it is no address
     */
    public static Client of(URI address, Optional<String> token) {
        String scheme = String.valueOf(address.getScheme());
        if (address.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new QuireException("'" + address.toString().replaceAll("token=[^&]*", "token=...")
                    + "' is no address of a server: use one such as http://127.0.0.1:8080");
        }
        Optional<String> shown =
                token.or(() -> Stream.of(String.valueOf(address.getQuery()).split("&", -1))
                        .filter(each -> each.startsWith("token="))
                        .map(each -> each.substring("token=".length()))
                        .findFirst());
        return new Client(URI.create(scheme + "://" + address.getRawAuthority()), shown);
    }

    /** Where the server is. */
    public URI address() {
        return address;
    }

    /**
     * What a route answers.
     *
     * @param path such as {@code /v1/jobs?num=5}
     */
    public JsonNode get(String path) {
        return answer(request(path).GET());
    }

    /** What a route answers to a body. */
    public JsonNode post(String path, JsonNode body) {
        return answer(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** Asks a route to delete something. */
    public void delete(String path) {
        answer(request(path).DELETE());
    }

    /**
     * Takes messages of a WebSocket until it is closed.
     *
     * @param path such as {@code /v1/live}
     * @param each is given every message, one after the other
     * @return is complete when the server has closed it, or it broke; cancelling closes it
     */
    public CompletableFuture<Void> follow(String path, Consumer<JsonNode> each) {
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(CONNECT);
        token.ifPresent(shown -> builder.header("Authorization", "Bearer " + shown));
        URI socket = URI.create(address.toString().replaceFirst("^http", "ws") + path);
        Following following = new Following(each);
        WebSocket open;
        try {
            open = builder.buildAsync(socket, following).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                throw new QuireException("the server refuses " + path + " with status "
                        + refused.getResponse().statusCode() + ": check the address and the token");
            }
            throw unreachable(e);
        }
        CompletableFuture<Void> unused = following.ended.whenComplete((done, failure) -> open.abort());
        return following.ended;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder out =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(ANSWER);
        token.ifPresent(shown -> out.header("Authorization", "Bearer " + shown));
        return out;
    }

    private JsonNode answer(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            JsonNode json = answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
            if (answer.statusCode() >= 400) {
                throw new QuireException("the server answers " + answer.statusCode() + ": "
                        + json.path("detail").asText() + ": "
                        + json.path("remedy").asText());
            }
            return json;
        } catch (JsonProcessingException e) {
            throw new QuireException("what answers at " + address + " is no Quire server: check the address", e);
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QuireException("interrupted while the server was asked", e);
        }
    }

    private Unreachable unreachable(Exception because) {
        return new Unreachable(
                "no server answers at " + address + ": start one with ./quire serve, or correct the address", because);
    }

    private static final class Following implements WebSocket.Listener {
        private final Consumer<JsonNode> each;
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();

        Following(Consumer<JsonNode> each) {
            this.each = each;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try {
                    each.accept(JSON.readTree(text.toString()));
                } catch (JsonProcessingException e) {
                    ended.completeExceptionally(e);
                }
                text.setLength(0);
            }
            socket.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            ended.complete(null);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            ended.complete(null);
        }
    }
}
