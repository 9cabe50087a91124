package dev.quire.server;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;

/**
 * What routes work with, one of each a server.
 *
 * @param options how it was started
 * @param figures for Prometheus
 */
public record Parts(ServerOptions options, PrometheusRegistry figures) {
    static Parts open(ServerOptions options) {
        PrometheusRegistry figures = new PrometheusRegistry();
        io.prometheus.metrics.instrumentation.jvm.JvmMetrics.builder().register(figures);
        return new Parts(options, figures);
    }

    /** Begins to work: the server can be asked. */
    void begin() {}

    /** Ends work, so that it can be gone on with. */
    void end() {}

    /** Lets go of everything. */
    void close() {}

    /** What keeps it from working. */
    Optional<String> fault() {
        return Optional.empty();
    }
}
