package dev.quire.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The OpenAPI document of some groups of routes. */
public final class OpenApi {
    private static final Pattern PATH_PARAMETER = Pattern.compile("[{<](\\w+)[}>]");
    private static final String PROBLEM = "#/components/schemas/Problem";

    private OpenApi() {}

    /** The document, of OpenAPI 3.0. WebSockets, for which OpenAPI has no word, stand under {@code x-websockets}. */
    public static ObjectNode document(List<Routes> groups, String version) {
        ObjectNode out = Json.MAPPER.createObjectNode().put("openapi", "3.0.3");
        out.putObject("info").put("title", "Quire").put("version", version);
        ArrayNode tags = out.putArray("tags");
        ObjectNode paths = out.putObject("paths");
        ObjectNode sockets = out.putObject("x-websockets");
        groups.stream()
                .map(Routes::group)
                .distinct()
                .forEach(name -> tags.addObject().put("name", name));
        for (Routes group : groups) {
            group.routes()
                    .forEach(route -> paths.withObjectProperty(path(route.path()))
                            .set(route.method().name().toLowerCase(Locale.ROOT), operation(route, group.group())));
            group.sockets().forEach(socket -> sockets.put(socket.path(), socket.summary()));
        }
        problem(out.putObject("components").putObject("schemas").putObject("Problem"));
        return out;
    }

    /** As OpenAPI writes it: also a parameter that spans slashes stands in braces. */
    private static String path(String path) {
        return path.replace('<', '{').replace('>', '}');
    }

    private static ObjectNode operation(Route route, String tag) {
        ObjectNode out = Json.MAPPER.createObjectNode();
        out.putArray("tags").add(tag);
        out.put("summary", route.summary());
        out.put(
                "operationId",
                (route.method().name().toLowerCase(Locale.ROOT) + route.path()).replaceAll("[^A-Za-z0-9]+", "_"));
        parameters(route, out);
        if (!route.bodies().isEmpty()) {
            ObjectNode body = out.putObject("requestBody").put("required", true);
            ObjectNode content = body.putObject("content");
            route.bodies()
                    .forEach(schema -> content.putObject(schema.mediaType()).set("schema", schema.tree()));
        }
        ObjectNode responses = out.putObject("responses");
        for (Route.Answer answer : route.answers()) {
            ObjectNode response = responses.putObject(answer.status() + "").put("description", "As asked");
            answer.bodies()
                    .forEach(schema -> response.withObjectProperty("content")
                            .putObject(schema.mediaType())
                            .set("schema", schema.tree()));
        }
        responses
                .putObject("default")
                .put("description", "What is wrong, and what to do")
                .putObject("content")
                .putObject(Problem.MEDIA_TYPE)
                .putObject("schema")
                .put("$ref", PROBLEM);
        return out;
    }

    private static void parameters(Route route, ObjectNode out) {
        Matcher names = PATH_PARAMETER.matcher(route.path());
        while (names.find()) {
            ObjectNode parameter = out.withArray("parameters").addObject();
            parameter.put("name", names.group(1)).put("in", "path").put("required", true);
            parameter.putObject("schema").put("type", "string");
        }
        for (Route.Parameter each : route.parameters()) {
            ObjectNode parameter = out.withArray("parameters").addObject();
            parameter.put("name", each.name()).put("in", "query").put("description", each.says());
            parameter.putObject("schema").put("type", each.kind().name().toLowerCase(Locale.ROOT));
        }
    }

    private static void problem(ObjectNode out) {
        out.put("type", "object");
        ObjectNode properties = out.putObject("properties");
        for (String text : List.of("type", "title", "detail", "remedy")) {
            properties.putObject(text).put("type", "string");
        }
        properties.putObject("status").put("type", "integer");
        properties.putObject("problems").put("type", "array").putObject("items").put("type", "string");
        List.of("type", "title", "status", "detail", "remedy").forEach(out.putArray("required")::add);
    }
}
