package dev.quire.server;

import dev.quire.QuireException;
import dev.quire.model.json.InvalidNetwork;
import dev.quire.server.guard.Access;
import dev.quire.server.guard.Guard;
import dev.quire.server.guard.Limits;
import dev.quire.server.guard.SlowClients;
import dev.quire.server.guard.Unanswered;
import dev.quire.server.http.Json;
import dev.quire.server.http.Problem;
import dev.quire.server.http.Refused;
import dev.quire.server.http.Routes;
import dev.quire.server.http.Token;
import dev.quire.server.infer.Form;
import dev.quire.view.Display;
import dev.quire.view.Displayable;
import dev.quire.view.Html;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.server.DetectorConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs, runs and models over HTTP and WebSocket. It is bound to this machine unless said otherwise; on any other address
 * it asks for a token.
 */
public final class Server implements AutoCloseable, Displayable {
    static {
        quiet("org.eclipse.jetty", "io.javalin", "org.flywaydb", "com.zaxxer.hikari");
    }

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final int THREADS = 64;
    /** What waits for a client of a WebSocket to read it; watchers have a queue of their own before that. */
    private static final int MOST_FRAMES = 256;

    private final ServerOptions options;
    private final Optional<String> run;
    private final Parts parts;
    private final List<Routes> groups;
    private final Javalin javalin;
    private final int port;
    private final Optional<String> token;
    private final boolean isLoopback;

    private Server(ServerOptions options, Optional<String> run) {
        this.run = run;
        this.options = options;
        this.isLoopback = isLoopback(options.host());
        this.token = options.token().or(() -> isLoopback ? Optional.empty() : Optional.of(Token.fresh(24)));
        this.port = freePort(options);
        this.parts = Parts.open(options);
        try {
            this.groups = Groups.all(parts);
            this.javalin = Javalin.create(this::configure);
            javalin.start();
            parts.begin();
        } catch (RuntimeException e) {
            parts.close();
            throw started(e);
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
        return URI.create((options.tls().isPresent() ? "https://" : "http://") + host + ":" + port);
    }

    /** The address that opens it in a browser, with the token where one is asked for. */
    public URI link() {
        String page = run.map(name -> "/app/runs?run=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .orElse("/");
        String shown = token.map(each -> (page.contains("?") ? "&token=" : "?token=") + each)
                .orElse("");
        return token.isEmpty() && run.isEmpty() ? address() : URI.create(address() + page + shown);
    }

    /** What clients must show; empty where they need not. */
    public Optional<String> token() {
        return token;
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

    private void configure(JavalinConfig config) {
        Limits limits = options.limits();
        SlowClients slow = new SlowClients(limits);
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = Long.MAX_VALUE;
        config.http.prefer405over404 = true;
        config.jsonMapper(new RecordsAsJson());
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("quire-server");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.multipartConfig.cacheDirectory(
                options.folder().resolve("incoming").toString());
        config.jetty.multipartConfig.maxFileSize(limits.uploadBytes(), SizeUnit.BYTES);
        config.jetty.multipartConfig.maxTotalRequestSize(limits.uploadBytes(), SizeUnit.BYTES);
        config.jetty.multipartConfig.maxInMemoryFileSize(1, SizeUnit.MB);
        config.jetty.addConnector((server, http) -> connector(server, http, slow));
        config.jetty.modifyServletContextHandler(handler -> handler.setMaxFormKeys(Form.MOST_PARTS));
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new Unanswered());
            server.setStopTimeout(2_000);
        });
        config.jetty.modifyServer(server ->
                server.addEventListener(new org.eclipse.jetty.util.component.LifeCycle.Listener() {
                    @Override
                    public void lifeCycleStarting(org.eclipse.jetty.util.component.LifeCycle event) {
                        server.insertHandler(new Guard(
                                new Access(isLoopback, options.tls().isPresent(), token, port),
                                limits,
                                Server::isUpload,
                                () -> connections(server),
                                slow));
                    }
                }));
        config.jetty.modifyWebSocketServletFactory(factory -> {
            factory.setMaxTextMessageSize(limits.bodyBytes());
            factory.setMaxBinaryMessageSize(limits.bodyBytes());
            factory.setMaxOutgoingFrames(MOST_FRAMES);
        });
        groups.forEach(group -> {
            group.routes()
                    .forEach(route -> config.routes.addHttpHandler(
                            route.method(), route.path(), route.handler().orElseThrow()));
            group.sockets().forEach(socket -> config.routes.ws(socket.path(), socket.handler()));
        });
        config.routes.exception(Exception.class, Server::answer);
        config.routes.error(404, context -> answerUnlessProblem(context, 404));
        config.routes.error(405, context -> answerUnlessProblem(context, 405));
    }

