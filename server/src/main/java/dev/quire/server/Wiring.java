package dev.quire.server;

import dev.quire.server.guard.Access;
import dev.quire.server.guard.Guard;
import dev.quire.server.guard.Limits;
import dev.quire.server.guard.SlowClients;
import dev.quire.server.guard.Unanswered;
import dev.quire.server.http.Body;
import dev.quire.server.http.Json;
import dev.quire.server.http.Routes;
import dev.quire.server.infer.Form;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Type;
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

/**
 * How Javalin and Jetty are put together to serve routes: connections, what guards them, and what answers.
 *
 * @param access who may ask
 * @param groups of routes
 */
record Wiring(ServerOptions options, Access access, List<Routes> groups) {
    private static final int THREADS = 64;
    /** What waits for a client of a WebSocket to read it; watchers have a queue of their own before that. */
    private static final int MOST_FRAMES = 256;

    void configure(JavalinConfig config) {
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
                        server.insertHandler(
                                new Guard(access, limits, Wiring::isUpload, () -> connections(server), slow));
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
        config.routes.exception(Exception.class, Failures::answer);
        config.routes.after(Body::finish);
        config.routes.error(404, context -> Failures.answerUnlessProblem(context, 404));
        config.routes.error(405, context -> Failures.answerUnlessProblem(context, 405));
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
        connector.setPort(access.port());
        connector.setReuseAddress(true);
        connector.addBean(slow);
        connector.setIdleTimeout(1000L * options.limits().idleSeconds());
        connector.setAcceptQueueSize(1024);
        return connector;
    }

    /** How Javalin writes the records that handlers give it. */
    private static final class RecordsAsJson implements JsonMapper {
        @Override
        public String toJsonString(Object value, Type type) {
            return Json.text(value);
        }

        @Override
        public InputStream toJsonStream(Object value, Type type) {
            return new ByteArrayInputStream(Json.text(value).getBytes(StandardCharsets.UTF_8));
        }
    }
}
