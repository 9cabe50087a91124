package dev.quire.server;

import dev.quire.QuireException;
import dev.quire.server.guard.Access;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Token;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Html;
import io.javalin.Javalin;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Jobs, runs and models over HTTP and WebSocket. It is bound to this machine unless said otherwise; on any other address
 * it asks for a token.
 */
public final class Server implements AutoCloseable, Displayable {
    static {
        quiet("org.eclipse.jetty", "io.javalin", "org.flywaydb", "com.zaxxer.hikari");
    }

    private final ServerOptions options;
    private final Optional<String> run;
    private final Parts parts;
    private final List<Routes> groups;
    private final Javalin javalin;
    private final Access access;

    private Server(ServerOptions options, Optional<String> run) {
        this.run = run;
        this.options = options;
        boolean isLoopback = Endpoint.isLoopback(options.host());
        Optional<String> token = options.token().or(() -> isLoopback ? Optional.empty() : Optional.of(Token.fresh(24)));
        this.access = new Access(isLoopback, options.tls().isPresent(), token, Endpoint.free(options));
        this.parts = Parts.open(options);
        try {
            this.groups = Groups.all(parts);
            this.javalin = Javalin.create(new Wiring(options, access, groups)::configure);
            javalin.start();
            parts.begin();
        } catch (RuntimeException e) {
            parts.close();
            throw Endpoint.refused(options, e);
        }
    }

    /**
     * Starts a server.
     *
     * @throws QuireException when the port is taken, the folder is used by another server, or the store does not answer
     */
    public static Server start(ServerOptions options) {
        return start(options, Optional.empty());
    }

    /** As {@link #start(ServerOptions)}, with a link that leads to a run. */
    static Server start(ServerOptions options, Optional<String> run) {
        return new Server(options, run);
    }

    /** What libraries say of their own start is of no use to anyone; it is said before the first of them loads. */
    private static void quiet(String... libraries) {
        for (String library : libraries) {
            String property = "org.slf4j.simpleLogger.log." + library;
            if (System.getProperty(property) == null) {
                System.setProperty(property, "warn");
            }
        }
    }

    /** Where it is reached, such as {@code http://127.0.0.1:8080}. */
    public URI address() {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return URI.create((options.tls().isPresent() ? "https://" : "http://") + host + ":" + access.port());
    }

    /** The address that opens it in a browser, with the token where one is asked for. */
    public URI link() {
        String page = run.map(name -> "/app/runs?run=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .orElse("/");
        String shown = access.token()
                .map(each -> (page.contains("?") ? "&token=" : "?token=") + each)
                .orElse("");
        return access.token().isEmpty() && run.isEmpty() ? address() : URI.create(address() + page + shown);
    }

    /** What clients must show; empty where they need not. */
    public Optional<String> token() {
        return access.token();
    }

    /** What the routes work with. */
    public Parts parts() {
        return parts;
    }

    /** All groups of routes, as they are served and described. */
    List<Routes> groups() {
        return groups;
    }

    /** For the test that compares the document with the router. */
    Javalin router() {
        return javalin;
    }

    /**
     * Ends it: requests under way are answered, running jobs keep a checkpoint and go on at the next start. Stopping
     * again does nothing.
     */
    public void stop() {
        parts.end();
        javalin.stop();
        parts.close();
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public Display display() {
        String link = Html.escape(link().toString());
        return Display.text(plain())
                .with(
                        Display.HTML,
                        "serving at <a href=\"" + link + "\" target=\"_blank\">" + link
                                + "</a>; server.stop() ends it");
    }

    @Override
    public String plain() {
        return toString();
    }

    /** Where it is reached. */
    @Override
    public String toString() {
        return "serving at " + link() + "; server.stop() ends it";
    }
}