    private static boolean isUpload(Request request) {
        String type =
                Optional.ofNullable(request.getHeaders().get("Content-Type")).orElse("");
        return Request.getPathInContext(request).startsWith("/v1/datasets")
                && (type.startsWith("multipart/") || type.startsWith("application/zip") || type.startsWith("text/csv"));
    }

    /** How many clients are connected: over TLS or not each counts once. */
    private static int connections(org.eclipse.jetty.server.Server server) {
        return Stream.of(server.getConnectors())
                .mapToInt(each -> each.getConnectedEndPoints().size())
                .sum();
    }

    private ServerConnector connector(
            org.eclipse.jetty.server.Server server, HttpConfiguration http, SlowClients slow) {
        http.setSendServerVersion(false);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector = options.tls()
                .map(tls -> {
                    SecureRequestCustomizer secure = new SecureRequestCustomizer();
                    secure.setSniHostCheck(false);
                    http.addCustomizer(secure);
                    SslContextFactory.Server keys = new SslContextFactory.Server();
                    keys.setKeyStore(tls.keys());
                    keys.setKeyStorePassword(tls.password());
                    // What comes without TLS goes on to the guard, which says so and refuses it.
                    return new ServerConnector(
                            server, new DetectorConnectionFactory(new SslConnectionFactory(keys, "http/1.1")), plain);
                })
                .orElseGet(() -> new ServerConnector(server, plain));
        connector.setHost(options.host());
        connector.setPort(port);
        connector.setReuseAddress(true);
        connector.addBean(slow);
        connector.setIdleTimeout(1000L * options.limits().idleSeconds());
        connector.setAcceptQueueSize(1024);
        return connector;
    }

    /** Every failure of a handler as a problem; what is no fault of the client is logged. */
    private static void answer(Exception failure, Context context) {
        Problem problem = problem(failure);
        if (problem.status() >= 500 && !(failure instanceof Problem)) {
            LOG.error("{} {} failed", context.method(), context.path(), failure);
        }
        if (problem.status() == 503) {
            context.header("Retry-After", "1");
        }
        context.status(problem.status()).contentType(Problem.MEDIA_TYPE).result(problem.json());
    }

    private static Problem problem(Exception failure) {
        Optional<Problem> known = Refused.in(failure);
        if (known.isPresent()) {
            return known.get();
        }
        if (failure instanceof InvalidNetwork invalid) {
            return invalid(invalid);
        }
        if (failure instanceof QuireException said) {
            return Problem.of(said);
        }
        if (failure instanceof HttpResponseException said) {
            return Unanswered.problem(said.getStatus());
        }
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof org.eclipse.jetty.http.HttpException said) {
                return Unanswered.problem(said.getCode());
            }
        }
        return Unanswered.problem(500);
    }

    /** Every problem at once; one alone is said as it is. */
    private static Problem invalid(InvalidNetwork invalid) {
        List<String> problems = invalid.problems().stream()
                .map(dev.quire.model.json.Problem::toString)
                .toList();
        if (problems.size() == 1) {
            dev.quire.model.json.Problem only = invalid.problems().get(0);
            String where = only.node().isEmpty() ? "" : only.node() + ": ";
            return new Problem(400, where + only.message(), only.remedy(), problems);
        }
        return new Problem(400, "the network has " + problems.size() + " problems", "correct them all", problems);
    }

    private static void answerUnlessProblem(Context context, int status) {
        String type = String.valueOf(context.res().getContentType());
        boolean isAnswered = type.startsWith(Problem.MEDIA_TYPE) || type.startsWith("application/json");
        if (!isAnswered) {
            context.contentType(Problem.MEDIA_TYPE)
                    .result(Unanswered.problem(status).json());
        }
    }

    private QuireException started(RuntimeException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof BindException) {
                return taken(options, failure);
            }
            if (each instanceof QuireException said) {
                return said;
            }
        }
        throw failure;
    }

    /** The port that was asked for, or one that is free: known before the first route is, which tells of it. */
    private static int freePort(ServerOptions options) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(options.host()), options.port()));
            return probe.getLocalPort();
        } catch (UnknownHostException e) {
            throw new QuireException("there is no address " + options.host() + " on this machine: use 127.0.0.1", e);
        } catch (IOException e) {
            throw taken(options, e);
        }
    }

    private static QuireException taken(ServerOptions options, Exception because) {
        return new QuireException(
                "port " + options.port() + " of " + options.host()
                        + " is taken or not allowed: stop what uses it, or choose another, as port(0), which takes any"
                        + " that is free",
                because);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** How Javalin writes the records that handlers give it. */
    private static final class RecordsAsJson implements JsonMapper {
        @Override
        public String toJsonString(Object value, Type type) {
            return Json.text(value);
        }

        @Override
        public InputStream toJsonStream(Object value, Type type) {
            return new java.io.ByteArrayInputStream(Json.text(value).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
