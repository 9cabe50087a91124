package dev.quire.server;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import dev.quire.server.http.Json;
import dev.quire.server.http.OpenApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** A server of a test, and a client whose every answer is held against the OpenAPI document. */
final class TestServer implements AutoCloseable {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Map<String, OpenApiInteractionValidator> VALIDATORS = new ConcurrentHashMap<>();

    /** An answer. */
    record Answer(int status, String type, byte[] bytes, HttpResponse<byte[]> raw) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Json.parse(bytes);
        }

        /** What a problem says: {@code 404 what is wrong | what to do}. */
        String problem() {
            if (!type.equals("application/problem+json")) {
                throw new AssertionError("no problem but " + status + " " + type + ": " + text());
            }
            return json().path("status").asInt() + " " + json().path("detail").asText() + " | "
                    + json().path("remedy").asText();
        }
    }

    final Server server;
    private final OpenApiInteractionValidator validator;

    private TestServer(Server server) {
        this.server = server;
        this.validator = VALIDATORS.computeIfAbsent(
                Json.text(OpenApi.document(server.groups(), "1")),
                text -> OpenApiInteractionValidator.createForInlineApiSpecification(text)
                        .build());
    }

    static TestServer in(Path folder) {
        return in(folder, options -> options);
    }

    static TestServer in(Path folder, UnaryOperator<ServerOptions> change) {
        ServerOptions options =
                ServerOptions.in(folder.resolve("server")).port(0).runs(folder.resolve("runs"));
        return new TestServer(Server.start(change.apply(options)));
    }

    URI at(String path) {
        return URI.create(server.address() + path);
    }

    Answer get(String path) {
        return ask("GET", path, null, "");
    }

    Answer delete(String path) {
        return ask("DELETE", path, null, "");
    }

    Answer post(String path, String json) {
        return ask("POST", path, json.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    Answer put(String path, String json) {
        return ask("PUT", path, json.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    /**
     * @param body null for none
     * @param headers names and values in turn
     */
    Answer ask(String method, String path, byte[] body, String type, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return validated(method, path, send(request.build()));
    }

    private static Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> raw = HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
            String type = raw.headers().firstValue("content-type").orElse("");
            return new Answer(raw.statusCode(), type.replaceAll(";.*", ""), raw.body(), raw);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** No test passes with an answer that the document does not tell of. */
    private Answer validated(String method, String path, Answer answer) {
        SimpleResponse.Builder response =
                SimpleResponse.Builder.status(answer.status()).withContentType(answer.type());
        if (answer.bytes().length > 0) {
            response.withBody(answer.type().endsWith("json") ? answer.text() : "bytes");
        }
        ValidationReport report =
                validator.validateResponse(path.replaceAll("\\?.*", ""), Method.valueOf(method), response.build());
        List<String> faults = report.getMessages().stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .filter(message -> !isOfNoRoute(message.getKey(), answer))
                .map(message -> message.getKey() + " " + message.getMessage())
                .toList();
        if (!faults.isEmpty()) {
            throw new AssertionError(method + " " + path + " answered " + answer.status() + " " + answer.text()
                    + ", which /openapi.json does not tell of: " + faults);
        }
        return answer;
    }

    /** Where there is no route, a problem is all that may come. */
    private static boolean isOfNoRoute(String key, Answer answer) {
        return (key.equals("validation.request.path.missing") || key.equals("validation.request.operation.notAllowed"))
                && answer.status() >= 400
                && answer.type().equals("application/problem+json");
    }

    @Override
    public void close() {
        server.stop();
    }
}
