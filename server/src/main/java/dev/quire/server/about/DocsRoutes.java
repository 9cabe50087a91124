package dev.quire.server.about;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Route;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Schema;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Supplier;

/** The OpenAPI document, and a page to try it: Swagger UI, which is packed with the server and needs no network. */
public final class DocsRoutes implements Routes {
    private static final String POM = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final Map<String, String> TYPES = Map.of(
            "swagger-ui.css", "text/css",
            "swagger-ui-bundle.js", "text/javascript",
            "favicon-32x32.png", "image/png");
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Quire: routes</title>
            <link rel="stylesheet" href="docs/swagger-ui.css">
            <link rel="icon" href="docs/favicon-32x32.png">
            <div id="routes"></div>
            <script src="docs/swagger-ui-bundle.js"></script>
            <script src="docs/start.js"></script>
            </html>
            """;
    private static final String START = """
            SwaggerUIBundle({url: "openapi.json", dom_id: "#routes", validatorUrl: null, tryItOutEnabled: true,
                requestInterceptor: request => {
                    const shown = document.cookie.split("; ").find(each => /^quire-\\d+-xsrf=/.test(each));
                    if (shown) request.headers["X-XSRF-Token"] = shown.slice(shown.indexOf("=") + 1);
                    return request;
                }});
            """;

    private final Supplier<ObjectNode> document;

    /**
     * @param document of all groups
     */
    public DocsRoutes(Supplier<ObjectNode> document) {
        this.document = document;
    }

    @Override
    public String group() {
        return "server";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/openapi.json", "All routes, as an OpenAPI document")
                        .answers(200, Schema.object())
                        .by(context -> context.json(document.get())),
                Route.get("/docs", "A page to try the routes")
                        .answers(200, Schema.text("text/html"))
                        .by(context -> context.html(PAGE)),
                Route.get("/docs/{file}", "A part of that page")
                        .answers(
                                200, Schema.text("text/css"), Schema.text("text/javascript"), Schema.bytes("image/png"))
                        .by(DocsRoutes::part));
    }

    private static void part(Context context) throws IOException {
        String file = context.pathParam("file");
        if (file.equals("start.js")) {
            context.contentType("text/javascript").result(START);
            return;
        }
        String type = TYPES.get(file);
        if (type == null) {
            throw Problem.missing("the page has no such part", "see /docs");
        }
        try (InputStream in = DocsRoutes.class.getResourceAsStream(
                "/META-INF/resources/webjars/swagger-ui/" + version() + "/" + file)) {
            context.contentType(type).result(Objects.requireNonNull(in).readAllBytes());
        }
    }

    /** Of Swagger UI, which stands in the paths of its files. */
    private static String version() throws IOException {
        Properties known = new Properties();
        try (InputStream in = DocsRoutes.class.getResourceAsStream(POM)) {
            known.load(Objects.requireNonNull(in));
        }
        return known.getProperty("version");
    }
}
